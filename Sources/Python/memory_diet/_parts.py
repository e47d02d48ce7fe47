"""Parts of tables: profiles that merge, plans, and parts that are read or written under one plan."""

from __future__ import annotations

import json
import os
from typing import Any, Iterable, Mapping, Optional, Union

from . import _library
from ._arguments import _is_one, is_url
from ._errors import InputError, OptionError
from ._files import Paths, files_of
from ._options import Path
from ._reading import _given_by_name
from ._remote import Name, Remote, without_secrets
from ._report import Report
from ._table import Table

# The first byte, and the one behind the last; None for the end of the file.
ByteRange = tuple[int, Optional[int]]

_END = (1 << 63) - 1
# What is said of a table once it is profiled.
LAYOUT = ("margin", "min_bits", "unsigned")


class Profile:
    """What is known of a part of a table, some kilobytes: those of all parts together say what every column
    of the whole table is and needs.

    Profiles are pickled as their bytes, and put together in any order with `merge`: however a table is cut,
    the whole has the same bytes.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._handle = _library.profile_from_bytes(bytes(data))
        except OSError as error:
            raise InputError(str(error)) from None

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
        whole = self
        for other in map(_checked, others):
            # Files without even a header are left out, as `read_csv` leaves them out.
            if not whole._has_columns():
                whole = other
            elif other._has_columns():
                whole = Profile._owning(_library.profile_merge(whole._handle, other._handle))
        return whole

    def _is_lacking(self) -> bool:
        """Whether it is of brief profiles that do not say what the whole is: all parts have to be profiled anew."""
        return _library.profile_is_lacking(self._handle)

    def _has_columns(self) -> bool:
        """Whether there is a table: a file may have nothing in it."""
        try:
            return len(self) > 0 or bool(self.plan()["columns"])
        except InputError:
            # It is a part, and the header is in each.
            return True

    def report(self, **options: Any) -> Report:
        """What each column of the whole table is, the bytes that it takes elsewhere and lean, and why.

        options: those of `read_csv` that say which layouts may be chosen, such as `margin`.
        """
        return Report(_library.profile_report(self._handle, _given_by_name("report", options)))

    def plan(self, **options: Any) -> dict[str, Any]:
        """The plan for all parts of the whole table, as `diet plan` writes it, parsed."""
        return json.loads(_library.profile_plan(self._handle, _given_by_name("plan", options)))


class Scan:
    """Where the records of a file begin, as far as it was scanned: who reads a part of the file need not read what
    stands before it.

    Scans are pickled as their bytes. Ranges of a file may be scanned one without the others; `merge` puts them
    together.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._handle = _library.scan_from_bytes(bytes(data))
        except OSError as error:
            raise InputError(str(error)) from None

    @classmethod
    def _owning(cls, handle: _library.ScanHandle) -> Scan:
        scan = object.__new__(cls)
        scan._handle = handle
        return scan

    def __bytes__(self) -> bytes:
        return _library.scan_bytes(self._handle)

    def __reduce__(self) -> Any:
        return Scan, (bytes(self),)

    def __eq__(self, other: object) -> bool:
        return bytes(self) == bytes(other) if isinstance(other, Scan) else NotImplemented

    def __hash__(self) -> int:
        return hash(bytes(self))

    def __repr__(self) -> str:
        return f"<memory_diet.Scan: {len(bytes(self)):,} bytes>"

    def merge(self, *others: Scan) -> Scan:
        """This and others of the same file, put together."""
        level = [self, *others]
        # By pairs, so that none is written over and over.
        while len(level) > 1:
            pairs = zip(level[::2], level[1::2])
            joined = [Scan._owning(_library.scan_merge(_scan(a), _scan(b))) for a, b in pairs]
            level = joined + level[len(joined) * 2 :]
        return level[0]

    def part(self, start: int) -> Scan:
        """What it says of the part that begins at a byte, and nothing else: some bytes, to be sent to who reads it."""
        return Scan._owning(_library.scan_part(self._handle, start))


