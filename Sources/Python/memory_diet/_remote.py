"""Files behind URLs, which fsspec opens: `s3://bucket/table.csv`, `https://…`, `zip://table.csv::s3://…`."""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
import urllib.parse
from typing import Any, Iterator, Mapping, NamedTuple, Optional, Union

from ._arguments import is_url
from ._errors import InputError, OptionError

# How much is asked for at a time: each request may take tens of milliseconds, whatever it brings. Who reads on and on
# gets more and more of it.
_LEAST, _MOST = 256 << 10, 8 << 20
# Pieces that are kept: threads read at different places.
_KEPT = 4
_MAGIC = re.compile(r"[*?[]")
# Parts of a query that sign a URL: they are secrets, and others the next time.
_SIGNING = re.compile(
    r"(x-(amz|goog|ms|oss)-.*|awsaccesskeyid|googleaccessid|signature|expires|policy|key-pair-id|sig|se|sp|sv|sr|st|spr|"
    r"sip|skoid|sktid|skt|ske|sks|skv|.*token|.*(api|access)_?key|password|secret)",
    re.IGNORECASE,
)


class Remote(NamedTuple):
    """A file behind a URL. A value, which is sent to workers; each of them opens it."""

    url: str
    # Those of fsspec, such as `{"anon": True}`.
    options: Optional[Mapping[str, Any]] = None

    def __str__(self) -> str:
        """What the file is called in messages, profiles and certificates."""
        return without_secrets(self.url)

    @property
    def _is_copy(self) -> bool:
        """Whether it is copied to this machine first, as by `simplecache::`."""
        first, chained, _ = self.url.partition("::")
        return bool(chained) and "://" not in first

    def open(self, end: Optional[int] = None) -> Reading:
        """The file, for reading at any place.

        end: behind which byte little will be read.
        """
        file_system, path = _file_system(self.url, self.options)
        with _said(self):
            try:
                # Who reads at several places at once had better not read ahead at each step.
                file = file_system.open(path, "rb", cache_type="none")
                size = file.seek(0, 2)
                size = file.tell() if size is None else size
            except ValueError:
                # Without ranges fsspec gives a stream, as it does of an empty file.
                if file_system.info(path).get("size") != 0:
                    raise InputError(
                        f"{self}: its server gives no ranges of bytes: read it by a copy on this machine, as"
                        " `simplecache::` before the URL makes one"
                    ) from None
                file, size = None, 0
        return Reading(str(self), file, size, end, file_system)

    def identity(self) -> tuple[str, int, str]:
        """What tells the file from what may later be there under its URL, and its size in bytes."""
        file_system, path = _file_system(self.url, self.options)
        with _said(self):
            try:
                found = file_system.info(path)
            except Exception:
                if not self._is_copy:
                    raise
                found = {}
            size = found.get("size")
            if size is None and self._is_copy:
                # Of a file that is copied first nothing may be known before.
                with file_system.open(path, "rb") as file:
                    size = file.seek(0, 2)
        if size is None:
            raise InputError(
                f"{self}: its server does not say how large it is: read it by a copy on this machine, as"
                " `simplecache::` before the URL makes one"
            )
        version = next((found[key] for key in ("ETag", "etag", "mtime", "LastModified", "created") if key in found), "")
        return str(self), int(size), str(version)


# A file: its path, or what is behind a URL.
Name = Union[str, Remote]


class Reading:
    """An open file, read by many threads, one at a time."""

    def __init__(
        self, name: str, file: Any, size: int, end: Optional[int] = None, file_system: Any = None
    ) -> None:
        self._file, self._lock = file, threading.Lock()
        # An archive is closed with its file system.
        self._file_system = file_system
        self.name, self.size = name, size
        self._end = size if end is None else min(end, size)
        self._pieces: list[tuple[int, bytes]] = []
        # What went wrong, which the library can only say is so.
        self.error: Optional[BaseException] = None

    def read(self, offset: int, count: int) -> Optional[bytes]:
        """As many of the bytes as there are; None where that fails."""
        try:
            with self._lock:
                found = []
                end = min(offset + count, self.size)
                while offset < end:
                    start, piece = self._piece(offset, end - offset)
                    part = piece[offset - start : end - start]
                    if not part:
                        break
                    found.append(part)
                    offset += len(part)
            return b"".join(found)
        except BaseException as error:
            self.error = error
            return None

    def _piece(self, offset: int, count: int) -> tuple[int, bytes]:
        """A piece that has the byte at an offset: one that is there, or a new one of some more bytes than are wanted."""
        ahead = _LEAST
        for place, (start, piece) in enumerate(self._pieces):
            if start <= offset < start + len(piece):
                self._pieces.append(self._pieces.pop(place))
                return start, piece
            if offset == start + len(piece):
                ahead = min(2 * len(piece), _MOST)
        # A record that begins before the end is read to its own.
        ahead = min(ahead, max(self._end - offset, _LEAST))
        missing = min(max(count, ahead), self.size - offset)
        self._file.seek(offset)
        pieces = []
        while missing > 0:
            piece = self._file.read(missing)
            if not piece:
                break
            pieces.append(piece)
            missing -= len(piece)
        self._pieces = [*self._pieces[1 - _KEPT :], (offset, b"".join(pieces))]
        return self._pieces[-1]

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self._pieces = []
        if self._file is not None:
            self._file.close()


