"""Reads an Arrow file with pyarrow, polars and pandas; prints what each saw, as JSON.

    read_arrow.py FILE

For each engine and column: the engine's type, and the values as text. Integers in digits, dates as
days and times as nanoseconds, because engines choose their own units; floats as repr; decimals in
digits; text as it is.
"""

import json
import sys

import pandas
import polars
import pyarrow
import pyarrow.compute
import pyarrow.ipc


def texts(array):
    """The values of a pyarrow array, null as None."""
    if isinstance(array, pyarrow.ChunkedArray):
        array = array.combine_chunks()
        if isinstance(array, pyarrow.ChunkedArray):
            array = pyarrow.array([], array.type)
    if pyarrow.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind = array.type
    if pyarrow.types.is_date32(kind):
        array = array.cast(pyarrow.int32())
    elif pyarrow.types.is_temporal(kind):
        factor = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}[kind.unit]
        width = pyarrow.int32() if pyarrow.types.is_time32(kind) else pyarrow.int64()
        return [None if v is None else str(v * factor) for v in array.cast(width).to_pylist()]
    if pyarrow.types.is_floating(kind):
        return [None if v is None else repr(v) for v in array.to_pylist()]
    if pyarrow.types.is_boolean(kind):
        return [None if v is None else str(int(v)) for v in array.to_pylist()]
    return [None if v is None else format(v, "f") if pyarrow.types.is_decimal(kind) else str(v)
            for v in array.to_pylist()]


def from_pandas(series):
    if isinstance(series.dtype, pandas.CategoricalDtype):
        # Through the codes, so that NaN and null stay apart.
        codes = pyarrow.array(series.cat.codes.where(series.cat.codes >= 0, other=None), from_pandas=True)
        values = pyarrow.array(series.cat.categories)
        return pyarrow.DictionaryArray.from_arrays(codes.cast(pyarrow.int32()), values)
    return pyarrow.array(series, from_pandas=series.dtype.kind != "f")


path = sys.argv[1]
arrow = pyarrow.ipc.open_file(pyarrow.memory_map(path)).read_all()
arrow.validate(full=True)
lean = polars.read_ipc(path)
frame = pandas.read_feather(path)
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
json.dump(result, sys.stdout)
