"""Spark's types for lean tables, and what it cannot hold."""

from __future__ import annotations

from typing import Any, Mapping, Optional

import pyarrow
from pyspark.sql import types as spark

from ._errors import InputError
from ._table import Table

_UNITS = {"s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}


def schema_of(table: Table) -> spark.StructType:
    """The schema of a table as it is handed over for Spark; every column may be null."""
    arrow = table._arrow_for("spark").schema
    return spark.StructType([spark.StructField(field.name, _type(field), True) for field in arrow])


def differences(plan: Mapping[str, Any], schema: spark.StructType) -> list[str]:
    """A sentence for each planned column whose values are numbers there, since Spark has no type for them."""
    notes = []
    for column in plan["columns"]:
        meaning = _meaning(column["type"])
        if meaning is not None:
            notes.append(f"column `{column['name']}` is {schema[column['name']].dataType.simpleString()}, {meaning}")
    return notes


def _meaning(kind: Mapping[str, str]) -> Optional[str]:
    if kind["name"] == "time":
        return f"{_UNITS[kind['unit']]} since midnight: Spark has no times of day"
    if kind["name"] == "duration":
        return f"{_UNITS[kind['unit']]}: Spark gets spans of time as numbers"
    if kind["name"] == "timestamp" and kind["unit"] == "ns":
        return "nanoseconds since 1970: Spark has instants in microseconds"
    return None


def _type(field: pyarrow.Field) -> spark.DataType:
    kind, types = field.type, pyarrow.types
    if types.is_decimal(kind):
        return spark.DecimalType(kind.precision, kind.scale)
    if types.is_timestamp(kind) and kind.unit == "us":
        # An instant, which is shown in the session's zone, or what a clock showed, which is the same in all.
        return spark.TimestampNTZType() if kind.tz is None else spark.TimestampType()
    found = _PLAIN.get(kind)
    if found is None:
        raise InputError(
            f"column `{field.name}`: Spark has no {kind}; make it text by the plan, as `diet plan --type` does"
        )
    return found


_PLAIN = {
    pyarrow.null(): spark.NullType(),
    pyarrow.bool_(): spark.BooleanType(),
    pyarrow.int8(): spark.ByteType(),
    pyarrow.int16(): spark.ShortType(),
    pyarrow.int32(): spark.IntegerType(),
    pyarrow.int64(): spark.LongType(),
    pyarrow.float32(): spark.FloatType(),
    pyarrow.float64(): spark.DoubleType(),
    pyarrow.date32(): spark.DateType(),
    pyarrow.string(): spark.StringType(),
}
