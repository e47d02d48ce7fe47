"""Writes Arrow files and streams as other libraries do, and prints what stands in them, as JSON.

    write_arrow.py FOLDER

For each file: its name, and for each column its name and its values as `array_texts.py` has them.
"""

import datetime
import decimal
import json
import pathlib
import random
import sys

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.feather
import pyarrow.ipc

sys.dont_write_bytecode = True
from array_texts import texts  # noqa: E402

files = []


def note(path, table):
    columns = [{"name": table.column_names[i], "values": texts(table.column(i))}
               for i in range(table.num_columns)]
    files.append({"name": path.name, "columns": columns})


def values(kind, rows, generator):
    """Rows of values of a type, a fifth of them null, with the extremes among them."""
    types = pyarrow.types
    day, second = datetime.date(1970, 1, 1), datetime.timedelta(seconds=1)
    if types.is_integer(kind):
        low = -(2 ** (kind.bit_width - 1)) if types.is_signed_integer(kind) else 0
        pool = [low, low + 1, 0, 1, 7, low + 2**kind.bit_width - 1]
    elif types.is_floating(kind):
        pool = [0.0, -0.0, 1.5, -2.25, float("nan"), float("inf"), 2.0**-24, 65504.0]
        if kind.bit_width > 16:
            pool += [3.4028234663852886e38, 1.401298464324817e-45]
        if kind.bit_width > 32:
            pool += [0.1, 5e-324]
    elif types.is_boolean(kind):
        pool = [True, False]
    elif types.is_decimal(kind):
        pool = [decimal.Decimal(n).scaleb(-kind.scale) for n in (0, 1, -1, 99999, -123456, 7)]
    elif types.is_date(kind):
        pool = [day + datetime.timedelta(days=n) for n in (-100000, -1, 0, 1, 19000, 2932896)]
    elif types.is_time(kind):
        fraction = {"s": 0, "ms": 5000, "us": 7, "ns": 7}[kind.unit]
        pool = [datetime.time(0), datetime.time(23, 59, 59), datetime.time(12, 30, 1, fraction)]
    elif types.is_timestamp(kind):
        fraction = {"s": 0, "ms": 5000, "us": 7, "ns": 7}[kind.unit]
        start = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc if kind.tz else None)
        pool = [start + second * n for n in (-3 * 10**9, -1, 0, 1, 10**9)]
        pool.append(start + datetime.timedelta(microseconds=fraction))
    else:
        pool = ["", "a", "twelve bytes", "thirteen byte", "zwölf", "x" * 300, "NA", "0042", "\0"]
    return [None if generator.random() < 0.2 else generator.choice(pool) for _ in range(rows)]


FLAT = {
    **{f"{s}int{w}": getattr(pyarrow, f"{s}int{w}")() for s in ("", "u") for w in (8, 16, 32, 64)},
    "float16": pyarrow.float16(), "float32": pyarrow.float32(), "float64": pyarrow.float64(),
    "bool": pyarrow.bool_(), "date32": pyarrow.date32(), "date64": pyarrow.date64(),
    "decimal32": pyarrow.decimal32(8, 2), "decimal64": pyarrow.decimal64(12, 3),
    "decimal128": pyarrow.decimal128(20, 4), "whole": pyarrow.decimal128(20, 0),
    "time32 s": pyarrow.time32("s"), "time32 ms": pyarrow.time32("ms"),
    "time64 us": pyarrow.time64("us"), "time64 ns": pyarrow.time64("ns"),
    **{f"timestamp {u}": pyarrow.timestamp(u) for u in ("s", "ms", "us", "ns")},
    "instant": pyarrow.timestamp("us", "UTC"), "Berlin": pyarrow.timestamp("ms", "Europe/Berlin"),
    "string": pyarrow.string(), "large": pyarrow.large_string(), "view": pyarrow.string_view(),
}
INDICES = [getattr(pyarrow, f"{s}int{w}")() for s in ("", "u") for w in (8, 16, 32, 64)]


