"""How files are cut into parts, and plans into the columns that are asked for."""

from __future__ import annotations

import glob
import os
import re
from typing import Any, Mapping, Optional, Sequence, Union

from ._errors import OptionError
from ._parts import Path

Paths = Union[Path, Sequence[Path]]
# A file, and a range of its bytes; None for its end.
Part = tuple[str, int, Optional[int]]

_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "ki": 1 << 10, "mi": 1 << 20, "gi": 1 << 30}


def parts_of(path: Paths, blocksize: Union[int, str, None]) -> list[Part]:
    """The files, cut into ranges of about so many bytes."""
    named = [path] if isinstance(path, (str, os.PathLike)) else list(path)
    files = []
    for name in map(os.fspath, named):
        found = sorted(glob.glob(name)) if glob.has_magic(name) and not os.path.exists(name) else [name]
        if not found:
            raise FileNotFoundError(f"no file matches `{name}`")
        files += found
    if not files:
        raise OptionError("there is no path: name at least one file")
    size = None if blocksize is None else _bytes(blocksize)
    parts: list[Part] = []
    for file in files:
        count = os.path.getsize(file)
        if size is None or count <= size:
            parts.append((file, 0, None))
            continue
        number = -(-count // size)
        borders = [count * place // number for place in range(number)]
        parts += [(file, start, end) for start, end in zip(borders, [*borders[1:], None])]
    return parts


def _bytes(size: Union[int, str]) -> int:
    """`64MiB` in bytes."""
    if isinstance(size, str):
        found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmg]i?|)b?\s*", size.lower())
        if found is None:
            raise OptionError(f"blocksize: {size!r} is no number of bytes such as `64MiB`")
        size = int(float(found[1]) * _UNITS[found[2]])
    if size < 1:
        raise OptionError(f"blocksize: {size!r} is less than a byte")
    return int(size)


def project(
    plan: Mapping[str, Any], options: Mapping[str, Any], columns: Optional[Sequence[str]]
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The plan and the options for these columns alone; for all where it is None."""
    if columns is None:
        return plan, options
    wanted = set(columns)
    kept = [column for column in plan["columns"] if column["name"] in wanted]
    return {**plan, "columns": kept}, {**options, "columns": [column["name"] for column in kept]}
