"""Bytes that the real engines hold per column after reading a CSV: the measure behind every
"before" figure."""

import io

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
from before_bytes import OUR_WORDS
from polars_bytes import polars_column_bytes

Observed = dict[str, tuple[str, int]]  # column -> (the engine's type, bytes)


def pandas_observed(source: str | bytes, backend: str | None = None) -> Observed:
    """`memory_usage(index=False, deep=True)`; `backend` None is the default, "numpy_nullable" the
    masked one."""
    options = {"dtype_backend": backend} if backend else {}
    frame = pd.read_csv(io.BytesIO(source) if isinstance(source, bytes) else source, **options)
    usage = frame.memory_usage(index=False, deep=True)
    return {name: (str(frame.dtypes[name]), int(usage[name])) for name in frame.columns}


def polars_observed(source: str | bytes, one_chunk: bool = False) -> Observed:
    """All buffers of each column, types inferred over the whole file, our null words applied."""
    frame = pl.read_csv(source, null_values=sorted(OUR_WORDS), infer_schema_length=None)
    if one_chunk:
        frame = frame.rechunk()
    return {
        name: (str(frame[name].dtype), polars_column_bytes(frame[name])) for name in frame.columns
    }


def arrow_observed(source: str | bytes, one_chunk: bool = True) -> Observed:
    """`get_total_buffer_size` per column; `one_chunk` joins the reader's 1 MB blocks first."""
    options = pa.csv.ParseOptions(newlines_in_values=True)
    table = pa.csv.read_csv(
        io.BytesIO(source) if isinstance(source, bytes) else source, parse_options=options
    )
    if one_chunk:
        table = table.combine_chunks()
    return {
        name: (str(table[name].type), table[name].get_total_buffer_size())
        for name in table.column_names
    }


READERS = {
    "pandas": pandas_observed,
    "pandas-nullable": lambda source: pandas_observed(source, "numpy_nullable"),
    "polars": polars_observed,
    "arrow": arrow_observed,
}