def flat_table(rows, seed):
    generator = random.Random(seed)
    arrays = {name: pyarrow.array(values(kind, rows, generator), kind)
              for name, kind in FLAT.items()}
    arrays["null"] = pyarrow.nulls(rows)
    arrays["without nulls"] = pyarrow.array(range(rows), pyarrow.int32())
    arrays["only nulls"] = pyarrow.nulls(rows, pyarrow.int64())
    for number, (name, kind) in enumerate(FLAT.items()):
        if kind in (pyarrow.float16(), pyarrow.bool_(), pyarrow.string_view()):
            continue
        distinct = {repr(v): v for v in arrays[name].to_pylist() if v is not None and v == v}
        entries = pyarrow.array(list(distinct.values()), kind)
        codes = [None if generator.random() < 0.2 or len(entries) == 0
                 else generator.randrange(len(entries)) for _ in range(rows)]
        index = INDICES[number % len(INDICES)]
        arrays[f"dictionary {name}"] = pyarrow.DictionaryArray.from_arrays(
            pyarrow.array(codes, index), entries)
    # A null that is an entry, and codes of null rows that lead nowhere, as pandas has them.
    entry = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([generator.randrange(3) for _ in range(rows)], pyarrow.int8()),
        pyarrow.array(["x", None, "z"]))
    arrays["null entry"] = entry
    codes = pyarrow.array([generator.choice([-1, 0, 1]) for _ in range(rows)], pyarrow.int8())
    bitmap = pyarrow.array([v.as_py() >= 0 for v in codes], pyarrow.bool_()).buffers()[1]
    indices = pyarrow.Array.from_buffers(pyarrow.int8(), rows, [bitmap, codes.buffers()[1]])
    arrays["codes of nulls"] = pyarrow.DictionaryArray.from_arrays(
        indices, pyarrow.array(["no", "yes"]), safe=False)
    return pyarrow.table(arrays)


def write(folder, name, table, stream, batch_rows=None, **options):
    path = folder / (name + (".arrows" if stream else ".arrow"))
    options = pyarrow.ipc.IpcWriteOptions(**options)
    new = pyarrow.ipc.new_stream if stream else pyarrow.ipc.new_file
    with new(path, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=batch_rows)
    note(path, table)


