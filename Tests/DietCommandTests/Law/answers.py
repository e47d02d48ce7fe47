"""What engines answer, in one form: so that answers of plain and lean columns can be compared."""

import datetime as dt
import decimal
import math


def plainly(value):
    """An answer of any engine as lists, dictionaries and values of Python's."""
    kind = type(value)
    module = kind.__module__.split(".")[0]
    if value is None or kind in (bool, int, str, bytes):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    if isinstance(value, dict):
        return {key: plainly(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plainly(item) for item in value]
    if isinstance(value, decimal.Decimal):
        return value
    if module == "pandas":
        return from_pandas(value)
    if module == "polars":
        return plainly(value.to_dict(as_series=False) if hasattr(value, "to_dict") else value.to_list())
    if module == "pyarrow":
        return plainly(value.to_pydict() if hasattr(value, "to_pydict") else
                       value.to_pylist() if hasattr(value, "to_pylist") else value.as_py())
    if module == "numpy":
        return plainly(value.tolist()) if str(getattr(value, "dtype", ""))[:2] not in ("da", "ti") else moment(value)
    if isinstance(value, dt.datetime | dt.date):
        return moment(value)
    if isinstance(value, dt.time | dt.timedelta):
        return str(value)
    raise TypeError(f"{kind} is no answer that we know")


def from_pandas(value):
    import pandas as pd

    if value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp):
        return moment(value)
    if isinstance(value, pd.Timedelta):
        return str(value.to_pytimedelta())
    if isinstance(value, pd.DataFrame):
        return {"index": from_pandas(value.index)} | {
            str(name): from_pandas(value.iloc[:, i]) for i, name in enumerate(value.columns)}
    if isinstance(value, pd.Interval):
        return str(value)
    return [plainly(item) for item in value.tolist()]


def moment(value):
    """Days are midnights, and zones are kept."""
    import pandas as pd

    stamp = pd.Timestamp(value)
    return None if stamp is pd.NaT else stamp.isoformat()


def same(a, b):
    """Whether two answers are one: integers exactly, floats to 12 digits (sums have an order)."""
    if isinstance(a, dict):
        return isinstance(b, dict) and list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return isinstance(b, list) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, int | float | decimal.Decimal) and isinstance(b, int | float | decimal.Decimal):
        if isinstance(a, float) or isinstance(b, float):
            return math.isclose(float(a), float(b), rel_tol=1e-12, abs_tol=1e-300) or float(a) == float(b)
        return a == b
    return a == b
