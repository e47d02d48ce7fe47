"""Lean tables on Spark: types of all rows, found on the workers.

    >>> import memory_diet.spark
    >>> flights = memory_diet.spark.read_csv(spark, "flights-*.csv")
    >>> flights.groupBy("carrier").avg("dep_delay").show()

Each file is cut into ranges of bytes; a border may be anywhere, within quoted line ends too. The ranges are
profiled on the workers, profiles (some kilobytes each) are put together there in a tree, and the plan of the
whole table says what every partition is. Types are those that `docs/hand-over.md` names for Spark.
"""

from __future__ import annotations

import pickle
import warnings
from typing import TYPE_CHECKING, Any, Callable, Iterator, Optional, Union

from ._cutting import Cutting, Part, Paths, cut, empty, project
from ._errors import InputError, NoteWarning, OptionError
from ._options import Path
from ._parquet_folder import ParquetFolder, write_part
from ._parts import Plan, Profile, Scan, check_profiled, merge, read_csv_part
from ._profile_tree import FAN_IN, profile_of, scan_of

try:
    import pyarrow
    import pyspark.sql

    from ._spark_types import differences, schema_of
except ImportError as error:
    raise ImportError(f"memory_diet.spark needs PySpark: `pip install 'pyspark[sql]'` ({error})") from error

if TYPE_CHECKING:
    Batches = Iterator[pyarrow.RecordBatch]

__all__ = ["plan", "profile", "read_csv", "to_parquet"]

# How many rows go to Spark at a time: what it holds of a part beside its own rows.
_BATCH = 1 << 14
# Of polars and pandas: Spark's arithmetic ends with an error where it does not fit, and its unions widen.
_NOT_OF_SPARK = frozenset({"arithmeticWraps", "widthsDiffer"})


def read_csv(
    spark: pyspark.sql.SparkSession,
    path: Paths,
    *,
    blocksize: Union[int, str, None] = "64MiB",
    plan: Optional[Plan] = None,
    **options: Any,
) -> pyspark.sql.DataFrame:
    """A Spark DataFrame of lean partitions, in the order of the rows. With a `plan` no rows are read before it is
    asked for them.

    path: a file, several, a folder, or a pattern such as `data/*.csv`, which the workers read under the same names.
        Or URLs that fsspec reads, with its `storage_options`.
    blocksize: how many bytes of text make a partition; None for a partition for each file. What is compressed, or
        in another encoding than UTF-8, is one partition.
    plan: that of `plan`, or of `diet plan`, the path of one, or a profile; found out on the workers where there
        is none.
    options: those of `read_csv` that say how text is read, such as `delimiter`, and `margin`, `min_bits` and
        `unsigned`. And `columns`, those to make: Spark asks for all, whichever of them a query has.
    """
    table = _cut("spark.read_csv", spark, path, blocksize, options)
    if "categories" in table.reading:
        raise OptionError("categories: Spark has none, text is text; leave it out")
    wanted = table.reading.pop("columns", None)
    if plan is None:
        table = _scanned(spark, table)
    whole, _ = table.plan(plan, lambda brief: _profile(spark, table, brief), _NOT_OF_SPARK)
    reading = {"threads": 1, "categories": "none", **table.reading}
    words, given = project(whole, reading, _checked(whole, wanted))
    schema = schema_of(empty(words, given))
    if plan is None:
        for note in differences(words, schema):
            warnings.warn(note, NoteWarning, stacklevel=2)
    if not schema.fields:
        return spark.createDataFrame([], schema)

    def read(batches: Batches) -> Batches:
        for part in _asked(batches, table.parts):
            rows = read_csv_part(part.name, part.range, words, scan=part.scan, **given)._arrow_for("spark")
            # Spark takes columns by their places, which may be others in this file than in the plan.
            yield from rows.select(schema.names).to_batches(max_chunksize=_BATCH)

    return _numbers(spark, table.parts).mapInArrow(read, schema)


def profile(
    spark: pyspark.sql.SparkSession, path: Paths, *, blocksize: Union[int, str, None] = "64MiB", **options: Any
) -> Profile:
    """The profile of the whole table, made on the workers."""
    check_profiled(options)
    return _profile(spark, _scanned(spark, _cut("spark.profile", spark, path, blocksize, options)))


def plan(
    spark: pyspark.sql.SparkSession, path: Paths, *, blocksize: Union[int, str, None] = "64MiB", **options: Any
) -> dict[str, Any]:
    """The plan of the whole table: what each column is, and is stored as."""
    table = _scanned(spark, _cut("spark.plan", spark, path, blocksize, options))
    return table.plan(None, lambda brief: _profile(spark, table, brief), _NOT_OF_SPARK)[0]


