"""Files behind URLs, which fsspec opens: `s3://bucket/table.csv`, `https://…`, `memory://…`."""

from __future__ import annotations

import re
import threading
from typing import Any, Mapping, NamedTuple, Optional, Union

from ._errors import InputError, OptionError

# How much is asked for at a time: each request may take tens of milliseconds, whatever it brings.
_BLOCK = 8 << 20
_MAGIC = re.compile(r"[*?[]")


class Remote(NamedTuple):
    """A file behind a URL. A value, which is sent to workers; each of them opens it."""

    url: str
    # Those of fsspec, such as `{"anon": True}`.
    options: Optional[Mapping[str, Any]] = None

    def __str__(self) -> str:
        return self.url

    def open(self) -> Reading:
        """The file, for reading at any place."""
        file_system, path = _file_system(self.url, self.options)
        try:
            file = file_system.open(path, "rb", block_size=_BLOCK)
        except FileNotFoundError:
            raise FileNotFoundError(f"{self.url}: there is no such file: check the URL") from None
        return Reading(self.url, file)

    def identity(self) -> tuple[str, int, str]:
        """What tells the file from what may later be there under its URL, and its size in bytes."""
        file_system, path = _file_system(self.url, self.options)
        try:
            found = file_system.info(path)
        except FileNotFoundError:
            raise FileNotFoundError(f"{self.url}: there is no such file: check the URL") from None
        if found.get("size") is None:
            raise InputError(f"{self.url}: its server does not say how large it is: copy it to a file")
        version = next((found[key] for key in ("ETag", "etag", "mtime", "LastModified", "created") if key in found), "")
        return self.url, int(found["size"]), str(version)


# A file: its path, or what is behind a URL.
Name = Union[str, Remote]


class Reading:
    """An open file, read by many threads, one at a time."""

    def __init__(self, name: str, file: Any) -> None:
        self._file, self._lock = file, threading.Lock()
        self.name = name
        # What went wrong, which the library can only say is so.
        self.error: Optional[BaseException] = None
        self.size = file.seek(0, 2)
        if self.size is None:
            self.size = file.tell()

    def read(self, offset: int, count: int) -> Optional[bytes]:
        """As many of the bytes as there are; None where that fails."""
        try:
            with self._lock:
                self._file.seek(offset)
                pieces, missing = [], min(count, self.size - offset)
                while missing > 0:
                    piece = self._file.read(missing)
                    if not piece:
                        break
                    pieces.append(piece)
                    missing -= len(piece)
            return b"".join(pieces)
        except BaseException as error:
            self.error = error
            return None

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def remotes_of(url: str, options: Optional[Mapping[str, Any]], ending: re.Pattern[str]) -> list[Remote]:
    """The files that a URL leads to: one, those that a pattern matches, or those of a folder that end so."""
    file_system, path = _file_system(url, options)
    if _MAGIC.search(path) and not file_system.exists(path):
        found = [one for one in file_system.glob(path) if file_system.isfile(one)]
        if not found:
            raise FileNotFoundError(
                f"no file matches `{url}`: `*` stands for any text within one name, `**` for any folders"
            )
    elif file_system.isdir(path):
        found = [one for one in file_system.find(path) if ending.search(one) and not _is_hidden(one[len(path) :])]
        if not found:
            raise FileNotFoundError(
                f"{url}: there is no file in this folder that ends in .csv, .tsv or the like; check the URL, or name"
                " the files in it"
            )
    else:
        return [Remote(url, options)]
    return [Remote(file_system.unstrip_protocol(one), options) for one in sorted(found)]


def _is_hidden(path: str) -> bool:
    return any(name.startswith((".", "_")) and "=" not in name for name in path.split("/") if name)


def _file_system(url: str, options: Optional[Mapping[str, Any]]) -> tuple[Any, str]:
    """Who reads a URL, and how that calls the file."""
    try:
        import fsspec
    except ImportError:
        raise OptionError(f"{url} is read by fsspec, which is not there: `pip install fsspec`") from None
    try:
        return fsspec.core.url_to_fs(url, **(options or {}))
    except (ImportError, ValueError) as error:
        # A kind of URL that nobody knows, or that wants another package.
        raise OptionError(f"{url}: {error}") from None
