"""Writes tables whose types say more than their values, puts them on a diet and compares the types.

    typed_meaning.py DIET FOLDER

Prints a line for each that has changed its meaning; nothing where all is well.
"""

import json
import pathlib
import subprocess
import sys

import pandas
import polars
import pyarrow
import pyarrow.feather
import pyarrow.parquet

diet, folder = sys.argv[1], pathlib.Path(sys.argv[2])
sizes = ["low", "medium", "high", "unused"]
rows = [sizes[i % 3] for i in range(300)]
some = [None if i % 7 == 0 else i % 250 for i in range(300)]


def extension(name, storage, metadata=""):
    field = pyarrow.field("c", storage.type, metadata={
        "ARROW:extension:name": name, "ARROW:extension:metadata": metadata})
    return pyarrow.table([storage], pyarrow.schema([field]))


def frame(values, index):
    return pyarrow.Table.from_pandas(pandas.DataFrame({"c": values}, index=index))


columns = {f"uint{bits}": pyarrow.array(some, f"uint{bits}") for bits in (8, 16, 32, 64)}
columns |= {f"duration {unit}": pyarrow.array(some, pyarrow.duration(unit))
            for unit in ("s", "ms", "us", "ns")}
columns |= {f"decimal {p} {s}": pyarrow.array(some, pyarrow.int16()).cast(pyarrow.decimal128(p, s))
            for p, s in ((10, 2), (38, 0), (18, 9))}
columns |= {"uint8, one value": pyarrow.array([7] * 300, "uint8"),
            "decimal, one value": pyarrow.array([7] * 300).cast(pyarrow.decimal128(21, 1))}
kinds = [*"int8 int32 uint16 float double string bool null".split(), pyarrow.date32(),
         pyarrow.time64("us"), pyarrow.timestamp("us", "UTC"), pyarrow.duration("ms"),
         pyarrow.decimal128(10, 2), pyarrow.dictionary("int8", "string")]
columns |= {f"no value, {count} rows, {kind}": pyarrow.nulls(count, kind)
            for kind in kinds for count in (0, 300)}
tables = {name: pyarrow.table({"c": column}) for name, column in columns.items()}
for is_ordered in (True, False):
    for kind, values in (("some", rows), ("one", ["high"] * 300), ("few", rows[:3])):
        tables[f"categories {is_ordered} {kind}"] = pyarrow.Table.from_pandas(pandas.DataFrame(
            {"c": pandas.Categorical(values, categories=sizes, ordered=is_ordered)}))
tables["enum"] = polars.DataFrame({"c": polars.Series(rows, dtype=polars.Enum(sizes))}).to_arrow()
tables["periods"] = frame(pandas.period_range("2024-01", periods=300, freq="M"), None)
tables["bool8"] = extension("arrow.bool8", pyarrow.array([0, 1, None] * 100, "int8"))
tables["json"] = extension("arrow.json", pyarrow.array(['{"a": 1}', "[]", None] * 100))
steps = pandas.RangeIndex(5, 605, 2)
tables["stepped index"] = frame(range(300), steps)
tables["named index"] = frame(range(300), pandas.Index(rows, name="size"))
tables["several levels"] = frame(range(300), pandas.MultiIndex.from_arrays(
    [rows, range(300)], names=["size", None]))
tables["metadata"] = pyarrow.table({"c": some}).replace_schema_metadata({"unit": "m", "x": "y"})


def fault(table, lean):
    """What differs, in words; `None` where nothing does."""
    for before, after in zip(table.schema, lean.schema):
        a, b = before.type, after.type
        if pyarrow.types.is_dictionary(a):
            if not pyarrow.types.is_dictionary(b) or a.ordered != b.ordered:
                return f"{a} has become {b}"
        elif pyarrow.types.is_integer(a):
            is_signed = pyarrow.types.is_signed_integer
            if not pyarrow.types.is_integer(b) or is_signed(a) != is_signed(b) \
                    or b.bit_width > a.bit_width:
                return f"{a} has become {b}"
        elif pyarrow.types.is_large_string(a) or pyarrow.types.is_string_view(a):
            pass
        elif pyarrow.types.is_string(a) and pyarrow.types.is_dictionary(b):
            pass
        elif a != b:
            return f"{a} has become {b}"
    for key, value in (table.schema.metadata or {}).items():
        if key != b"pandas" and (lean.schema.metadata or {}).get(key) != value:
            return f"the metadata {key} has become {(lean.schema.metadata or {}).get(key)}"
    before, after = table.to_pandas(), lean.to_pandas()
    if not before.index.equals(after.index) or before.index.names != after.index.names:
        return f"the index {before.index} has become {after.index}"
    if isinstance(before["c"].dtype, pandas.CategoricalDtype):
        if list(before["c"].cat.categories) != list(after["c"].cat.categories):
            return f"the categories have become {list(after['c'].cat.categories)}"
    a, b = before["c"].astype(object), after["c"].astype(object)
    if not ((a == b) | (a.isna() & b.isna())).all():
        return "a value has changed"


for name, table in tables.items():
    for ending in ("arrow", "parquet"):
        source, target = folder / f"before.{ending}", folder / f"lean.{ending}"
        if ending == "arrow":
            pyarrow.feather.write_feather(table, str(source), compression="uncompressed")
        else:
            pyarrow.parquet.write_table(table, source)
        read = pyarrow.feather.read_table if ending == "arrow" else pyarrow.parquet.read_table
        table = read(str(source))
        for verb in (["apply", source, "-o", target], ["verify", target, "--against", source]):
            run = subprocess.run([diet, *map(str, verb)], capture_output=True, text=True)
            if run.returncode != 0:
                print(f"{name}, {ending}: {verb[0]}: {(run.stdout + run.stderr)[-300:]}")
                break
        else:
            words = fault(table, read(str(target)))
            if words:
                print(f"{name}, {ending}: {words}")
