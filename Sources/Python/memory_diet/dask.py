"""Lean tables on Dask: types and categories of all rows, found on the workers.

    >>> import memory_diet.dask
    >>> flights = memory_diet.dask.read_csv("flights-*.csv")
    >>> flights.groupby("carrier", observed=True).dep_delay.mean().compute()

Each file is cut into ranges of bytes; a border may be anywhere, within quoted line ends too. The ranges are
profiled on the workers, profiles (some kilobytes each) are put together there in a tree, and the plan of the
whole table says what every partition is: all have the same types, and the same categories, which are known.
"""

from __future__ import annotations

import glob
import json
import os
from typing import Any, Mapping, Optional, Sequence, Union

from ._errors import OptionError
from ._parts import Path, Profile, merge as _merge
from ._parts import profile as _profile_part
from ._parts import read_csv_part, write_csv_part

try:
    import dask
    import dask.dataframe as dd
    from dask.utils import parse_bytes
except ImportError as error:
    raise ImportError(f"memory_diet.dask needs Dask: `pip install 'dask[dataframe]'` ({error})") from error

__all__ = ["plan", "profile", "read_csv", "to_parquet"]

Paths = Union[Path, Sequence[Path]]
Part = tuple[str, int, Optional[int]]

# How many profiles a task puts together.
_FAN_IN = 16


def read_csv(
    path: Paths,
    *,
    blocksize: Union[int, str, None] = "64MiB",
    plan: Optional[Mapping[str, Any]] = None,
    **options: Any,
) -> dd.DataFrame:
    """A Dask DataFrame of lean partitions. With a `plan` nothing is read before it is computed.

    path: a file, several, or a pattern such as `data/*.csv`, which the workers read under the same names.
    blocksize: how many bytes of text make a partition; None for a partition for each file.
    plan: that of `plan`, or of `diet plan`; found out on the workers where there is none.
    options: those of `read_csv` that say how text is read, such as `delimiter`.
    """
    parts = _parts(path, blocksize)
    words = json.dumps(plan if plan is not None else _plan(parts, options))
    empty = _read((parts[0][0], 0, 0), words, options)
    return dd.from_map(
        _Reading(words, options), parts, meta=empty.iloc[:0], label="memory-diet-read-csv",
        enforce_metadata=True,
    )


def profile(path: Paths, *, blocksize: Union[int, str, None] = "64MiB", **options: Any) -> Profile:
    """The profile of the whole table, made on the workers."""
    return _profile(_parts(path, blocksize), options)


def plan(path: Paths, *, blocksize: Union[int, str, None] = "64MiB", **options: Any) -> dict[str, Any]:
    """The plan of the whole table: what each column is, and is stored as."""
    return _plan(_parts(path, blocksize), options)


def to_parquet(
    path: Paths,
    output: Path,
    *,
    blocksize: Union[int, str, None] = "256MiB",
    plan: Optional[Mapping[str, Any]] = None,
    **options: Any,
) -> list[str]:
    """Write the lean table as a folder of Parquet files, in parallel, without making frames of it.

    Every file is there whole or not at all, and has the same name whoever writes it: a task that is repeated
    does no harm. Returns the names of the files.
    """
    parts = _parts(path, blocksize)
    words = dict(plan) if plan is not None else _plan(parts, options)
    folder = os.fspath(output)
    os.makedirs(folder, exist_ok=True)
    names = [os.path.join(folder, f"part-{number:05}.parquet") for number in range(len(parts))]
    write = dask.delayed(_write, pure=False)
    dask.compute(*(write(part, words, options, name) for part, name in zip(parts, names)))
    return names


class _Reading:
    """Reads a part; columns that nobody asks for are not made. A value, so that tasks are the same twice."""

    def __init__(self, plan: str, options: Mapping[str, Any]) -> None:
        self._plan, self._options = plan, dict(options)

    def __call__(self, part: Part, columns: Optional[Sequence[str]] = None) -> Any:
        return _read(part, self._plan, self._options, columns)

    def __dask_tokenize__(self) -> Any:
        return type(self).__name__, self._plan, sorted(self._options.items())


def _read(
    part: Part, plan: str, options: Mapping[str, Any], columns: Optional[Sequence[str]] = None
) -> Any:
    path, start, end = part
    words = json.loads(plan)
    if columns is not None:
        wanted = [columns] if isinstance(columns, str) else list(columns)
        options = {**options, "columns": wanted}
        words["columns"] = [column for column in words["columns"] if column["name"] in wanted]
    # Dask has a thread for each partition already.
    frame = read_csv_part(path, (start, end), words, threads=1, **options).to_pandas()
    return frame if columns is None else frame[wanted]


def _write(part: Part, plan: Mapping[str, Any], options: Mapping[str, Any], output: str) -> None:
    path, start, end = part
    write_csv_part(path, (start, end), plan, output, threads=1, **options)


def _profile(parts: Sequence[Part], options: Mapping[str, Any]) -> Profile:
    one = dask.delayed(lambda part: _profile_part(part[0], part[1:], threads=1, **options), pure=False)
    join = dask.delayed(_merge, pure=False)
    level = [one(part) for part in parts]
    while len(level) > 1:
        level = [join(level[place : place + _FAN_IN]) for place in range(0, len(level), _FAN_IN)]
    return dask.compute(level[0])[0]


def _plan(parts: Sequence[Part], options: Mapping[str, Any]) -> dict[str, Any]:
    return _profile(parts, options).plan()


def _parts(path: Paths, blocksize: Union[int, str, None]) -> list[Part]:
    """The files, cut into ranges of about so many bytes."""
    named = [path] if isinstance(path, (str, os.PathLike)) else list(path)
    files = []
    for name in map(os.fspath, named):
        found = sorted(glob.glob(name)) if glob.has_magic(name) and not os.path.exists(name) else [name]
        if not found:
            raise FileNotFoundError(f"no file matches `{name}`")
        files += found
    size = None if blocksize is None else parse_bytes(blocksize) if isinstance(blocksize, str) else blocksize
    if size is not None and size < 1:
        raise OptionError(f"blocksize: {blocksize!r} is less than a byte")
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
