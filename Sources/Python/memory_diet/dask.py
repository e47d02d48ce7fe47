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
from typing import Any, Mapping, Optional, Sequence, Union

from ._cutting import Cutting, Part, Paths, cut, empty, project
from ._options import Path
from ._parquet_folder import ParquetFolder, write_part
from ._parts import Plan, Profile, check_profiled, read_csv_part
from ._parts import merge as _merge
from ._profile_tree import profile_of, rooted, scan_of

try:
    import dask
    import dask.dataframe as dd
except ImportError as error:
    raise ImportError(f"memory_diet.dask needs Dask: `pip install 'dask[dataframe]'` ({error})") from error

__all__ = ["plan", "profile", "read_csv", "to_parquet"]


def read_csv(
    path: Paths,
    *,
    blocksize: Union[int, str, None] = "64MiB",
    plan: Optional[Plan] = None,
    **options: Any,
) -> dd.DataFrame:
    """A Dask DataFrame of lean partitions. With a `plan` no rows are read before it is computed.

    path: a file, several, a folder, or a pattern such as `data/*.csv`, which the workers read under the same names.
        Or URLs that fsspec reads, with its `storage_options`.
    blocksize: how many bytes of text make a partition; None for a partition for each file. What is compressed, or
        in another encoding than UTF-8, is one partition.
    plan: that of `plan`, or of `diet plan`, the path of one, or a profile; found out on the workers where there
        is none.
    options: those of `read_csv` that say how text is read, such as `delimiter`, and `margin`, `min_bits`,
        `unsigned` and `categories`.
    """
    table = cut("dask.read_csv", path, blocksize, options)
    if plan is None:
        table = _scanned(table)
    words, _ = table.plan(plan, lambda brief: _profile(table, brief))
    reading = _Reading(json.dumps(words), table.reading)
    return dd.from_map(
        reading, table.parts, meta=empty(words, table.reading).to_pandas(), label="memory-diet-read-csv",
        enforce_metadata=True,
    )


def profile(path: Paths, *, blocksize: Union[int, str, None] = "64MiB", **options: Any) -> Profile:
    """The profile of the whole table, made on the workers."""
    check_profiled(options)
    return _profile(_scanned(cut("dask.profile", path, blocksize, options)))


def plan(path: Paths, *, blocksize: Union[int, str, None] = "64MiB", **options: Any) -> dict[str, Any]:
    """The plan of the whole table: what each column is, and is stored as."""
    table = _scanned(cut("dask.plan", path, blocksize, options))
    return table.plan(None, lambda brief: _profile(table, brief))[0]


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
    folder = ParquetFolder(output, len(table.parts), overwrite)
    table = _scanned(table)
    words, _ = table.plan(plan, lambda brief: _profile(table, brief))
    with folder.written() as places:
        write = dask.delayed(write_part, pure=False)
        dask.compute(*(write(part, words, table.reading, place) for part, place in zip(table.parts, places)))
    return folder.files


class _Reading:
    """Reads a part; columns that nobody asks for are not made. A value, so that tasks are the same twice."""

    def __init__(self, plan: str, options: Mapping[str, Any]) -> None:
        self._plan, self._options = plan, {"threads": 1, **options}

    # Dask leaves out an argument that it need not give where no column is wanted.
    def __call__(self, part: Part, columns: Union[str, Sequence[str]]) -> Any:
        wanted = [columns] if isinstance(columns, str) else list(columns)
        words, given = project(json.loads(self._plan), self._options, wanted)
        # Dask has a thread for each partition already.
        return read_csv_part(part.name, part.range, words, scan=part.scan, **given).to_pandas()[wanted]

    def __dask_tokenize__(self) -> Any:
        return type(self).__name__, self._plan, sorted(self._options.items())


def _scanned(table: Cutting) -> Cutting:
    one = dask.delayed(scan_of, pure=False)
    return table.scanned(lambda parts: list(dask.compute(*(one(part, table.reading) for part in parts))))


def _profile(table: Cutting, brief: bool = False) -> Profile:
    one = dask.delayed(profile_of, pure=False)
    join = dask.delayed(_merge, pure=False)
    return dask.compute(rooted([one(part, table.reading, brief) for part in table.parts], join))[0]
