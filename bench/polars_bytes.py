"""Bytes of the buffers that a polars series holds."""

import polars as pl


def polars_column_bytes(series: pl.Series) -> int:
    """Bytes of a series' own Arrow buffers: validity, values or 16-byte views, and long text.

    `to_arrow` at the newest compatibility level hands the buffers over as they are (nothing is
    copied or widened). Each address counts once, so a text buffer that two chunks share is not
    counted twice. A buffer counts with its length: what its allocation has beyond that is not
    visible from outside.
    """
    if series.dtype == pl.Int128:  # pyarrow has none; for fixed widths the estimate is exact
        return series.estimated_size()
    if isinstance(series.dtype, (pl.Enum, pl.Categorical)):  # the estimate has the codes, not the text
        dictionary = series.drop_nulls().unique().cast(pl.String).rechunk()
        return series.estimated_size() + polars_column_bytes(dictionary)
    found: dict[int, int] = {}
    for chunk in series.get_chunks():
        for buffer in chunk.to_arrow(compat_level=pl.CompatLevel.newest()).buffers():
            if buffer is not None:
                found[buffer.address] = max(buffer.size, found.get(buffer.address, 0))
    return sum(found.values())
