"""pandas: C engine, defaults; diet by narrow and nullable integers, float32, categoricals."""

import numpy as np
import pandas as pd

from . import DISTINCT, SAMPLE

MEASURE = "memory_usage(index=False, deep=True)"
INTEGERS = ("int8", "int16", "int32")


def load(path: str) -> pd.DataFrame:
    """`read_csv` as it is."""
    return pd.read_csv(path)


def held(frame: pd.DataFrame) -> int:
    """Bytes of all columns."""
    return int(frame.memory_usage(index=False, deep=True).sum())


def narrow(values: pd.Series, low: float, high: float, suffix: str = "") -> pd.Series:
    """The narrowest signed integers that hold low…high; `suffix` "I" for pandas' nullable ones."""
    for name in INTEGERS:
        if np.iinfo(name).min <= low and high <= np.iinfo(name).max:
            return values.astype(name.replace("i", "I") if suffix else name)
    return values


def lean_float(values: pd.Series) -> pd.Series:
    """Whole numbers (with nulls) to nullable integers, floats that float32 holds to float32,
    others as they are."""
    present = values.dropna()
    if len(present) and (present % 1 == 0).all() and present.abs().max() < 2**31:
        return narrow(values, present.min(), present.max(), "I")
    small = values.astype("float32")
    return (
        small if (small.astype("float64") == values).where(values.notna(), True).all() else values
    )


def lean_text(values: pd.Series) -> pd.Series:
    """A categorical where that is smaller."""
    sample = values.iloc[:SAMPLE]
    if sample.nunique() > len(sample) * DISTINCT:
        return values
    category = values.astype("category")
    smaller = category.memory_usage(index=False, deep=True) < values.memory_usage(
        index=False, deep=True
    )
    return category if smaller else values


def same(lean: pd.Series, wide: pd.Series) -> bool:
    """Equal in every row, nulls with nulls."""
    nulls = wide.isna()
    if not lean.isna().equals(nulls):
        return False
    back = lean if lean.dtype == wide.dtype else lean.astype(wide.dtype)
    return bool(((back == wide) | nulls).all())


def diet(frame: pd.DataFrame) -> pd.DataFrame:
    """Column by column, each checked before it takes the wide one's place."""
    lean = {}
    for name in frame.columns:
        wide = frame[name]
        kind = wide.dtype.kind
        if kind == "i":
            column = narrow(wide, wide.min(), wide.max())
        elif kind == "f":
            column = lean_float(wide)
        else:
            column = lean_text(wide)
        lean[name] = column if column is wide or same(column, wide) else wide
    return pd.DataFrame(lean, copy=False)
