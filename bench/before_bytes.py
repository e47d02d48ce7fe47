"""Reference model of docs/before-bytes.md: which type each engine reads a column as, and the bytes
it then holds.

A column is a list of fields `(text, quoted)`; every size is in bytes. One block (chunk) per column
is assumed, except for pandas' text bitmaps, where `blocks` says how many rows each block has.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

Field = tuple[str, bool]

OUR_WORDS = {"NA", "N/A", "n/a", "#N/A", "NULL", "null", "None"}
ARROW_WORDS = {
    "",
    "#N/A",
    "#N/A N/A",
    "#NA",
    "-1.#IND",
    "-1.#QNAN",
    "-NaN",
    "-nan",
    "1.#IND",
    "1.#QNAN",
    "N/A",
    "NA",
    "NULL",
    "NaN",
    "n/a",
    "nan",
    "null",
}
PANDAS_WORDS = ARROW_WORDS | {"None", "<NA>"}

BOOLEAN = {"true", "True", "TRUE", "false", "False", "FALSE"}
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
HOUR, SIXTY = r"([01]\d|2[0-3])", r"[0-5]\d"
ISO_TIME = re.compile(rf"{HOUR}:{SIXTY}(:{SIXTY})?")
ISO_STAMP = re.compile(
    rf"(?P<year>\d{{4}})-\d\d-\d\d"
    rf"([ T]{HOUR}(:{SIXTY}(:{SIXTY}(?P<fraction>\.\d{{1,9}})?)?)?"
    r"(?P<zone>Z|[+-]\d\d(:?\d\d)?)?)?"
)
PLAIN_INT = re.compile(r"-?\d+")
SIGNED_INT = re.compile(r"[+-]?\d+")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
INF = re.compile(r"[+-]?inf(inity)?", re.I)
NAN_OR_INF = re.compile(r"[+-]?(nan|inf(inity)?)", re.I)
HEX = re.compile(r"0[xX][0-9a-fA-F]{1,16}")
POLARS_FLOAT = re.compile(r"[+-]?(\d*\.\d+([eE][+-]?\d+)?|inf|NaN|\d+[eE][+-]?\d+|\d+\.)")


@dataclass(frozen=True)
class Sizes:
    """What an engine makes of a column: its own name of the type, and the bytes held."""

    type: str
    bytes: int


def bitmap(rows: int) -> int:
    """Bytes of one bit a row."""
    return (rows + 7) // 8


def size(text: str) -> int:
    """Bytes of a text in UTF-8."""
    return len(text.encode())


def every(values: Sequence[str], test: Callable[[str], object]) -> bool:
    """Whether all values pass."""
    return all(test(value) for value in values)


def python_int(text: str) -> int:
    """Bytes of CPython 3.11's int of this value: 24 + 4 for each 30 bits, zero takes 28 too."""
    return 24 + 4 * max(1, -(-abs(int(text)).bit_length() // 30))


def pandas_type(values: Sequence[str], nulls: int) -> str:
    """The type that read_csv of pandas 3.1 infers from the values that are no null words."""
    if not values:
        return "float64"
    trimmed = [value.strip(" \t") for value in values]
    if every(values, lambda text: text.lower() in ("true", "false")):
        return "object of bool" if nulls else "bool"
    if every(trimmed, SIGNED_INT.fullmatch):
        low, high = min(map(int, trimmed)), max(map(int, trimmed))
        if -(2**63) <= low and high < 2**63:
            return "float64" if nulls else "int64"
        if 2**63 <= high < 2**64:
            return "uint64" if low >= 0 and not nulls else "literal str"
        return "object of int"
    if every(trimmed, lambda text: NUMBER.fullmatch(text) or INF.fullmatch(text)):
        return "float64"
    return "str"


def pandas_validity(null: Sequence[bool], blocks: Sequence[int]) -> int:
    """Bytes of a text column's bitmaps: one for each block that has a null; joined into one if a
    block is all null."""
    total, start = 0, 0
    for count in blocks:
        nulls = sum(null[start : start + count])
        if 0 < nulls == count:
            return bitmap(len(null))
        total += bitmap(count) if nulls else 0
        start += count
    return total


def pandas_bytes(
    fields: Sequence[Field], nullable: bool = False, blocks: Sequence[int] | None = None
) -> Sizes:
    """`memory_usage(index=False, deep=True)` of one column, pyarrow installed.

    `blocks`: rows per block, in order.
    """
    rows = len(fields)
    present = [text for text, _ in fields if text not in PANDAS_WORDS]
    nulls = rows - len(present)
    kind = pandas_type(present, nulls)
    if kind == "literal str" or (nullable and kind == "object of int" and not nulls):
        return Sizes("str", 8 * rows + sum(size(text) for text, _ in fields))
    if kind == "str" or (nullable and kind == "object of int"):
        validity = pandas_validity([text in PANDAS_WORDS for text, _ in fields], blocks or [rows])
        return Sizes("str", 8 * rows + sum(map(size, present)) + validity)
    if nullable:
        return Sizes("boolean", 2 * rows) if "bool" in kind else Sizes("masked number", 9 * rows)
    if kind == "bool":
        return Sizes(kind, rows)
    if kind == "object of bool":
        return Sizes(kind, 8 * rows + 28 * len(present) + 24 * nulls)
    if kind == "object of int":
        return Sizes(kind, 8 * rows + sum(map(python_int, present)) + 24 * nulls)
    return Sizes(kind, 8 * rows)


def polars_type(values: Sequence[str]) -> str:
    """The type that read_csv of polars infers over the whole file."""
    if not values:
        return "String"
    if every(values, lambda text: text.lower() in ("true", "false")):
        return "Boolean"
    if every(values, PLAIN_INT.fullmatch):
        return "Int64" if every(values, lambda text: -(2**63) <= int(text) < 2**63) else "Int128"
    if every(values, lambda text: PLAIN_INT.fullmatch(text) or POLARS_FLOAT.fullmatch(text)):
        return "Float64"
    return "String"


def polars_bytes(fields: Sequence[Field]) -> Sizes:
    """Arrow buffers of `read_csv(null_values=OUR_WORDS, infer_schema_length=None)`, views and long
    text included."""
    rows = len(fields)
    present = [text for text, quoted in fields if (text or quoted) and text not in OUR_WORDS]
    kind = polars_type(present)
    validity = bitmap(rows) if len(present) < rows else 0
    long_text = sum(size(text) for text in present if size(text) > 12)
    values = {
        "Boolean": bitmap(rows),
        "Int64": 8 * rows,
        "Int128": 16 * rows,
        "Float64": 8 * rows,
        "String": 16 * rows + long_text,
    }
    return Sizes(kind, values[kind] + validity)


def calendar(text: str) -> bool:
    """Whether an ISO date, or what starts with one, names a day that exists."""
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def arrow_stamp(values: Sequence[str]) -> bool:
    """Whether pyarrow reads all as timestamps: all zoned or none, and years that nanoseconds hold
    if there is a fraction."""
    found = [ISO_STAMP.fullmatch(text) for text in values]
    if not all(found) or not every(values, calendar):
        return False
    if len({bool(match["zone"]) for match in found}) > 1:
        return False
    return not any(match["fraction"] for match in found) or all(
        1678 <= int(match["year"]) <= 2261 for match in found
    )


def arrow_type(values: Sequence[str]) -> str:
    """The type that pyarrow.csv.read_csv infers."""
    if not values:
        return "null"
    trimmed = [value.strip(" \t") for value in values]
    if every(
        trimmed,
        lambda text: (
            (PLAIN_INT.fullmatch(text) and -(2**63) <= int(text) < 2**63) or HEX.fullmatch(text)
        ),
    ):
        return "int64"
    if every(values, lambda text: text in BOOLEAN or text in ("0", "1")):
        return "bool"
    if every(trimmed, lambda text: ISO_DATE.fullmatch(text) and calendar(text)):
        return "date32"
    if every(trimmed, ISO_TIME.fullmatch):
        return "time32"
    if arrow_stamp(trimmed):
        return "timestamp"
    if every(trimmed, lambda text: NUMBER.fullmatch(text) or NAN_OR_INF.fullmatch(text)):
        return "double"
    return "string"


def arrow_bytes(fields: Sequence[Field]) -> Sizes:
    """`get_total_buffer_size` after `combine_chunks`: exact buffers, no padding."""
    rows = len(fields)
    present = [text for text, _ in fields if text not in ARROW_WORDS]
    kind = arrow_type(present)
    validity = bitmap(rows) if len(present) < rows else 0
    if kind == "null":
        return Sizes(kind, 0)
    if kind == "string":
        return Sizes(kind, 4 * (rows + 1) + sum(size(text) for text, _ in fields))
    width = {"date32": 4, "time32": 4}.get(kind, 8)
    return Sizes(kind, (bitmap(rows) if kind == "bool" else width * rows) + validity)


ENGINES: dict[str, Callable[[Sequence[Field]], Sizes]] = {
    "pandas": pandas_bytes,
    "pandas-nullable": lambda fields: pandas_bytes(fields, nullable=True),
    "polars": polars_bytes,
    "arrow": arrow_bytes,
}
