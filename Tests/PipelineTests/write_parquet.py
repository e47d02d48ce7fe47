"""Writes Parquet files with pyarrow, polars, DuckDB and pandas, in every way that they offer; prints
what they hold, as JSON.

    write_parquet.py FOLDER
"""

import datetime
import decimal
import json
import random
import sys

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.parquet as parquet

from array_texts import texts

folder = sys.argv[1]
chance = random.Random(7)
files = []


def table(row_count, null_period=5, nullable=True):
    """Columns of every flat type."""

    def column(kind, make):
        values = [
            None if nullable and null_period and chance.randrange(null_period) == 0 else make(row)
            for row in range(row_count)
        ]
        return pyarrow.array(values, kind)

    day = datetime.date(1970, 1, 1)
    columns = {
        "bool": column(pyarrow.bool_(), lambda row: row % 3 == 0),
        "int8": column(pyarrow.int8(), lambda row: row % 256 - 128),
        "int16": column(pyarrow.int16(), lambda row: row * 7 % 65536 - 32768),
        "int32": column(pyarrow.int32(), lambda _: chance.randrange(-(2**31), 2**31)),
        "int64": column(pyarrow.int64(), lambda _: chance.randrange(-(2**63), 2**63)),
        "sorted": column(pyarrow.int64(), lambda row: 10**12 + row),
        "uint8": column(pyarrow.uint8(), lambda row: row % 256),
        "uint16": column(pyarrow.uint16(), lambda row: row * 31 % 65536),
        "uint32": column(pyarrow.uint32(), lambda _: chance.randrange(2**32)),
        "uint64": column(pyarrow.uint64(), lambda _: chance.randrange(2**64)),
        "half": column(pyarrow.float16(), lambda row: row / 8 - 3),
        "float": column(pyarrow.float32(), lambda row: row / 16),
        "double": column(
            pyarrow.float64(),
            lambda row: [float("nan"), -0.0, float("inf"), 5e-324, row / 3][row % 5],
        ),
        "decimal": column(pyarrow.decimal128(9, 2), lambda row: decimal.Decimal(row - 50) / 100),
        "wide decimal": column(
            pyarrow.decimal128(30, 4), lambda row: decimal.Decimal(row - 50) * 10**9 / 10**4
        ),
        "date": column(pyarrow.date32(), lambda row: day + datetime.timedelta(row - 30)),
        "time s": column(pyarrow.time32("s"), lambda row: row % 86400),
        "time ms": column(pyarrow.time32("ms"), lambda row: row * 86399 % 86400000),
        "time us": column(pyarrow.time64("us"), lambda row: row * 86399999 % 86400000000),
        "time ns": column(pyarrow.time64("ns"), lambda row: row * 86399999999 % 86400000000000),
        "text": column(pyarrow.string(), lambda row: f"naïve {chance.random()}"[: row % 30]),
        "few": column(pyarrow.string(), lambda row: ["", "a", "日本"][row % 3]),
        "category": column(pyarrow.string(), lambda row: f"c{row % 40}").dictionary_encode(),
        "large": column(pyarrow.large_string(), lambda row: f"prefix/shared/{row}"),
        "bytes": column(pyarrow.binary(), lambda row: b"bytes %d" % row),
        "fixed": column(pyarrow.binary(3), lambda row: b"%03d" % (row % 1000)),
        "nothing": pyarrow.nulls(row_count),
    }
    for unit in ["s", "ms", "us", "ns"]:
        for zone in [None, "UTC", "Europe/Berlin"]:
            kind = pyarrow.timestamp(unit, zone)
            columns[f"{kind}"] = column(kind, lambda row: row * 86399 - 10**6)
    if not nullable:
        del columns["nothing"]
    schema = pyarrow.schema(
        [pyarrow.field(name, array.type, nullable) for name, array in columns.items()]
    )
    return pyarrow.table(columns, schema)


