"""polars: all threads, defaults; diet by shrink_dtype, float32, Enum (8/16-bit codes) and
Categorical (32-bit)."""

import polars as pl
from polars_bytes import polars_column_bytes

from . import DISTINCT, FILES_WITH_NA, SAMPLE, base_name

MEASURE = "lengths of all Arrow buffers, 16-byte string views included"
VIEW = 16  # bytes of a string view
SMALL_CODES = 65_535  # an Enum of up to that many values has codes of one or two bytes


def options(path: str) -> dict:
    """Null words, only where the read fails without."""
    return {"null_values": "NA"} if base_name(path) in FILES_WITH_NA else {}


def load(path: str) -> pl.DataFrame:
    """`read_csv` as it is."""
    return pl.read_csv(path, **options(path))


def held(frame: pl.DataFrame) -> int:
    """Bytes of all columns."""
    return sum(polars_column_bytes(column) for column in frame.iter_columns())


def lean_text(wide: pl.Series) -> pl.Series:
    """Enum or Categorical where smaller than the views and the long text."""
    sample = wide.head(SAMPLE)
    if sample.n_unique() > len(sample) * DISTINCT:
        return wide
    values = wide.drop_nulls().unique().sort()
    if len(values) <= SMALL_CODES:
        return wide.cast(pl.Enum(values))
    text = values.str.len_bytes().sum()
    return wide.cast(pl.Categorical) if text + 4 * len(wide) < VIEW * len(wide) else wide


def lean_column(wide: pl.Series) -> pl.Series:
    """The narrowest exact form of one column."""
    if wide.dtype.is_integer():
        return wide.shrink_dtype()
    if wide.dtype == pl.Float64:
        small = wide.cast(pl.Float32)
        return small if small.cast(pl.Float64).eq_missing(wide).all() else wide
    return lean_text(wide) if wide.dtype == pl.String else wide


def diet(frame: pl.DataFrame) -> pl.DataFrame:
    """Column by column, each checked before it takes the wide one's place."""
    lean = []
    for wide in frame.iter_columns():
        column = lean_column(wide)
        exact = column.dtype == wide.dtype or column.cast(wide.dtype).eq_missing(wide).all()
        lean.append(column if exact else wide)
    return pl.DataFrame(lean)


def profile(path: str) -> int:
    """Minimum, maximum, nulls and approximate distinct count of all columns in one lazy, streaming
    query."""
    everything = pl.all()
    query = pl.scan_csv(path, **options(path)).select(
        everything.min().name.suffix("_min"),
        everything.max().name.suffix("_max"),
        everything.null_count().name.suffix("_nulls"),
        everything.approx_n_unique().name.suffix("_distinct"),
    )
    return query.collect(engine="streaming").width // 4