def scan(path: Union[Path, Remote], byte_range: ByteRange = (0, None), **options: Any) -> Scan:
    """Find where the records of a CSV file begin, within some bytes of it or all: a fraction of the time of reading.

    options: those of `read_csv` that say how text is read, such as `delimiter`; the same as for the parts.
    """
    return Scan._owning(_library.scan_csv(_name(path), _range(byte_range), _given_by_name("scan", options)))


def _name(path: Union[Path, Remote]) -> Name:
    """A file as the library is told of it."""
    if isinstance(path, Remote):
        return path
    name = os.fspath(path)
    return Remote(name) if is_url(name) else name


def _scan(scan: Optional[Scan]) -> Optional[_library.ScanHandle]:
    if scan is None or isinstance(scan, Scan):
        return None if scan is None else scan._handle
    raise TypeError(f"{type(scan).__name__} is no Scan: `memory_diet.scan` makes one, `Scan(data)` one of its bytes")


# A plan; or the path of one, or of a profile; or that.
Plan = Union[Mapping[str, Any], Path, Profile]


def profile(
    path: Paths,
    byte_range: ByteRange = (0, None),
    *,
    scan: Optional[Scan] = None,
    storage_options: Optional[Mapping[str, Any]] = None,
    **options: Any,
) -> Profile:
    """Profile the records of a CSV file that begin within some bytes of it.

    path: a file; without a range also several, a folder, or a pattern such as `data/*.csv`; or URLs that fsspec
        reads, with its `storage_options`.
    byte_range: the first byte, and the one behind the last, None for the end of the file. A border may be
        anywhere: the records of ranges that touch are those of the file, each once.
    scan: that of the file: with it, what stands before the range is not read.
    options: those of `read_csv` that say how text is read, such as `delimiter`.
    """
    given = _given_by_name("profile", options)
    check_profiled(given)
    files = files_of(path, given.pop("hive_partitioning", None), storage_options).files
    if len(files) > 1 and _range(byte_range) != (0, _END):
        raise OptionError("byte_range: name one file of text")
    if scan is not None and len(files) > 1:
        raise OptionError("scan: name one file of text")
    return merge(part_profile(file.name, byte_range, given, scan=scan) for file in files)


def part_profile(
    name: Name, byte_range: ByteRange, given: Mapping[str, Any], brief: bool = False, scan: Optional[Scan] = None
) -> Profile:
    """That of a part, by options in our words. A brief one takes a fraction of the time, and may turn out to lack what
    the whole needs."""
    try:
        return Profile._owning(_library.profile_csv(name, _range(byte_range), _scan(scan), given, brief))
    except OptionError as error:
        what, found, _ = str(error).partition("it is not for profiles of parts")
        if not found:
            raise
        raise OptionError(
            f"{what}{found}; make the plan of all files with it, by `memory_diet.plan(files, …)`, and give that as"
            " `plan=`"
        ) from None


def check_profiled(given: Mapping[str, Any]) -> None:
    """Raises OptionError where one says what becomes of the table: profiles are the same for all of them."""
    for name in LAYOUT:
        if name in given:
            raise OptionError(f"{name}: profiles are the same without; give it to `Profile.plan` or `Profile.report`")


def plan(path: Paths, **options: Any) -> dict[str, Any]:
    """The plan of a table, by all options of `read_csv`: what each column is, and is stored as. All files are read, on
    this machine; then `plan=` of `memory_diet.dask.read_csv` and the like reads parts of them anywhere.

    path: a file, several, a folder, or a pattern such as `data/*.csv`.
    """
    given = _given_by_name("plan", options)
    names = [path] if _is_one(path) else list(path)
    for name in names:
        if is_url(name):
            raise OptionError(
                f"{without_secrets(name)} is a URL: `memory_diet.profile(url).plan()` makes a plan of what is there"
            )
        if hasattr(name, "read"):
            raise OptionError(f"{type(name).__name__} is an open file: plans are made of files by their names")
    return json.loads(_library.plan_csv([os.fspath(name) for name in names], given))


def merge(profiles: Iterable[Profile]) -> Profile:
    """The profiles of parts of one table, put together in any order."""
    whole: Optional[Profile] = None
    for one in map(_checked, [profiles] if isinstance(profiles, Profile) else profiles):
        whole = one if whole is None else whole.merge(one)
    if whole is None:
        raise OptionError("there is no profile: give at least one")
    return whole


