"""How tables are cut into parts, what every part is, and the columns of it that are asked for."""

from __future__ import annotations

import codecs
import csv
import os
import re
import tempfile
import warnings
from typing import Any, Callable, Collection, Mapping, NamedTuple, Optional, Sequence, Union

from ._errors import InputError, NoteWarning, OptionError
from ._files import File, Paths, files_of, local_identity
from ._parts import LAYOUT, Plan, Profile, Scan, loaded, part_profile, plan_of, read_csv_part
from ._reading import _given_by_name
from ._remote import Name, Remote
from ._table import Table

_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "ki": 1 << 10, "mi": 1 << 20, "gi": 1 << 30}
# Up to so many bytes a file may be packed, or have a mark, and yet have nothing in it.
_SMALL = 64


class Part(NamedTuple):
    """A file as the library is told of it, and a range of its bytes; None for its end."""

    name: Name
    start: int
    end: Optional[int]
    # The file as it is now: what was made of one is not that of another under the same path.
    identity: tuple[str, int, Any]
    # Where its first record begins, as far as that was looked for.
    scan: Optional[Scan] = None

    @property
    def range(self) -> tuple[int, Optional[int]]:
        return self.start, self.end

    def check(self) -> None:
        """Raises InputError where the file is another by now: rows would be of two versions. (Nothing says so of copies
        on other machines, which have times of their own.)"""
        now = self.name.identity() if isinstance(self.name, Remote) else local_identity(self.identity[0])
        if now != self.identity:
            raise InputError(f"{self.name}: the file changed since it was first looked at: call the function anew")


class Cutting(NamedTuple):
    """A table in parts, and the options by what they are for."""

    parts: list[Part]
    reading: dict[str, Any]
    layout: dict[str, Any]
    # What was left out of folders.
    notes: list[str]

    def scanned(self, scans: Callable[[list[Part]], list[Scan]]) -> Cutting:
        """The same, and of each part it is known where its first record begins: what stands before it is not read.

        scans: makes those of parts, each without the others.
        """
        ranges: dict[str, list[Part]] = {}
        for part in self.parts:
            ranges.setdefault(str(part.name), []).append(part)
        cut = [part for some in ranges.values() if len(some) > 1 for part in some]
        found: dict[str, list[Scan]] = {}
        for part, one in zip(cut, scans(cut) if cut else []):
            found.setdefault(str(part.name), []).append(one)
        whole = {name: some[0].merge(*some[1:]) for name, some in found.items()}
        parts = [
            part._replace(scan=whole[str(part.name)].part(part.start)) if str(part.name) in whole else part
            for part in self.parts
        ]
        return self._replace(parts=parts)

    def plan(
        self, given: Optional[Plan], made: Callable[[bool], Profile], unsaid: Collection[str] = ()
    ) -> tuple[dict[str, Any], Optional[Profile]]:
        """The plan for all parts, and the profile that says it. What was odd is said here, where all is read.

        made: makes the profile, of brief ones where it is told so. Parts that are alike need not be read in every way
            in which they may turn out to be read.
        unsaid: the codes of notes that say nothing of the engine.
        """
        if given is not None:
            known = loaded(given)
            return plan_of(known, self.layout), known if isinstance(known, Profile) else None
        profile = made(True)
        if profile._is_lacking():
            profile = made(False)
        options = {**self.layout, **{name: value for name, value in self.reading.items() if name == "categories"}}
        coded = profile.report(**options)._notes()
        for note in [*self.notes, *(note for code, note in coded if code not in unsaid)]:
            # Where `read_csv` was called.
            warnings.warn(note, NoteWarning, stacklevel=3)
        return plan_of(profile, self.layout), profile


def cut(function: str, path: Paths, blocksize: Union[int, str, None], options: Mapping[str, Any]) -> Cutting:
    """The files, cut into ranges of about so many bytes."""
    storage = options.get("storage_options")
    given = _given_by_name(function, {name: value for name, value in options.items() if name != "storage_options"})
    layout = {name: given.pop(name) for name in LAYOUT if name in given}
    files, notes = files_of(path, given.pop("hive_partitioning", None), storage)
    if any(file.path == "-" for file in files):
        raise OptionError("standard input is read only once: write it to a file, or give it to `read_csv`")
    size = None if blocksize is None else _bytes(blocksize)
    filled = [file for file in files if not _is_empty(file, given)]
    parts: list[Part] = []
    for file in filled or files[:1]:
        identity = file.identity()
        count = identity[1]
        number = 1 if size is None or count <= size or not _is_cut(file, given) else -(-count // size)
        borders = [count * place // number for place in range(number)]
        ends = [*borders[1:], None]
        parts += [Part(file.name, start, end, identity) for start, end in zip(borders, ends)]
    return Cutting(parts, given, layout, notes)


def _is_empty(file: File, options: Mapping[str, Any]) -> bool:
    """Whether a file has not even a header: `read_csv` leaves it out."""
    size = file.identity()[1]
    if size >= _SMALL or os.path.exists(file.path) and not os.path.isfile(file.path):
        return False
    try:
        return size == 0 or not part_profile(file.name, (0, None), options)._has_columns()
    except (InputError, OptionError):
        # Said where it is read.
        return False


def _is_cut(file: File, options: Mapping[str, Any]) -> bool:
    """Whether ranges of a file's bytes are ranges of its text: not where it is packed, or in another encoding."""
    try:
        if not _begins_as_text(file) or options.get("encoding", "utf-8") != "utf-8":
            part_profile(file.name, (0, 0), options)
    except OptionError:
        return False
    return True


def _begins_as_text(file: File) -> bool:
    """Whether a file begins as nothing does that is packed, or in another encoding: the library takes longer to
    say so, as it tells the dialect, too."""
    try:
        start = file.start(4096)
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except (NotADirectoryError, UnicodeDecodeError):
        return False
    return re.search(rb"[\x00-\x08\x0e-\x1f]", start) is None


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


def empty(plan: Mapping[str, Any], options: Mapping[str, Any]) -> Table:
    """No rows, of the types that all parts have. No file is asked for them: it may be packed, or lack the columns
    that longer records of others have."""
    given = {name: value for name, value in options.items() if name == "categories"}
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as file:
        if plan["columns"]:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerow(column["name"] for column in plan["columns"])
        file.flush()
        return read_csv_part(file.name, (0, None), plan, delimiter=",", quote='"', header=True, **given)


def project(
    plan: Mapping[str, Any], options: Mapping[str, Any], columns: Optional[Sequence[str]]
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The plan and the options that read these columns alone; all where it is None. One is read at least,
    which says how many rows there are."""
    if columns is None or not plan["columns"]:
        return plan, options
    wanted = set(columns)
    kept = [column for column in plan["columns"] if column["name"] in wanted]
    kept = kept or [min(plan["columns"], key=lambda column: column["layout"].get("width", 8))]
    return {**plan, "columns": kept}, {**options, "columns": [column["name"] for column in kept]}