def without_secrets(url: str) -> str:
    """A URL as it may be shown and stored: without who reads it, and without its query, which may sign it. What else a
    query says tells files apart, so a hash of it stays."""
    return "::".join(map(_without_secrets, url.split("::")))


def _without_secrets(url: str) -> str:
    scheme, divider, rest = url.partition("://")
    if not divider:
        return url
    host, slash, path = rest.partition("/")
    host = host.rpartition("@")[2]
    path, mark, query = path.partition("?")
    if scheme.lower() not in ("http", "https"):
        return f"{scheme}://{host}{slash}{path}{mark}{query}"
    said = [pair for pair in query.partition("#")[0].split("&") if pair and not _SIGNING.fullmatch(_key(pair))]
    rest = "?" + hashlib.sha256("&".join(said).encode()).hexdigest()[:12] if said else ""
    return f"{scheme}://{host}{slash}{path}{rest}"


def _key(pair: str) -> str:
    return urllib.parse.unquote(pair.partition("=")[0])


def remotes_of(url: str, options: Optional[Mapping[str, Any]], ending: re.Pattern[str]) -> list[Remote]:
    """The files that a URL leads to: one, those that a pattern matches, or those of a folder that end so."""
    first, chained, rest = url.partition("::")
    if Remote(url)._is_copy:
        # A copy of each that the rest leads to.
        of_rest = (options or {}).get(rest.partition("://")[0])
        found = remotes_of(rest, of_rest, ending) if is_url(rest) and _MAGIC.search(rest) else [Remote(rest)]
        return [Remote(f"{first}::{one.url}", options) for one in found]
    file_system, path = _file_system(url, options)
    shown = without_secrets(url)
    with _said(shown):
        if _MAGIC.search(path) and not file_system.exists(path):
            paths = [one for one in file_system.glob(path) if file_system.isfile(one)]
            if not paths:
                raise FileNotFoundError(
                    f"no file matches `{shown}`: `*` stands for any text within one name, `**` for any folders"
                )
        elif file_system.isdir(path):
            paths = [one for one in file_system.find(path) if ending.search(one) and not _is_hidden(one[len(path) :])]
            if not paths:
                raise FileNotFoundError(
                    f"{shown}: there is no file in this folder that ends in .csv, .tsv or the like; check the URL, or"
                    " name the files in it"
                )
        else:
            return [Remote(url, options)]
    if chained:
        scheme = first.partition("://")[0]
        return [Remote(f"{scheme}://{one}::{rest}", options) for one in sorted(paths)]
    return [Remote(file_system.unstrip_protocol(one), options) for one in sorted(paths)]


def _is_hidden(path: str) -> bool:
    return any(name.startswith((".", "_")) and "=" not in name for name in path.split("/") if name)


@contextlib.contextmanager
def _said(name: Union[str, Remote]) -> Iterator[None]:
    """What goes wrong is an OSError that names the file, whatever a file system raises."""
    try:
        yield
    except FileNotFoundError as error:
        if error.args and str(name) in str(error.args[0]):
            raise
        raise FileNotFoundError(f"{name}: there is no such file: check the URL") from None
    except (InputError, OptionError):
        raise
    except Exception as error:
        status = getattr(error, "status", None)
        if status is not None:
            kind = PermissionError if status in (401, 403) else OSError
            raise kind(f"{name}: its server says {status} {getattr(error, 'message', '')}".rstrip()) from None
        kind = PermissionError if isinstance(error, PermissionError) else OSError
        raise kind(f"{name}: {error or type(error).__name__}") from error


def _file_system(url: str, options: Optional[Mapping[str, Any]]) -> tuple[Any, str]:
    """Who reads a URL, and how that calls the file."""
    shown = without_secrets(url)
    try:
        import fsspec
    except ImportError:
        raise OptionError(f"{shown} is read by fsspec, which is not there: `pip install fsspec`") from None
    try:
        with _said(shown):
            return fsspec.core.url_to_fs(url, **(options or {}))
    except OSError as error:
        # A kind of URL that nobody knows, or that wants another package.
        if isinstance(error.__cause__, (ImportError, ValueError)):
            raise OptionError(f"{shown}: {error.__cause__}") from None
        raise
