"""Lets engines read a table and compares, value by value, with what `diet cat` says it holds.

    compare.py CASE

Answers in JSON. The case, a file of JSON, names the truth (JSON
lines of `diet cat --format jsonl`), the columns with their logical types, and the reads: an engine,
and a file that it opens or a loader that it runs. The answer is, for each read and column, the
engine's type, its bytes, and how many values differ.
"""

import datetime
import decimal
import importlib.util
import json
import math
import os
import pickle
import sys
import traceback
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.feather

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "bench"))

decimal.getcontext().prec = 60
UNIT = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
EPOCH = datetime.date(1970, 1, 1).toordinal()


def truth(path, columns):
    """The values of each column as a list of Python's: int, Decimal, float, bool, str or None;
    dates as days, times and timestamps as a number of their unit."""
    kept = Path(path + ".pickle")
    if kept.exists():
        return pickle.loads(kept.read_bytes())
    values = [[] for _ in columns]
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            record = json.loads(
                line, object_pairs_hook=lambda pairs: [value for _, value in pairs],
                parse_int=str, parse_float=str, parse_constant=str,
            )
            for column, value in zip(values, record, strict=True):
                column.append(value)
    values = [
        [None if value is None else meaning(value, column) for value in column_values]
        for column, column_values in zip(columns, values, strict=True)
    ]
    # Several cases have the same truth, which takes seconds to read. It is there as a whole or not.
    part = Path(f"{path}.{os.getpid()}")
    part.write_bytes(pickle.dumps(values, pickle.HIGHEST_PROTOCOL))
    part.rename(kept)
    return values


def meaning(text, column):
    """What the text of a value stands for."""
    match column["logical_type"]:
        case "null": return None
        case "boolean": return text if isinstance(text, bool) else text == "true"
        case "integer": return int(text)
        case "decimal": return decimal.Decimal(text)
        case "float": return float(text)
        case "date": return days(text)
        case "time": return clock(text, UNIT[column["unit"]])
        case "timestamp":
            day, _, time = text.rstrip("Z").replace("T", " ").partition(" ")
            unit = UNIT[column["unit"]]
            return days(day) * 86_400 * unit + clock(time, unit)
        case _: return text


def days(text):
    year, month, day = (int(part) for part in text.split("-"))
    return datetime.date(year, month, day).toordinal() - EPOCH


def clock(text, unit):
    hours, minutes, seconds = text.split(":")
    fraction = decimal.Decimal(seconds) * unit
    assert fraction == int(fraction), text
    return (int(hours) * 60 + int(minutes)) * 60 * unit + int(fraction)


def observed(array, column):
    """The engine's values in the same form, still an Arrow array."""
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind = array.type
    logical = column["logical_type"]
    if pa.types.is_date(kind):
        return array.cast(pa.date32()).cast(pa.int32())
    if logical in ("time", "timestamp") and pa.types.is_temporal(kind):
        unit = column["unit"]
        # Safe: a unit that loses digits is an error here.
        if pa.types.is_time(kind):
            wide = array.cast(pa.time64("ns")).cast(pa.int64())
            step = 10**9 // UNIT[unit]
            count = pc.divide(wide, step)
            assert pc.multiply(count, step).equals(wide)
            return count
        assert (kind.tz is not None) == ("zone" in column), f"{kind} has lost or gained its zone"
        return array.cast(pa.timestamp(unit, kind.tz)).cast(pa.int64())
    return array


class Expected:
    """The values that a column should have."""

    def __init__(self, values, column):
        self.values = values
        self.column = column
        self.arrays = {}

    def is_equal(self, found):
        """Whether all of them are there, found in one step; where not, `differences` looks closer."""
        logical, kind = self.column["logical_type"], found.type
        match logical:
            case "integer" if pa.types.is_integer(kind): wanted = pa.int64()
            case "boolean" if pa.types.is_boolean(kind): wanted = kind
            case "date" | "time" | "timestamp" if pa.types.is_integer(kind): wanted = pa.int64()
            case "decimal" if pa.types.is_float64(kind): wanted = kind
            case "decimal" if pa.types.is_decimal(kind): wanted = pa.decimal128(38, self.column["scale"])
            case "string" | "uuid" | "ipv4" if not pa.types.is_null(kind): wanted = pa.large_string()
            case _: return False
        try:
            if wanted not in self.arrays:
                values = self.values
                if pa.types.is_floating(wanted):
                    values = [None if value is None else float(value) for value in values]
                self.arrays[wanted] = pa.array(values, wanted)
            # Bits: zeros have their signs.
            bits = pa.int64() if pa.types.is_floating(wanted) else wanted
            return found.cast(wanted).view(bits).equals(self.arrays[wanted].view(bits))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OverflowError):
            return False


def differences(expected, found, column, engine, runs=False):
    """How many values differ, and the first: its row, what it should be, what it is."""
    count, first = 0, None
    # read_csv of pandas takes "" for nothing at all, where a column has both. Its loader says so.
    if runs and engine in ("pandas", "dask") and None in expected:
        expected = [None if value == "" else value for value in expected]
    if len(expected) != len(found):
        return max(1, abs(len(expected) - len(found))), [0, len(expected), len(found)]
    for row, (a, b) in enumerate(zip(expected, found, strict=True)):
        if a is None and b is None or same(a, b, column["logical_type"], engine):
            continue
        count += 1
        first = first or [row, repr(a), repr(b)]
    return count, first


