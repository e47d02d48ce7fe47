"""Lean tables on Dask: types and categories of all rows, found on the workers.

    >>> import memory_diet.dask
    >>> flights = memory_diet.dask.read_csv("flights-*.csv")
    >>> flights.groupby("carrier", observed=True).dep_delay.mean().compute()

Each file is cut into ranges of bytes; a border may be anywhere, within quoted line ends too. The ranges are
profiled on the workers, profiles (some kilobytes each) are put together there in a tree, and the plan of the
whole table says what every partition is: all have the same types, and the same categories, which are known.
"""

from __future__ import annotations

import fnmatch
import json
import os
import shutil
import uuid
from typing import Any, Mapping, Optional, Sequence, Union

from ._cutting import Cutting, Part, Paths, cut, empty, project
from ._options import Path
from ._parts import Plan, Profile, check_profiled, part_profile, read_csv_part, write_csv_part
from ._parts import merge as _merge

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
    plan: Optional[Plan] = None,
    **options: Any,
) -> dd.DataFrame:
    """A Dask DataFrame of lean partitions. With a `plan` no rows are read before it is computed.

    path: a file, several, a folder, or a pattern such as `data/*.csv`, which the workers read under the same names.
    blocksize: how many bytes of text make a partition; None for a partition for each file. What is compressed, or
        in another encoding than UTF-8, is one partition.
    plan: that of `plan`, or of `diet plan`, the path of one, or a profile; found out on the workers where there
        is none.
    options: those of `read_csv` that say how text is read, such as `delimiter`, and `margin`, `min_bits`,
        `unsigned` and `categories`.
    """
    table = cut("dask.read_csv", path, blocksize, options)
    words, _ = table.plan(plan, lambda: _profile(table))
    reading = _Reading(json.dumps(words), table.reading)
    return dd.from_map(
        reading, table.parts, meta=empty(words, table.reading).to_pandas(), label="memory-diet-read-csv",
        enforce_metadata=True,
    )


def profile(path: Paths, *, blocksize: Union[int, str, None] = "64MiB", **options: Any) -> Profile:
    """The profile of the whole table, made on the workers."""
    check_profiled(options)
    return _joined(cut("dask.profile", path, blocksize, options), brief=False)


def plan(path: Paths, *, blocksize: Union[int, str, None] = "64MiB", **options: Any) -> dict[str, Any]:
    """The plan of the whole table: what each column is, and is stored as."""
    table = cut("dask.plan", path, blocksize, options)
    return table.plan(None, lambda: _profile(table))[0]


def to_parquet(
    path: Paths,
    output: Path,
    *,
    blocksize: Union[int, str, None] = "256MiB",
    plan: Optional[Plan] = None,
    overwrite: bool = False,
    **options: Any,
) -> list[str]:
    """Write the lean table as a folder of Parquet files, in parallel, without making frames of it.

    The files appear once all are written, and have the same names whoever writes them: to do it again does no harm.
    Returns their names.

    overwrite: whether other parts that the folder has, of a table that was cut otherwise, are removed then; they
        are refused where it is False.
    """
    table = cut("dask.to_parquet", path, blocksize, options)
    folder = os.fspath(output)
    names = [f"part-{number:05}.parquet" for number in range(len(table.parts))]
    there = os.listdir(folder) if os.path.isdir(folder) else []
    others = sorted(set(fnmatch.filter(there, "part-*.parquet")) - set(names))
    if others and not overwrite:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        raise FileExistsError(
            f"{folder} has {others[0]}{more}, which this table of {len(names)} parts has not: readers of the folder"
            " would take both; write to another folder, or give `overwrite=True`, which removes them at the end"
        )
    words, _ = table.plan(plan, lambda: _profile(table))
    # Names that nobody takes for parts, should this end before its time.
    unfinished = os.path.join(folder, f"_unfinished-{uuid.uuid4().hex}")
    os.makedirs(unfinished)
    try:
        write = dask.delayed(_write, pure=False)
        places = [os.path.join(unfinished, name.partition(".")[0]) for name in names]
        dask.compute(*(write(part, words, table.reading, place) for part, place in zip(table.parts, places)))
        for place, name in zip(places, names):
            os.replace(place, os.path.join(folder, name))
        for name in others:
            os.remove(os.path.join(folder, name))
    finally:
        # Tasks that still run where one has failed find no folder to write into.
        over = f"{unfinished}-over"
        os.rename(unfinished, over)
        shutil.rmtree(over, ignore_errors=True)
    return [os.path.join(folder, name) for name in names]


class _Reading:
    """Reads a part; columns that nobody asks for are not made. A value, so that tasks are the same twice."""

    def __init__(self, plan: str, options: Mapping[str, Any]) -> None:
        self._plan, self._options = plan, {"threads": 1, **options}

    # Dask leaves out an argument that it need not give where no column is wanted.
    def __call__(self, part: Part, columns: Union[str, Sequence[str]]) -> Any:
        wanted = [columns] if isinstance(columns, str) else list(columns)
        words, given = project(json.loads(self._plan), self._options, wanted)
        # Dask has a thread for each partition already.
        return read_csv_part(part.name, part.range, words, **given).to_pandas()[wanted]

    def __dask_tokenize__(self) -> Any:
        return type(self).__name__, self._plan, sorted(self._options.items())


def _write(part: Part, plan: Mapping[str, Any], options: Mapping[str, Any], place: str) -> None:
    # The same task may run twice at a time.
    own = f"{place}-{uuid.uuid4().hex}.parquet"
    write_csv_part(part.name, part.range, plan, own, **{"threads": 1, **options})
    os.replace(own, place)


def _profile(table: Cutting) -> Profile:
    # Parts that are alike need not be read in every way in which they may turn out to be read.
    found = _joined(table, brief=True)
    return _joined(table, brief=False) if found._is_lacking() else found


def _joined(table: Cutting, brief: bool) -> Profile:
    options = {"threads": 1, **table.reading}
    one = dask.delayed(lambda part: part_profile(part.name, part.range, options, brief), pure=False)
    join = dask.delayed(_merge, pure=False)
    level = [one(part) for part in table.parts]
    while len(level) > 1:
        level = [join(level[place : place + _FAN_IN]) for place in range(0, len(level), _FAN_IN)]
    return dask.compute(level[0])[0]
