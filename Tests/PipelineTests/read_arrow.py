"""Reads an Arrow or a Parquet file with pyarrow, polars and pandas, a Parquet file with DuckDB too;
prints what each saw, as JSON.

    read_arrow.py FILE

For each engine and column: the engine's type, and the values as text. Integers in digits, dates as
days and times as nanoseconds, because engines choose their own units; floats as repr; decimals in
digits; text as it is.
"""

import json
import sys

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.ipc
import pyarrow.parquet

from array_texts import texts


def from_pandas(series):
    if isinstance(series.dtype, pandas.CategoricalDtype):
        # Through the codes, so that NaN and null stay apart.
        codes = pyarrow.array(series.cat.codes.where(series.cat.codes >= 0, other=None), from_pandas=True)
        values = pyarrow.array(series.cat.categories)
        return pyarrow.DictionaryArray.from_arrays(codes.cast(pyarrow.int32()), values)
    return pyarrow.array(series, from_pandas=series.dtype.kind != "f")


path = sys.argv[1]
if path.endswith(".parquet"):
    arrow = pyarrow.parquet.read_table(path)
    lean = polars.read_parquet(path)
    frame = pandas.read_parquet(path)
    seen_by_duckdb = duckdb.read_parquet(path).to_arrow_table()
else:
    is_stream = path.endswith(".arrows")
    opened = pyarrow.ipc.open_stream if is_stream else pyarrow.ipc.open_file
    arrow = opened(pyarrow.memory_map(path)).read_all()
    lean = polars.read_ipc_stream(path) if is_stream else polars.read_ipc(path)
    # pandas reads no streams, and gets what pyarrow makes of one.
    frame = arrow.to_pandas() if is_stream else pandas.read_feather(path)
    seen_by_duckdb = None
arrow.validate(full=True)
result = {
    "metadata": {k.decode(): v.decode() for k, v in (arrow.schema.metadata or {}).items()},
    "pyarrow": [
        {"type": str(arrow.schema.field(i).type), "values": texts(arrow.column(i))}
        for i in range(arrow.num_columns)
    ],
    "polars": [
        {
            "type": str(s.dtype),
            "codes": str(s.to_physical().dtype) if isinstance(s.dtype, polars.Categorical) else None,
            "values": texts(s.to_arrow()),
        }
        for s in lean.get_columns()
    ],
    "pandas": [
        {
            "type": str(frame.iloc[:, i].dtype),
            "codes": str(frame.iloc[:, i].cat.codes.dtype)
            if isinstance(frame.iloc[:, i].dtype, pandas.CategoricalDtype)
            else None,
            "values": texts(from_pandas(frame.iloc[:, i])),
        }
        for i in range(frame.shape[1])
    ],
}
if seen_by_duckdb is not None:
    result["duckdb"] = [
        {"type": str(field.type), "values": texts(column)}
        for field, column in zip(seen_by_duckdb.schema, seen_by_duckdb.columns)
    ]
json.dump(result, sys.stdout)
