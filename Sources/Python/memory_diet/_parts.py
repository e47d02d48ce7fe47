"""Parts of tables: profiles that merge, plans, and parts that are read or written under one plan."""

from __future__ import annotations

import json
import os
from typing import Any, Iterable, Mapping, Optional, Union

from . import _library
from ._reading import _given_by_name
from ._report import Report
from ._table import Table

Path = Union[str, "os.PathLike[str]"]
# The first byte, and the one behind the last; None for the end of the file.
ByteRange = tuple[int, Optional[int]]

_END = (1 << 63) - 1


class Profile:
    """What is known of a part of a table, some kilobytes: those of all parts together say what every column
    of the whole table is and needs.

    Profiles are pickled as their bytes, and put together in any order with `merge`: however a table is cut,
    the whole has the same bytes.
    """

    def __init__(self, data: bytes) -> None:
        self._handle = _library.profile_from_bytes(bytes(data))

    @classmethod
    def _owning(cls, handle: _library.ProfileHandle) -> Profile:
        profile = object.__new__(cls)
        profile._handle = handle
        return profile

    def __bytes__(self) -> bytes:
        return _library.profile_bytes(self._handle)

    def __reduce__(self) -> Any:
        return Profile, (bytes(self),)

    def __eq__(self, other: object) -> bool:
        return bytes(self) == bytes(other) if isinstance(other, Profile) else NotImplemented

    def __hash__(self) -> int:
        return hash(bytes(self))

    def __len__(self) -> int:
        return _library.profile_row_count(self._handle)

    def __repr__(self) -> str:
        return f"<memory_diet.Profile: {len(self):,} rows, {len(bytes(self)):,} bytes>"

    def merge(self, *others: Profile) -> Profile:
        """This part and others of the same table, put together."""
        handle = self._handle
        for other in others:
            if not isinstance(other, Profile):
                raise TypeError(f"{other!r} is no Profile")
            handle = _library.profile_merge(handle, other._handle)
        return Profile._owning(handle)

    def report(self, **options: Any) -> Report:
        """What each column of the whole table is, the bytes that it takes elsewhere and lean, and why.

        options: those of `read_csv` that say which layouts may be chosen, such as `margin`.
        """
        return Report(_library.profile_report(self._handle, _given_by_name("report", options)))

    def plan(self, **options: Any) -> dict[str, Any]:
        """The plan for all parts of the whole table, as `diet plan` writes it, parsed."""
        return json.loads(_library.profile_plan(self._handle, _given_by_name("plan", options)))


def profile(path: Path, byte_range: ByteRange = (0, None), **options: Any) -> Profile:
    """Profile the records of a CSV file that begin within some bytes of it.

    byte_range: the first byte, and the one behind the last, None for the end of the file. A border may be
        anywhere: the records of ranges that touch are those of the file, each once.
    options: those of `read_csv` that say how text is read, such as `delimiter`.
    """
    given = _given_by_name("profile", options)
    return Profile._owning(_library.profile_csv(os.fspath(path), _range(byte_range), given))


def merge(profiles: Iterable[Profile]) -> Profile:
    """The profiles of parts of one table, put together in any order."""
    first, *others = profiles
    return first.merge(*others)


def read_csv_part(
    path: Path, byte_range: ByteRange, plan: Mapping[str, Any], **options: Any
) -> Table:
    """Read the records of a CSV file that begin within some bytes of it as the plan of the whole table says:
    all parts have the same types and categories."""
    given = _given_by_name("read_csv_part", options)
    handle = _library.read_csv_part(os.fspath(path), _range(byte_range), json.dumps(plan), given)
    return Table(handle)


def write_csv_part(
    path: Path, byte_range: ByteRange, plan: Mapping[str, Any], output: Path, **options: Any
) -> None:
    """The same, into a file that ends in `.parquet` or `.arrow`; it is there whole or not at all."""
    given = _given_by_name("write_csv_part", options)
    _library.write_csv_part(
        os.fspath(path), _range(byte_range), json.dumps(plan), given, os.fspath(output)
    )


def _range(byte_range: ByteRange) -> tuple[int, int]:
    start, end = byte_range
    return int(start), _END if end is None else int(end)