def same(a, b, logical, engine):
    if isinstance(b, float) and (a is None or isinstance(a, float) and math.isnan(a)):
        # numpy's floats have one way to say that there is none.
        return math.isnan(b) and (a is not None or engine in ("pandas", "dask"))
    if a is None or b is None:
        return False
    if logical == "float":
        return isinstance(b, float) and a == b and math.copysign(1, a) == math.copysign(1, b)
    if logical == "decimal" and isinstance(b, float):
        return float(a) == b and math.copysign(1, a) == math.copysign(1, b)
    return type(a) is type(b) and a == b if isinstance(a, bool | str) else a == b


# Engines: each opens a file, or takes what a loader made, and gives an Arrow array, a type and the
# bytes of each column.


def from_pandas(series):
    import pandas

    if isinstance(series.dtype, pandas.CategoricalDtype):
        codes = series.cat.codes.to_numpy()
        values = pa.array(series.cat.categories)
        return pa.DictionaryArray.from_arrays(
            pa.array(codes, pa.int32(), mask=codes < 0), values
        )
    return pa.array(series, from_pandas=series.dtype.kind != "f")


def pandas_columns(frame):
    sizes = frame.memory_usage(index=False, deep=True)
    for index in range(frame.shape[1]):
        series = frame.iloc[:, index]
        kind = str(series.dtype).partition("(")[0]
        # Floats keep NaN; that pandas means null by it is known to the comparison.
        yield frame.columns[index], kind, int(sizes.iloc[index]), from_pandas(series)


def polars_columns(frame):
    import polars
    from polars_bytes import polars_column_bytes

    for series in frame.get_columns():
        size = polars_column_bytes(series)
        # Its own Decimal and Int128 go through their Arrow form.
        yield series.name, polars_type(series.dtype), size, series.to_arrow()


def polars_type(kind):
    import polars

    if isinstance(kind, polars.Categorical):
        return "Categorical"
    return "Enum" if isinstance(kind, polars.Enum) else str(kind)


def arrow_columns(table):
    for name, column in zip(table.column_names, table.columns, strict=True):
        yield name, str(column.type), column.get_total_buffer_size(), column


def duckdb_columns(relation):
    table = relation.to_arrow_table()
    for name, kind, column in zip(relation.columns, relation.types, table.columns, strict=True):
        yield name, str(kind), None, column


COLUMNS = {
    "pandas": pandas_columns, "polars": polars_columns, "pyarrow": arrow_columns,
    "duckdb": duckdb_columns, "spark": arrow_columns, "dask": lambda frame: pandas_columns(frame.compute()),
}


def opened(engine, path):
    """What the engine makes of a file."""
    form = Path(path).suffix
    if engine == "pyarrow":
        if form == ".parquet":
            return importlib.import_module("pyarrow.parquet").read_table(path)
        if form == ".arrows":
            return pa.ipc.open_stream(path).read_all()
        return pyarrow.feather.read_table(path)
    if engine == "pandas":
        import pandas

        if form == ".parquet":
            return pandas.read_parquet(path)
        if form == ".arrows":
            return pa.ipc.open_stream(path).read_pandas()
        return pandas.read_feather(path)
    if engine == "polars":
        import polars

        if form == ".parquet":
            return polars.read_parquet(path)
        return polars.read_ipc_stream(path) if form == ".arrows" else polars.read_ipc(path)
    if engine == "duckdb":
        import duckdb

        connection = duckdb.connect()
        connection.execute("SET TimeZone = 'UTC'")
        if form == ".parquet":
            return connection.read_parquet(path)
        return connection.from_arrow(opened("pyarrow", path))
    if engine == "dask":
        import dask.dataframe

        if form == ".parquet":
            return dask.dataframe.read_parquet(path)
        return dask.dataframe.from_map(lambda one: opened("pandas", one), [path])
    raise ValueError(engine)


RESULTS = {"pyarrow": "table"}


def without_strings_from_objects():
    """Dask makes text of every object, pandas' exact decimals among them, unless told."""
    if importlib.util.find_spec("dask"):
        import dask

        dask.config.set({"dataframe.convert-string": False})


def loaded(engine, path):
    """What the code in a file makes, which it calls `frame` or `table`; SQL makes one table."""
    if path.endswith(".sql"):
        import duckdb

        connection = duckdb.connect()
        connection.execute(Path(path).read_text(encoding="utf-8"))
        ((name,),) = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        return connection.table('"' + name.replace('"', '""') + '"')
    names = {"__name__": "loader"}
    exec(compile(Path(path).read_text(encoding="utf-8"), path, "exec"), names)
    result = names[RESULTS.get(engine, "frame")]
    return result.toArrow() if engine == "spark" else result


def compared(case):
    """What each read gives."""
    columns = case["columns"]
    expected = [
        Expected(values, column)
        for values, column in zip(truth(case["truth"], columns), columns, strict=True)
    ]
    result = []
    for read in case["reads"]:
        engine = read["engine"]
        table = loaded(engine, read["path"]) if read.get("runs") else opened(engine, read["path"])
        seen = []
        for index, (name, kind, size, array) in enumerate(COLUMNS[engine](table)):
            found = observed(array, columns[index])
            count, first = (0, None) if expected[index].is_equal(found) else differences(
                expected[index].values, found.to_pylist(), columns[index], engine,
                read.get("runs", False),
            )
            seen.append(
                {"name": name, "type": kind, "bytes": size, "differences": count,
                 "first": first and [str(part) for part in first]}
            )
        result.append(seen)
    return result


def main():
    without_strings_from_objects()
    # Whatever loaders print is no answer.
    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)
        path = Path(sys.argv[1])
        os.chdir(path.parent)
        try:
            answer = {"seen": compared(json.loads(path.read_text(encoding="utf-8")))}
        except Exception:
            answer = {"error": traceback.format_exc()}
        json.dump(answer, answers)


main()
