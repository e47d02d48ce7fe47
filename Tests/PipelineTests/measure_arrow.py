"""Writes an Arrow file and prints what each engine holds of each column of it, as JSON.

    measure_arrow.py FILE

How is measured is said in docs/before-bytes.md, section 8.
"""

import json
import pathlib
import random
import sys
import uuid

import pandas
import polars
import pyarrow
import pyarrow.feather

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "bench"))
from polars_bytes import polars_column_bytes  # noqa: E402
from write_arrow import FLAT, values  # noqa: E402


def pandas_bytes(series):
    if isinstance(series.dtype, pandas.CategoricalDtype):
        # Without the table that an index of text is looked up in.
        categories = pandas.Series(series.cat.categories)
        return series.cat.codes.nbytes + int(categories.memory_usage(index=False, deep=True))
    return int(series.memory_usage(index=False, deep=True))


def main(path):
    generator = random.Random(11)
    arrays = {}
    for name, kind in FLAT.items():
        column = pyarrow.array(values(kind, 1001, generator), kind)
        arrays[name] = column
        present = [v for v in column.to_pylist() if v is not None]
        arrays[f"{name} everywhere"] = pyarrow.array((present * 2)[:1001], kind)
    arrays["null"] = pyarrow.nulls(1001)
    words = [f"category number {i % 17}" for i in range(1001)]
    for index, kind in (("int8", pyarrow.string()), ("int32", pyarrow.large_string())):
        type = pyarrow.dictionary(getattr(pyarrow, index)(), kind)
        arrays[f"categories {index}"] = pyarrow.array(words, type)
        arrays[f"categories {index} with nulls"] = pyarrow.array([None] + words[1:], type)
    many = pyarrow.array([i % 300 for i in range(1001)], pyarrow.int64())
    arrays["dictionary of int64"] = many.dictionary_encode()
    ids = [uuid.UUID(int=generator.getrandbits(128)).bytes for _ in range(1001)]
    arrays["uuid"] = pyarrow.array(ids, pyarrow.uuid())
    arrays["uuid with nulls"] = pyarrow.array([None] + ids[1:], pyarrow.uuid())
    table = pyarrow.table(arrays)
    pyarrow.feather.write_feather(table, path, compression="uncompressed")
    read = pyarrow.feather.read_table(path, memory_map=False).combine_chunks()
    frame, masked = pandas.read_feather(path), pandas.read_feather(path, dtype_backend="numpy_nullable")
    lean = polars.read_ipc(path)
    json.dump([{"name": name, "bytes": {
        "arrow": read.column(name).get_total_buffer_size(),
        "pandas": pandas_bytes(frame[name]),
        "pandas-nullable": pandas_bytes(masked[name]),
        "polars": polars_column_bytes(lean[name]),
    }} for name in arrays], sys.stdout)


main(sys.argv[1])
