"""Which files paths lead to, by the rules of `read_csv`: folders, patterns, and keys in paths."""

from __future__ import annotations

import fnmatch
import glob
import os
import re
from typing import Any, Mapping, NamedTuple, Optional, Sequence, Union

from ._arguments import _is_one, is_url
from ._errors import InputError, OptionError
from ._options import Path
from ._remote import Name, Remote, remotes_of

Paths = Union[Path, Sequence[Path]]

_PACKED = r"(\.(gz|zst|bz2|xz|lzma|zip))?$"
_TEXT = re.compile(r".\.(csv|tsv|tab|psv|ssv)" + _PACKED, re.IGNORECASE)
_TYPED = re.compile(r".\.(arrow|arrows|feather|ipc|parquet|pq|parq)" + _PACKED, re.IGNORECASE)


class File(NamedTuple):
    path: str
    # What the library is told: a pattern for this file alone, where keys in its path make columns.
    name: Name

    def identity(self) -> tuple[str, int, Any]:
        """What tells the file from another that takes its place; its size in bytes is among that."""
        if isinstance(self.name, Remote):
            return self.name.identity()
        return local_identity(self.path)

    def start(self, count: int) -> bytes:
        """Its first bytes."""
        if isinstance(self.name, Remote):
            with self.name.open() as file:
                return file.read(0, count) or b""
        with open(self.path, "rb") as file:
            return file.read(count)


class Found(NamedTuple):
    files: list[File]
    # What was left out of folders.
    notes: list[str]


def files_of(
    path: Paths, reads_keys: Optional[bool] = None, storage: Optional[Mapping[str, Any]] = None
) -> Found:
    """The files that paths lead to, in order.

    storage: options of fsspec for URLs.
    reads_keys: whether `key=value` in paths makes columns; None for those in folders and patterns.
    """
    named = [path] if _is_one(path) else list(path)
    if storage is not None and not any(map(is_url, named)):
        raise OptionError("storage_options: they are for URLs, and there is none; leave them out")
    found = Found([], [])

    def add(file: str, first: Optional[int]) -> None:
        start = first if reads_keys is None else 0 if reads_keys else None
        found.files.append(File(file, _name(file, start)))

    def add_folder(folder: str, first: int) -> None:
        for file in _folder(folder, found.notes):
            add(file, first)

    for name in map(_checked, named):
        if is_url(name):
            if reads_keys:
                raise OptionError(f"hive_partitioning: {name} is a URL, whose keys make no columns")
            found.files.extend(File(str(remote), remote) for remote in remotes_of(name, storage, _TEXT))
            continue
        # All of a folder is the folder.
        name = name[:-3] if name.endswith("/**") else name
        if os.path.isdir(name):
            add_folder(name, len(_components(name)))
        elif glob.has_magic(name) and not os.path.exists(name):
            root = name[: re.search(r"[*?[]", name).start()].rpartition("/")[0]  # type: ignore[union-attr]
            for file in _matches(name):
                place = len(_components(root))
                add_folder(file, place) if os.path.isdir(file) else add(file, place)
        else:
            add(name, None)
    if not found.files:
        raise OptionError("there is no path: name at least one file")
    return found


def local_identity(path: str) -> tuple[str, int, Any]:
    """That of a file on this machine."""
    found = status(path)
    return os.path.abspath(path), found.st_size, found.st_mtime_ns


def status(path: str) -> os.stat_result:
    """That of the file, or of the archive that it is in."""
    try:
        return os.stat(path)
    except NotADirectoryError:
        return status(os.path.dirname(path))


def _checked(path: object) -> str:
    if _is_one(path) and hasattr(path, "read"):
        raise TypeError(
            f"{type(path).__name__} is an open file, and parts are read by the names of files: write it to one,"
            " or give it to `read_csv`"
        )
    return os.fspath(path)  # type: ignore[call-overload]


