"""Lean tables on Dask: types and categories of all rows, found on the workers.

    >>> import memory_diet.dask
    >>> flights = memory_diet.dask.read_csv("flights-*.csv")
    >>> flights.groupby("carrier", observed=True).dep_delay.mean().compute()

Each file is cut into ranges of bytes; a border may be anywhere, within quoted line ends too. The ranges are
profiled on the workers, profiles (some kilobytes each) are put together there in a tree, and the plan of the
whole table says what every partition is: all have the same types, and the same categories, which are known.
"""

from __future__ import annotations

import json
import os
from typing import Any, Mapping, Optional, Sequence, Union

from ._cutting import Part, Paths, parts_of, project
from ._parts import Path, Profile
from ._parts import merge as _merge
from ._parts import profile as _profile_part
from ._parts import read_csv_part, write_csv_part

try:
    import dask
    import dask.dataframe as dd
except ImportError as error:
    raise ImportError(f"memory_diet.dask needs Dask: `pip install 'dask[dataframe]'` ({error})") from error

__all__ = ["plan", "profile", "read_csv", "to_parquet"]

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
    parts = parts_of(path, blocksize)
    words = json.dumps(plan if plan is not None else _plan(parts, options))
    empty = _read((parts[0][0], 0, 0), words, options)
    return dd.from_map(
        _Reading(words, options), parts, meta=empty.iloc[:0], label="memory-diet-read-csv",
        enforce_metadata=True,
    )


def profile(path: Paths, *, blocksize: Union[int, str, None] = "64MiB", **options: Any) -> Profile:
    """The profile of the whole table, made on the workers."""
    return _profile(parts_of(path, blocksize), options)


def plan(path: Paths, *, blocksize: Union[int, str, None] = "64MiB", **options: Any) -> dict[str, Any]:
    """The plan of the whole table: what each column is, and is stored as."""
    return _plan(parts_of(path, blocksize), options)


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
    parts = parts_of(path, blocksize)
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
    wanted = [columns] if isinstance(columns, str) else columns
    words, given = project(json.loads(plan), options, wanted)
    # Dask has a thread for each partition already.
    frame = read_csv_part(path, (start, end), words, threads=1, **given).to_pandas()
    return frame if wanted is None else frame[list(wanted)]


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