def add(name, write, refused=None, read=parquet.read_table):
    """`refused` is a word of the message where the file is not to be read; `read` says what it holds."""
    path = f"{folder}/{name}.parquet"
    write(path)
    seen = read(path)
    # Bytes that are called so are no text, whatever they hold.
    is_told = b"ARROW:schema" in (parquet.read_metadata(path).metadata or {})
    columns = []
    for field, array in zip(seen.schema, seen.columns):
        is_binary = is_told and str(field.type).startswith(("binary", "fixed_size_binary"))
        values = None if refused or is_binary else texts(array)
        word = "binary" if is_binary and not refused else None
        columns.append({"name": field.name, "values": values, "refused": word})
    files.append({"name": name, "refused": refused, "columns": columns})


def arrow(name, rows, refused=None, **options):
    add(name, lambda path: parquet.write_table(rows, path, **options), refused)


some = table(400)
for codec in ["none", "snappy", "gzip", "zstd", "lz4"]:
    for version in ["1.0", "2.0"]:
        arrow(f"{codec} {version}", some, compression=codec, data_page_version=version)
arrow("brotli", some, compression="brotli", refused="BROTLI")
for row_count in [0, 1, 2, 63, 64, 65]:
    arrow(f"{row_count} rows", table(row_count))
arrow("required", table(500, nullable=False))
arrow("no nulls", table(500, null_period=0), data_page_version="2.0")
arrow("only nulls", table(500, null_period=1))
arrow("plain", some, use_dictionary=False, compression="none")
arrow("small pages", table(4_000), data_page_size=500, row_group_size=1_700)
arrow("dictionary given up", table(3_000), dictionary_pagesize_limit=2_000, data_page_size=3_000)
arrow("no schema", some, store_schema=False)
arrow("integer decimals", some, store_decimal_as_integer=True)
arrow("version 1", some.drop_columns(["timestamp[ns]"]), version="1.0", coerce_timestamps="ms",
      allow_truncated_timestamps=True)
arrow("int96", some, use_deprecated_int96_timestamps=True)
arrow("crc", some, write_page_checksum=True)
arrow("page index", some, write_page_index=True, data_page_size=500)
arrow("no statistics", some, write_statistics=False)
arrow("many groups", table(600), row_group_size=3)
arrow("sorted", some, sorting_columns=[parquet.SortingColumn(4)])
bloom = {name: {"ndv": 100} for name in ["int32", "double", "text"]}
try:
    arrow("bloom filters", some, bloom_filter_options=bloom)
except TypeError:
    # Before pyarrow 24 it writes none; polars and DuckDB may.
    pass


def with_empty_groups(path):
    with parquet.ParquetWriter(path, some.schema) as writer:
        for rows in [some.slice(0, 0), some, some.slice(0, 0), some.slice(3, 20), some.slice(0, 0)]:
            writer.write_table(rows)


add("empty groups", with_empty_groups)
wide = [2**64 - 1, None, 2**63, 0, 2**63 - 1]
arrow("decimals past 2^63", pyarrow.table({
    "a": pyarrow.array(wide, pyarrow.uint64()).cast(pyarrow.decimal128(20, 0)),
    "b": pyarrow.array([-(2**63), None, 2**63 - 1, 0, -1]).cast(pyarrow.decimal128(38, 0)),
    "c": pyarrow.array([5, None, 2**62, 0, -1]).cast(pyarrow.decimal256(40, 0))}))
arrow("other arrows", pyarrow.table({
    "view": pyarrow.array(["a", None, "long enough for a view", "", "ü"] * 40, pyarrow.string_view()),
    "day": pyarrow.array([0, None, 86_400_000, -86_400_000, 1_555_200_000] * 40, pyarrow.date64())}))