def _components(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def _matches(pattern: str) -> list[str]:
    found = _deep_matches(pattern) if "**" in pattern.split("/") else glob.glob(pattern)
    if not found:
        raise FileNotFoundError(
            f"no file matches `{pattern}`: `*` stands for any text within one name, `**` for any folders"
        )
    return sorted(found, key=os.fsencode)


def _deep_matches(pattern: str) -> list[str]:
    """What a pattern with `**` matches, which leaves out what folders leave out."""
    names = pattern.split("/")
    place = names.index("**")
    root = "".join(f"{name}/" for name in names[:place])
    return [
        file
        for folder in (glob.glob(root) if root else [""])
        for file in _walk(folder)
        if _fits(names[place:], _components(file[len(folder) :]))
    ]


def _fits(names: list[str], path: list[str]) -> bool:
    if not names:
        return not path
    if names[0] == "**" and _fits(names[1:], path):
        return True
    is_first = bool(path) and (names[0] == "**" or fnmatch.fnmatchcase(path[0], names[0]))
    return is_first and _fits(names if names[0] == "**" else names[1:], path[1:])


def _walk(folder: str) -> list[str]:
    """The files in a folder and in those within it, sorted; none that are hidden, or begin with `_`."""
    files = []
    for root, folders, names in os.walk(folder or ".", followlinks=True):
        folders[:] = [name for name in folders if not _is_hidden(name) and not _leads_back(root, name)]
        files += [os.path.join(root, name) for name in names if not _is_hidden(name)]
    found = [file if folder else file[2:] for file in files if os.path.isfile(file)]
    return sorted(found, key=os.fsencode)


def _folder(folder: str, notes: list[str]) -> list[str]:
    """The files of text in a folder and in those within it."""
    files = _walk(folder)
    text = [file for file in files if _TEXT.search(os.path.basename(file))]
    typed = [file for file in files if _TYPED.search(os.path.basename(file))]
    if text and typed:
        raise InputError(
            f"{folder}: the folder holds files of several kinds: text ({text[0]}), and such that have types"
            f" ({typed[0]}); name those of one table"
        )
    if not text and not typed:
        raise FileNotFoundError(
            f"{folder}: there is no file in this folder that ends in .csv, .tsv or the like; check the path, or"
            " name the files in it"
        )
    data = {*text, *typed}
    others = [file for file in files if file not in data]
    if others:
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        verb, theirs = ("is", "name is") if len(others) == 1 else ("are", "names are")
        notes.append(
            f"{folder}: {', '.join(others[:3])}{more} {verb} left out, whose {theirs} none of data; to read one,"
            " name it"
        )
    return text or typed


def _leads_back(root: str, name: str) -> bool:
    """Whether a folder is a link to one that it is in."""
    target = os.path.realpath(os.path.join(root, name))
    return os.path.commonpath([target, os.path.realpath(root)]) == target


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or (name.startswith("_") and "=" not in name)


def _name(file: str, first: Optional[int]) -> str:
    """What the library is told of a file whose path has keys from the component `first` on.

    The library reads keys in patterns, from the first part that has a wildcard: one letter of the first key
    becomes a wildcard that stands for itself.
    """
    parts = file.split("/")
    if first is None:
        return file
    filled = [place for place, part in enumerate(parts) if part]
    key = next((place for place in filled[first:-1] if "=" in parts[place][1:]), None)
    if key is None:
        return file
    letter = re.search(r"[A-Za-z0-9_]", parts[key])
    if letter is None:
        raise OptionError(f"{file}: the key `{parts[key]}` has no letter or digit; give `hive_partitioning=False`")
    escaped = [_escaped(part) for part in parts]
    before, after = parts[key][: letter.start()], parts[key][letter.end() :]
    escaped[key] = f"{_escaped(before)}[{letter[0]}]{_escaped(after)}"
    return "/".join(escaped)


def _escaped(text: str) -> str:
    return glob.escape(text.replace("\\", "\\\\"))