def to_parquet(
    spark: pyspark.sql.SparkSession,
    path: Paths,
    output: Path,
    *,
    blocksize: Union[int, str, None] = "256MiB",
    plan: Optional[Plan] = None,
    overwrite: bool = False,
    **options: Any,
) -> list[str]:
    """Write the lean table as a folder of Parquet files, in parallel, without rows of Spark in between.

    They appear once all are written, and have the same names whoever writes them, so that to do it again does no
    harm. Their types are those of `read_csv`, which Spark has. Returns their names.

    output: a folder that driver and workers have under the same name.
    overwrite: whether other parts that the folder has, of a table that was cut otherwise, are removed then; they
        are refused where it is False.
    """
    table = _cut("spark.to_parquet", spark, path, blocksize, options)
    folder = ParquetFolder(output, len(table.parts), overwrite)
    table = _scanned(spark, table)
    words, _ = table.plan(plan, lambda brief: _profile(spark, table, brief), _NOT_OF_SPARK)
    with folder.written() as places:
        work = list(zip(table.parts, places))

        def write(batches: Batches) -> Batches:
            for part, place in _asked(batches, work):
                yield _outcome(lambda: write_part(part, words, table.reading, place, "spark"))

        for row in _numbers(spark, work).mapInArrow(write, _OUTCOME).collect():
            _value(row.value)
    return folder.files


def _cut(
    function: str, spark: Any, path: Paths, blocksize: Union[int, str, None], options: dict[str, Any]
) -> Cutting:
    if not hasattr(spark, "createDataFrame"):
        raise TypeError(f"{function}() takes the SparkSession first, not {type(spark).__name__}: `{function}(spark, path)`")
    return cut(function, path, blocksize, options)


def _checked(plan: Any, columns: Any) -> Optional[list[str]]:
    """The names of columns that were asked for, which there are."""
    if columns is None:
        return None
    names = {column["name"] for column in plan["columns"]}
    wanted = [columns] if isinstance(columns, str) else list(columns)
    if not wanted:
        raise OptionError("columns: name at least one")
    for name in wanted:
        if name not in names:
            raise OptionError(f"columns: there is no column `{name}`")
    return wanted


def _numbers(spark: pyspark.sql.SparkSession, parts: list[Any]) -> pyspark.sql.DataFrame:
    """The numbers of parts, each in a partition of its own."""
    return spark.range(0, len(parts), 1, len(parts))


def _asked(batches: Batches, parts: list[Any]) -> Iterator[Any]:
    for batch in batches:
        for number in batch.column(0).to_pylist():
            yield parts[number]


# What a task gives back: a value or an exception, pickled. Spark would try four times what an option or the text
# itself refuses, and then tell it as text.
_OUTCOME = "value binary"


def _outcome(made: Callable[[], Any]) -> pyarrow.RecordBatch:
    try:
        value = made()
    except (InputError, OptionError) as error:
        value = error
    return pyarrow.RecordBatch.from_pydict({"value": [pickle.dumps(value)]})


def _value(data: bytes) -> Any:
    value = pickle.loads(data)
    if isinstance(value, Exception):
        raise value
    return value


def _scanned(spark: pyspark.sql.SparkSession, table: Cutting) -> Cutting:
    def scans(parts: list[Part]) -> list[Scan]:
        def one(batches: Batches) -> Batches:
            for number, part in _asked(batches, list(enumerate(parts))):
                yield _outcome(lambda: (number, scan_of(part, table.reading)))

        found = [_value(row.value) for row in _numbers(spark, parts).mapInArrow(one, _OUTCOME).collect()]
        return [scan for _, scan in sorted(found, key=lambda pair: pair[0])]

    return table.scanned(scans)


def _profile(spark: pyspark.sql.SparkSession, table: Cutting, brief: bool = False) -> Profile:
    def one(batches: Batches) -> Batches:
        for part in _asked(batches, table.parts):
            yield _outcome(lambda: profile_of(part, table.reading, brief))

    def join(batches: Batches) -> Batches:
        data = [value for batch in batches for value in batch.column(0).to_pylist()]
        # A partition may have got none.
        if data:
            yield _outcome(lambda: merge(map(_value, data)))

    level = _numbers(spark, table.parts).mapInArrow(one, _OUTCOME)
    count = len(table.parts)
    while count > 1:
        count = -(-count // FAN_IN)
        level = level.repartition(count).mapInArrow(join, _OUTCOME)
    return _value(level.collect()[0].value)
