"""Lean tables on Ray: types and categories of all rows, found on the workers.

    >>> import memory_diet.ray
    >>> flights = memory_diet.ray.read_csv("flights-*.csv")
    >>> flights.groupby("carrier").mean("dep_delay").show()

Each file is cut into ranges of bytes; a border may be anywhere, within quoted line ends too. The ranges are
profiled on the workers, profiles (some kilobytes each) are put together there in a tree, and the plan of the
whole table says what every block is: all have one schema of Arrow.
"""

from __future__ import annotations

from typing import Any, Callable, Iterable, Optional, Union

from ._cutting import Cutting, Part, Paths, cut, empty, project
from ._options import Path
from ._parquet_folder import ParquetFolder, write_part
from ._parts import Plan, Profile, check_profiled, merge, read_csv_part
from ._profile_tree import profile_of, rooted, scan_of

try:
    import pyarrow
    import ray
    import ray.data
    from ray.data.block import BlockAccessor, BlockMetadata
except ImportError as error:
    raise ImportError(f"memory_diet.ray needs Ray: `pip install 'ray[data]'` ({error})") from error

__all__ = ["plan", "profile", "read_csv", "to_parquet"]


def read_csv(
    path: Paths,
    *,
    blocksize: Union[int, str, None] = "64MiB",
    plan: Optional[Plan] = None,
    **options: Any,
) -> ray.data.Dataset:
    """A Ray Dataset of lean Arrow blocks. With a `plan` no rows are read before it is asked for them.

    path: a file, several, a folder, or a pattern such as `data/*.csv`, which the workers read under the same names.
        Or URLs that fsspec reads, with its `storage_options`.
    blocksize: how many bytes of text a task reads; None for a task for each file. What is compressed, or in another
        encoding than UTF-8, is read by one.
    plan: that of `plan`, or of `diet plan`, the path of one, or a profile; found out on the workers where there
        is none.
    options: those of `read_csv` that say how text is read, such as `delimiter`, and `margin`, `min_bits`,
        `unsigned` and `categories`: text is text, since Ray cannot sort, join or group dictionaries;
        `categories="text"` gives them all the same.
    """
    table = cut("ray.read_csv", path, blocksize, options)
    if plan is None:
        table = _scanned(table)
    words, _ = table.plan(plan, lambda brief: _profile(table, brief))
    # Ray sorts, joins and groups no dictionaries, and makes words of their nulls in batches of numpy.
    source = _Source(table.parts, words, {"threads": 1, **table.reading, "categories": options.get("categories", "none")})
    return ray.data.read_datasource(source, override_num_blocks=len(table.parts))


def profile(path: Paths, *, blocksize: Union[int, str, None] = "64MiB", **options: Any) -> Profile:
    """The profile of the whole table, made on the workers."""
    check_profiled(options)
    return _profile(_scanned(cut("ray.profile", path, blocksize, options)))


def plan(path: Paths, *, blocksize: Union[int, str, None] = "64MiB", **options: Any) -> dict[str, Any]:
    """The plan of the whole table: what each column is, and is stored as."""
    table = _scanned(cut("ray.plan", path, blocksize, options))
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
    """Write the lean table as a folder of Parquet files, in parallel, without making blocks of it.

    The files are those of `memory_diet.dask.to_parquet`: they appear once all are written, and have the same names
    whoever writes them, so that to do it again does no harm. Returns their names.

    output: a folder that all machines have under the same name.
    overwrite: whether other parts that the folder has, of a table that was cut otherwise, are removed then; they
        are refused where it is False.
    """
    table = cut("ray.to_parquet", path, blocksize, options)
    folder = ParquetFolder(output, len(table.parts), overwrite)
    table = _scanned(table)
    words, _ = table.plan(plan, lambda brief: _profile(table, brief))
    with folder.written() as places:
        write = ray.remote(write_part)
        shared = ray.put(words)
        _got([write.remote(part, shared, table.reading, place) for part, place in zip(table.parts, places)])
    return folder.files


class _Source(ray.data.Datasource):
    """Reads parts as tasks; columns that nobody asks for are not made."""

    def __init__(self, parts: list[Part], plan: dict[str, Any], options: dict[str, Any]) -> None:
        super().__init__()
        self._parts, self._plan, self._options = parts, plan, options
        # What a query asks for, as Ray says it.
        self._projection_map: Optional[dict[str, str]] = None

    def get_name(self) -> str:
        return "MemoryDietCSV"

    def supports_projection_pushdown(self) -> bool:
        return True

    def estimate_inmemory_data_size(self) -> Optional[int]:
        return sum(map(_size, self._parts))

    def get_read_tasks(
        self, parallelism: int, per_task_row_limit: Optional[int] = None, data_context: Any = None
    ) -> list[ray.data.ReadTask]:
        wanted = None if self._projection_map is None else list(self._projection_map)
        words, given = project(self._plan, self._options, wanted)
        schema = _asked(empty(words, given).to_arrow(), wanted).schema
        # Once for all tasks: a plan may have megabytes of words.
        shared = ray.put(words)

        def reader(part: Part) -> Callable[[], Iterable[pyarrow.Table]]:
            return lambda: [_asked(_read(part, ray.get(shared), given), wanted)]

        return [
            ray.data.ReadTask(
                reader(part),
                BlockMetadata(num_rows=None, size_bytes=_size(part), input_files=(part.identity[0],), exec_stats=None),
                schema=schema,
                per_task_row_limit=per_task_row_limit,
            )
            for part in self._parts
        ]


def _read(part: Part, plan: dict[str, Any], options: dict[str, Any]) -> pyarrow.Table:
    return read_csv_part(part.name, part.range, plan, scan=part.scan, **options).to_arrow()


def _asked(table: pyarrow.Table, columns: Optional[list[str]]) -> pyarrow.Table:
    # Of no columns, as where rows are counted, Ray keeps the number of rows in a column of its own.
    return table if columns is None else BlockAccessor.for_block(table).select(columns)


def _size(part: Part) -> int:
    """The bytes of text in a part, which its rows take at most, or about that."""
    return (part.identity[1] if part.end is None else part.end) - part.start


def _scanned(table: Cutting) -> Cutting:
    one = ray.remote(scan_of)
    return table.scanned(lambda parts: _got([one.remote(part, table.reading) for part in parts]))


def _profile(table: Cutting, brief: bool = False) -> Profile:
    one, join = ray.remote(profile_of), ray.remote(_merged)
    profiles = [one.remote(part, table.reading, brief) for part in table.parts]
    return _got([rooted(profiles, lambda some: join.remote(*some))])[0]


def _merged(*profiles: Profile) -> Profile:
    return merge(profiles)


def _got(results: list[ray.ObjectRef]) -> list[Any]:
    try:
        return ray.get(results)
    except ray.exceptions.RayTaskError as error:
        # What the library said, without where a worker said it.
        raise error.cause from None