integers = ["int8", "int16", "int32", "int64", "sorted", "uint8", "uint16", "uint32", "uint64"]
times = ["date", "time s", "time ms", "time us", "time ns"]
floats = ["half", "float", "double"]
strings = ["text", "few", "large", "bytes"]
for rows, size in [(some, "400"), (table(1), "1"), (table(2_500), "2,500")]:
    for version in ["1.0", "2.0"]:
        arrow(
            f"deltas {size} {version}", rows, use_dictionary=["category"],
            data_page_version=version, compression="snappy",
            column_encoding={
                **dict.fromkeys(integers + times, "DELTA_BINARY_PACKED"),
                **dict.fromkeys(floats, "BYTE_STREAM_SPLIT"),
                **dict.fromkeys(strings, "DELTA_BYTE_ARRAY"),
                "fixed": "DELTA_BYTE_ARRAY", "decimal": "DELTA_BYTE_ARRAY", "bool": "RLE",
            },
        )
        arrow(
            f"streams {size} {version}", rows, use_dictionary=["category"],
            data_page_version=version, compression="none",
            column_encoding={
                **dict.fromkeys(["int32", "int64", "fixed", "decimal"], "BYTE_STREAM_SPLIT"),
                **dict.fromkeys(strings, "DELTA_LENGTH_BYTE_ARRAY"),
            },
        )

frame = polars.from_arrow(table(1500).drop_columns(["half", "bytes", "fixed", "time s"]))
for codec in ["uncompressed", "snappy", "gzip", "zstd"]:
    add(f"polars {codec}", lambda path: frame.write_parquet(path, compression=codec))
add("polars pages", lambda path: frame.write_parquet(
    path, row_group_size=500, data_page_size=300, use_pyarrow=False))

rows = table(3000).drop_columns(["half", "fixed", "category", "nothing", "large"])
for codec in ["uncompressed", "snappy", "gzip", "zstd"]:
    for version in ["V1", "V2"]:
        add(
            f"duckdb {codec} {version}",
            lambda path: duckdb.sql("SELECT * FROM rows").write_parquet(path, compression=codec)
            if version == "V1"
            else duckdb.sql(
                f"COPY rows TO '{path}' (FORMAT parquet, COMPRESSION {codec}, "
                "PARQUET_VERSION V2, ROW_GROUP_SIZE 2048)"
            ),
            # pyarrow 26 does not read the differences of a page without values.
            read=lambda path: duckdb.read_parquet(path).to_arrow_table(),
        )

plain = table(500).drop_columns(["half", "bytes", "fixed", "wide decimal", "time ns"]).to_pandas()
for codec in [None, "snappy", "gzip", "zstd"]:
    add(f"pandas {codec}", lambda path: plain.to_parquet(path, compression=codec, index=False))

nested = pyarrow.table({"a": [1, 2], "list": [[1], [2, 3]], "record": [{"x": 1}, {"x": 2}]})
arrow("list", nested.select(["a", "list"]), refused="nested")
arrow("record", nested.select(["record", "a"]), refused="nested")
arrow("binary", pyarrow.table({"b": [b"\xff\xfe"]}), refused="binary")
arrow("huge list", pyarrow.table({"b": pyarrow.array([[1]], pyarrow.large_list(pyarrow.int8()))}),
      refused="nested")
arrow("map", pyarrow.table({"b": pyarrow.array([[("k", 1)]],
      pyarrow.map_(pyarrow.string(), pyarrow.int8()))}), refused="nested")
arrow("mixed", pyarrow.table({"b": pyarrow.array([decimal.Decimal(10**30), decimal.Decimal(-1)])}),
      refused="64 bits")
arrow("of both signs", pyarrow.table({"b": pyarrow.array([decimal.Decimal(2**63),
      decimal.Decimal(-1)])}), refused="64 bits")
arrow("huge decimal", pyarrow.table({"d": pyarrow.array([decimal.Decimal(10**25)])}),
      refused="64 bits")
# pyarrow does not open it.
big = polars.DataFrame({"i": [1, 2**100, None]}, schema={"i": polars.Int128})
big.write_parquet(f"{folder}/int128.parquet")
files.append({"name": "int128", "refused": None,
              "columns": [{"name": "i", "values": None, "refused": "int128"}]})
json.dump(files, sys.stdout)