def main(folder):
    for rows in (0, 1, 13, 1000):
        table = flat_table(rows, rows)
        for stream in (False, True):
            for compression in (None, "zstd", "lz4"):
                write(folder, f"flat {rows} {compression}", table, stream, 130, compression=compression)
    write(folder, "sliced", flat_table(300, 7).slice(3, 271), False, 64)
    write(folder, "sliced", flat_table(300, 7).slice(5, 100), True, 64, compression="zstd")

    for name, options in (
        ("version 4", {"metadata_version": pyarrow.ipc.MetadataVersion.V4}),
        ("old framing", {"use_legacy_format": True, "metadata_version": pyarrow.ipc.MetadataVersion.V4}),
        ("one dictionary", {"unify_dictionaries": True}), ("one thread", {"use_threads": False})):
        # Without a frame, nothing tells a stream from text.
        for stream in (False, True) if name != "old framing" else (False,):
            write(folder, name, flat_table(300, 11), stream, 128, **options)

    # Dictionaries that grow, and such as are replaced.
    parts = [["a", "b"], ["a", "b", "c"], ["a", "b", "c", "", "dd"], ["x"], ["x", "y"]]
    chunks = [pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([i % len(p) for i in range(17)] + [None], pyarrow.int16()), pyarrow.array(p))
        for p in parts]
    growing = pyarrow.table({"city": pyarrow.chunked_array(chunks)})
    write(folder, "replaced", growing, True)
    write(folder, "deltas", growing, True, emit_dictionary_deltas=True)
    numbers = [pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([i % n for i in range(9)], pyarrow.uint8()),
        pyarrow.array([3.5 * i for i in range(n)], pyarrow.float32())) for n in (1, 2, 4)]
    write(folder, "deltas of numbers", pyarrow.table({"n": pyarrow.chunked_array(numbers)}), False,
          emit_dictionary_deltas=True)

    # Columns that cannot go on a diet, and some that can between them.
    nested = pyarrow.table({
        "a": pyarrow.array([1, 2, None]),
        "list": pyarrow.array([[1], [], None], pyarrow.list_(pyarrow.int32())),
        "struct": pyarrow.array([{"x": 1, "y": "s"}, None, {"x": 2, "y": None}]),
        "views": pyarrow.array([b"x" * 20, None, b""], pyarrow.binary_view()),
        "binary": pyarrow.array([b"\xff", None, b""]),
        "list of categories": pyarrow.array([["a"], ["b", "a"], None], pyarrow.list_(
            pyarrow.dictionary(pyarrow.int8(), pyarrow.string()))),
        "duration": pyarrow.array([1, 2, None], pyarrow.duration("ms")),
        "decimal256": pyarrow.array([decimal.Decimal(1), None, None], pyarrow.decimal256(40, 1)),
        "map": pyarrow.array([[("k", 1)], None, []], pyarrow.map_(pyarrow.string(), pyarrow.int8())),
        "run ends": pyarrow.RunEndEncodedArray.from_arrays(
            pyarrow.array([2, 3], pyarrow.int32()), pyarrow.array([7, None])),
        "interval": pyarrow.array([(1, 2, 3), None, (0, 0, 1)], pyarrow.month_day_nano_interval()),
        "fixed list": pyarrow.array([[1, 2], None, [3, 4]], pyarrow.list_(pyarrow.int8(), 2)),
        "large list": pyarrow.array([[1], [], None], pyarrow.large_list(pyarrow.int8())),
        "list view": pyarrow.array([[1], [], None], pyarrow.list_view(pyarrow.int8())),
        "dense union": pyarrow.UnionArray.from_dense(
            pyarrow.array([0, 1, 0], pyarrow.int8()), pyarrow.array([0, 0, 1], pyarrow.int32()),
            [pyarrow.array([1, 2]), pyarrow.array(["x"])]),
        "sparse union": pyarrow.UnionArray.from_sparse(
            pyarrow.array([0, 1, 0], pyarrow.int8()),
            [pyarrow.array([1, 2, 3]), pyarrow.array(["x", "y", "z"])]),
        "large binary": pyarrow.array([b"x", None, b""], pyarrow.large_binary()),
        "fixed binary": pyarrow.array([b"xy", None, b"zw"], pyarrow.binary(2)),
        "uuid": pyarrow.array([b"0123456789abcdef", None, b"\xff" * 16], pyarrow.uuid()),
        "coded uuid": pyarrow.DictionaryArray.from_arrays(
            pyarrow.array([0, None, 1], pyarrow.int8()), pyarrow.array([b"0123456789abcdef", b"\xff" * 16], pyarrow.uuid())),
        "b": pyarrow.array(["x", "long enough for a view", None], pyarrow.string_view()),
    })
    readable = nested.select(["a", "uuid", "b"])
    for compression in (None, "zstd"):
        path = folder / f"nested {compression}.arrows"
        options = pyarrow.ipc.IpcWriteOptions(compression=compression)
        with pyarrow.ipc.new_stream(path, nested.schema, options=options) as writer:
            writer.write_table(nested)
        note(path, readable)

    # Other libraries' own writers.
    table = flat_table(500, 3)
    frame = pandas.DataFrame({
        "int": [1, 2, 3] * 100, "maybe": pandas.array([1, None, 3] * 100, "Int16"),
        "float": [0.5, None, 2.0] * 100, "text": ["a", None, "ccc"] * 100,
        "city": pandas.Categorical(["x", "y", None] * 100),
        "day": pandas.to_datetime(["2024-01-31", None, "1969-12-31 23:59:59.5"] * 100, format="mixed"),
        "flag": [True, False, True] * 100,
    })
    path = folder / "pandas.feather"
    frame.to_feather(path)
    note(path, pyarrow.feather.read_table(path))

    lean = polars.from_arrow(table.select(["int8", "uint64", "float32", "bool", "date32", "instant",
                                           "time64 ns", "string", "decimal128", "null"]))
    lean = lean.with_columns(lean["string"].cast(polars.Categorical).alias("categories"),
                             polars.Series("enum", ["S", "M", None, "L"] * 125, polars.Enum(["S", "M", "L"])))
    for compression in ("uncompressed", "lz4", "zstd"):
        for level in (polars.CompatLevel.oldest(), polars.CompatLevel.newest()):
            number = 0 if level is None else id(level)
            path = folder / f"polars {compression} {len(files)}.arrow"
            lean.write_ipc(path, compression=compression, compat_level=level)
            note(path, lean.to_arrow())
            path = folder / f"polars {compression} {len(files)}.arrows"
            lean.write_ipc_stream(path, compression=compression, compat_level=level)
            note(path, lean.to_arrow())

    relation = duckdb.sql("""
        select i::utinyint as small, i::bigint * 1000000007 as big, 'n' || (i % 7) as word,
               case when i % 3 = 0 then null else i::decimal(9, 2) / 4 end as price,
               date '2024-01-31' + i::integer as day, i % 2 = 0 as flag,
               timestamp '2024-01-31 12:00:00' + interval (i) minute as moment,
               (['S', 'M', 'L'])[1 + i % 3]::enum('S', 'M', 'L') as size
        from range(200) r(i)""")
    result = relation.to_arrow_table() if hasattr(relation, "to_arrow_table") else relation.arrow()
    result = result.read_all() if hasattr(result, "read_all") else result
    write(folder, "duckdb", result, False)
    write(folder, "duckdb", result, True, compression="zstd")

    json.dump(files, sys.stdout)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