def _checked(profile: object) -> Profile:
    if isinstance(profile, Profile):
        return profile
    way = ": `Profile(data)` makes one of its bytes" if isinstance(profile, (bytes, bytearray, memoryview)) else ""
    way = ": scans are put together by `first.merge(*others)`" if isinstance(profile, Scan) else way
    raise TypeError(f"{type(profile).__name__} is no Profile{way}")


def loaded(plan: Plan) -> Union[Mapping[str, Any], Profile]:
    """A plan or a profile that was given in whatever form."""
    if isinstance(plan, (str, os.PathLike)):
        with open(plan, "rb") as file:
            data = file.read()
        try:
            plan = Profile(data) if data.startswith(b"DIETPROF") else json.loads(data)
        except ValueError as error:
            raise InputError(f"{os.fspath(plan)}: this is no plan and no profile: {error}") from None
    if not isinstance(plan, (Mapping, Profile)):
        raise TypeError(f"plan: {type(plan).__name__} is no plan: give what `Profile.plan` gives, or the path of one")
    return plan


def plan_of(plan: Plan, layout: Mapping[str, Any] = {}) -> dict[str, Any]:
    """The plan for parts.

    layout: options that say how columns are stored, which a plan has settled and a profile has not.
    """
    plan = loaded(plan)
    if isinstance(plan, Profile):
        plan = plan.plan(**layout)
    elif layout:
        name = next(iter(layout))
        raise OptionError(f"{name}: the plan says it already; make it anew with it, or give the profile as `plan=`")
    columns = plan.get("columns")
    if not isinstance(columns, list):
        raise InputError("plan: this is no plan: it has no list of `columns`")
    return {**plan, "columns": [_without_own_words(column) for column in columns]}


def _without_own_words(column: Any) -> Any:
    """A planned column. One of categories whose words are not said would have others in each part: it is text."""
    layout = column.get("layout", {}) if isinstance(column, Mapping) else {}
    if layout.get("encoding") != "dictionary" or "categories" in column:
        return column
    if column.get("type", {}).get("name") != "string":
        return column
    return {**column, "layout": layout["values"][0]}


def read_csv_part(
    path: Union[Path, Remote],
    byte_range: ByteRange,
    plan: Plan,
    *,
    scan: Optional[Scan] = None,
    **options: Any,
) -> Table:
    """Read the records of a CSV file that begin within some bytes of it as the plan of the whole table says:
    all parts have the same types and categories.

    plan: that of `Profile.plan` or of `diet plan`, the path of one, or the profile.
    scan: that of the file: with it, what stands before the range is not read.
    """
    words, given = _planned("read_csv_part", plan, options)
    return Table(_library.read_csv_part(_name(path), _range(byte_range), _scan(scan), words, given))


def write_csv_part(
    path: Union[Path, Remote],
    byte_range: ByteRange,
    plan: Plan,
    output: Path,
    *,
    scan: Optional[Scan] = None,
    engine: Optional[str] = None,
    **options: Any,
) -> None:
    """The same, into a file that ends in `.parquet` or `.arrow`; it is there whole or not at all.

    engine: who the file is for, as in the command's `--for`: types that it lacks become the nearest exact ones.
    """
    words, given = _planned("write_csv_part", plan, options)
    place = os.fspath(output)
    _library.write_csv_part(_name(path), _range(byte_range), _scan(scan), words, given, place, engine)


def _planned(function: str, plan: Plan, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    given = _given_by_name(function, options)
    layout = {name: given.pop(name) for name in LAYOUT if name in given}
    return json.dumps(plan_of(plan, layout)), given


def _range(byte_range: ByteRange) -> tuple[int, int]:
    if isinstance(byte_range, (str, bytes)) or len(byte_range) != 2:
        raise OptionError(f"byte_range: {byte_range!r} is no pair of bytes such as (0, 1000000) or (1000000, None)")
    start, end = byte_range
    return int(start), _END if end is None else int(end)
