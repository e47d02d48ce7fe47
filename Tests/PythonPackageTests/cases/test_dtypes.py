"""dtype_diet's functions: on pandas 3, in true units, and never at the cost of a value."""

import decimal
import unittest
import warnings

import memory_diet
import numpy
import pandas
import pyarrow
from memory_diet import optimize_dtypes, report_on_dataframe
from tables import TableTestCase, torture


def frame():
    rows = 1000
    generator = numpy.random.default_rng(3)
    numbers = generator.integers(0, 100, rows)
    return pandas.DataFrame(
        {
            "hour": numbers,
            "id": numbers.astype("int64") + 2**40,
            "wide": numbers * 1000,
            "unsigned": (numbers * 200).astype("uint64"),
            "whole floats": numbers.astype(float),
            "with nulls": numpy.where(numbers < 10, numpy.nan, numbers),
            "zeros": numpy.where(numbers < 10, -0.0, numbers),
            "half": numbers / 2,
            "tenth": numbers / 10,
            "infinite": numpy.where(numbers < 10, numpy.inf, numbers / 2),
            "word": [f"word {n}" for n in numbers],
            "unique": [f"word {n}" for n in range(rows)],
            "missing word": [None if n < 10 else f"word {n}" for n in numbers],
            "object": pandas.Series([f"word {n}" for n in numbers], dtype=object),
            "mixed": pandas.Series([1, True, 1.0, "1", None] * (rows // 5), dtype=object),
            "lists": pandas.Series([[1], {}, None, "a", 2] * (rows // 5), dtype=object),
            "flags": pandas.Series([True, False, None, True, False] * (rows // 5), dtype=object),
            "nullable": pandas.array([None if n < 10 else int(n) for n in numbers], "Int64"),
            "arrow": pandas.array([int(n) for n in numbers], "int64[pyarrow]"),
            "small": numbers.astype("int8"),
            "when": pandas.date_range("2024-01-01", periods=rows),
            "nothing": [None] * rows,
        }
    )


EXPECTED = {
    "hour": "int8",
    "wide": "int32",
    "unsigned": "uint16",
    "whole floats": "int8",
    "with nulls": "Int8",
    "zeros": "float32",
    "half": "float32",
    "infinite": "float32",
    "word": "category",
    "missing word": "category",
    "object": "category",
    "flags": "boolean",
    "nullable": "Int8",
    "arrow": "int8[pyarrow]",
}


def frames():
    """Frames by name: of each type that pandas has, and with odd names and rows."""
    rows = 40
    n = numpy.arange(rows)
    nullable = [1, None] * (rows // 2)
    texts = ["x", None] * (rows // 2)
    columns = {
        "longdouble": n + numpy.longdouble(2) ** -60,
        "whole longdouble": n.astype(numpy.longdouble),
        "float16": n.astype(numpy.float16),
        "complex": n * 1j,
        "clongdouble": n.astype(numpy.clongdouble),
        "nan": numpy.full(rows, numpy.nan),
        "huge": n * 1e300,
        "zone": pandas.date_range("2020", periods=rows, tz="Europe/Berlin"),
        "duration": pandas.to_timedelta(n, unit="h"),
        "period": pandas.period_range("2020-01", periods=rows, freq="M"),
        "interval": pandas.interval_range(0, rows),
        "sparse": pandas.arrays.SparseArray(numpy.where(n % 3 == 0, 1.0, numpy.nan)),
        "sparse integers": pandas.arrays.SparseArray(numpy.where(n % 9 == 0, 1, 0)),
        "sparse flags": pandas.arrays.SparseArray(n % 2 == 0),
        "category": pandas.Categorical(["a", "b"] * (rows // 2), ordered=True),
        "category of numbers": pandas.Categorical([1, 2] * (rows // 2)),
        "text": pandas.array(texts, dtype="str"),
        "string": pandas.array(texts, dtype="string"),
        "python string": pandas.array(texts, dtype="string[python]"),
        "Int64": pandas.array([2**62 + 1, None] * (rows // 2), dtype="Int64"),
        "nulls": pandas.array([None] * rows, dtype="Int64"),
        "UInt64": pandas.array([2**63, None] * (rows // 2), dtype="UInt64"),
        "Float64": pandas.array([1.0, None] * (rows // 2), dtype="Float64"),
        "NaN in Float64": pandas.arrays.FloatingArray(numpy.array([numpy.nan, 1.0] * (rows // 2)), n < 0),
        "boolean": pandas.array([True, None] * (rows // 2), dtype="boolean"),
    }
    for kind, values in [
        (pyarrow.string(), texts), (pyarrow.large_string(), texts), (pyarrow.string_view(), texts),
        (pyarrow.binary(), [b"x", None] * (rows // 2)), (pyarrow.null(), [None] * rows),
        (pyarrow.dictionary(pyarrow.int32(), pyarrow.string()), texts),
        (pyarrow.int64(), nullable), (pyarrow.uint64(), nullable), (pyarrow.float64(), nullable),
        (pyarrow.float16(), [numpy.float16(1), None] * (rows // 2)), (pyarrow.bool_(), [True, None] * (rows // 2)),
        (pyarrow.decimal128(10, 2), [decimal.Decimal("1.50"), None] * (rows // 2)), (pyarrow.date32(), nullable),
        (pyarrow.timestamp("ns"), nullable), (pyarrow.duration("ns"), nullable), (pyarrow.time64("us"), nullable),
        (pyarrow.list_(pyarrow.int64()), [[1], None] * (rows // 2)),
        (pyarrow.struct([("a", pyarrow.int64())]), [{"a": 1}, None] * (rows // 2)),
    ]:
        array = pandas.arrays.ArrowExtensionArray(pyarrow.array(values, kind))
        columns[str(kind) if str(kind) != "string" else "arrow string"] = array
    objects = {
        "mixed": ["x", 1], "none": [None, None], "flags": [True, None], "lists": [[1], {}], "bytes": [b"a", b"b"],
        "integers": [1, 2**70], "decimals": [decimal.Decimal(1), None], "half pair": ["\ud800", "x"],
        "zero byte": ["a\0", "a"], "text and NA": ["a", pandas.NA], "text and NaT": ["a", pandas.NaT],
        "sets": [{1}, frozenset()], "numpy flags": [numpy.True_, numpy.False_], "things": [object(), object()],
    }
    for name, values in objects.items():
        columns[name] = pandas.Series(values * (rows // 2), dtype=object)
    for name, column in columns.items():
        yield name, pandas.DataFrame({name: column})

    plain = pandas.DataFrame({"a": n, "b": n / 2, "c": ["x"] * rows})
    for name, names in {
        "levels": pandas.MultiIndex.from_tuples([("p", "a"), ("p", "b"), ("q", "c")], names=["u", "v"]),
        "equal levels": pandas.MultiIndex.from_tuples([("p", "a"), ("p", "a"), ("q", "c")]),
        "levels with nothing": pandas.MultiIndex.from_tuples([("p", numpy.nan), (None, "b"), ("q", "c")]),
        "equal names": ["a", "a", "b"],
        "names that are missing": [numpy.nan, None, "nan"],
        "numbers": [1, 2.5, None],
        "things as names": pandas.Index([("x", 1), frozenset([1]), 3], tupleize_cols=False),
        "categories": pandas.CategoricalIndex(["a", "b", "c"]),
        "intervals": pandas.IntervalIndex.from_breaks([0, 1, 2, 3]),
        "days": pandas.date_range("2020", periods=3),
    }.items():
        other = plain.copy()
        other.columns = names
        yield name, other
    yield "no columns of levels", pandas.DataFrame(columns=pandas.MultiIndex.from_tuples([], names=["a", "b"]))
    yield "no columns", plain[[]]
    yield "no rows", plain.iloc[:0]
    yield "rows of levels", plain.set_index(["a", "b"])
    yield "equal rows", plain.set_axis([0] * rows)


class DtypeTests(TableTestCase):
    def test_report(self):
        df = frame()
        report = report_on_dataframe(df)
        self.assertEqual(list(report.index), list(df.columns))
        self.assertEqual(report.index.name, "Column")
        proposed = {name: kind for name, kind in report["Proposed dtype"].items() if kind is not None}
        self.assertEqual(proposed, EXPECTED)
        self.assertEqual(
            list(report.columns),
            ["Current dtype", "Proposed dtype", "Current Memory (MB)", "Proposed Memory (MB)",
             "Ram Usage Improvement (MB)", "Ram Usage Improvement (%)", "Wraps"])

    def test_units(self):
        df = frame()
        expected = df.memory_usage(index=False, deep=True).to_numpy()
        for unit, size in [("byte", 1), ("KB", 10**3), ("MB", 10**6), ("GB", 10**9), ("MiB", 2**20)]:
            report = report_on_dataframe(df, unit)
            current = report[f"Current Memory ({unit})"].to_numpy()
            self.assertTrue((numpy.abs(current * size - expected) < 1e-3).all(), unit)
        hour = report_on_dataframe(df, unit="byte").loc["hour"]
        self.assertEqual(hour["Proposed Memory (byte)"], 1000)
        self.assertEqual(hour["Ram Usage Improvement (byte)"], 7000)
        self.assertEqual(hour["Ram Usage Improvement (%)"], 87.5)

    def test_optimize(self):
        df = frame()
        before = df.copy(deep=True)
        lean = optimize_dtypes(df, report_on_dataframe(df))
        self.assertEqual({name: str(lean[name].dtype) for name in EXPECTED}, EXPECTED)
        pandas.testing.assert_frame_equal(df, before)
        for name in df.columns:
            old, new = df[name], lean[name]
            self.assertEqual(old.isna().tolist(), new.isna().tolist(), name)
            present = old.notna()
            self.assertEqual(old[present].tolist(), new[present].tolist(), name)
        self.assertTrue(numpy.signbit(lean["zeros"][df["zeros"] == 0]).all())
        report = report_on_dataframe(df, unit="byte")
        bytes_after = lean.memory_usage(index=False, deep=True)
        for name in EXPECTED:
            self.assertEqual(bytes_after[name], report.loc[name, "Proposed Memory (byte)"], name)

    def test_computation(self):
        kinds = set(report_on_dataframe(frame(), optimize="computation")["Proposed dtype"])
        self.assertNotIn("category", kinds)
        report = report_on_dataframe(frame()[["with nulls"]], optimize="computation")
        self.assertEqual(report.loc["with nulls", "Proposed dtype"], "float32")

    def test_flights_columns_by_position(self):
        df = pandas.DataFrame([[1, 300], [2, 400]], columns=["a", "a"])
        lean = optimize_dtypes(df, report_on_dataframe(df))
        self.assertEqual([str(kind) for kind in lean.dtypes], ["int8", "int16"])
        empty = pandas.DataFrame()
        self.assertEqual(optimize_dtypes(empty, report_on_dataframe(empty)).shape, (0, 0))
        no_rows = pandas.DataFrame({"a": pandas.Series([], dtype="int64"), "b": pandas.Series([], dtype=object)})
        self.assertEqual(optimize_dtypes(no_rows, report_on_dataframe(no_rows)).shape, (0, 2))
        torn = pandas.DataFrame(torture(200))
        pandas.testing.assert_index_equal(optimize_dtypes(torn, report_on_dataframe(torn)).columns, torn.columns)

    def test_a_report_that_would_lose_a_value_is_refused(self):
        df = pandas.DataFrame({"n": [1, 2, 300], "x": [0.1, 0.5, numpy.nan], "s": ["1", "2", "a"]})
        for column, kind, words in [
            ("n", "int8", "column 'n'"),
            ("x", "float32", "0.1.* in row 0"),
            ("x", "float16", "row 0"),
            ("x", "int8", "column 'x' cannot be int8"),
            ("s", "int8", "column 's' cannot be int8"),
            ("n", "complicated", "column 'n' cannot be complicated"),
        ]:
            report = report_on_dataframe(df)
            report.loc[column, "Proposed dtype"] = kind
            with self.subTest(column=column, kind=kind), self.assertRaisesRegex(ValueError, words):
                optimize_dtypes(df, report)
        with self.assertRaisesRegex(ValueError, "other columns"):
            optimize_dtypes(df[["n"]], report_on_dataframe(df))

    def test_any_frame(self):
        proposed = {}
        for name, df in frames():
            with self.subTest(name):
                with warnings.catch_warnings():
                    warnings.simplefilter("error")
                    report = report_on_dataframe(df)
                    lean = optimize_dtypes(df, report)
                pandas.testing.assert_index_equal(lean.columns, df.columns)
                pandas.testing.assert_index_equal(lean.index, df.index)
                for place in range(df.shape[1]):
                    old, new = df.iloc[:, place], lean.iloc[:, place]
                    self.assertEqual(old.isna().tolist(), new.isna().tolist())
                    for a, b, is_missing in zip(old.tolist(), new.tolist(), old.isna()):
                        self.assertTrue(is_missing or a is b or numpy.all(a == b) or a != a and b != b, (a, b))
                proposed[name] = report["Proposed dtype"].tolist()
        for name in ("longdouble", "whole longdouble", "complex", "sparse", "half pair", "string_view"):
            self.assertEqual(proposed[name], [None], name)
        self.assertEqual(proposed["levels"], ["int8", "float32", "category"])

    def test_longdouble_is_compared_in_its_digits(self):
        df = pandas.DataFrame({"x": numpy.arange(4, dtype=numpy.longdouble) + numpy.longdouble(2) ** -60})
        report = report_on_dataframe(df)
        report["Proposed dtype"] = "float64"
        with self.assertRaisesRegex(ValueError, "column 'x' as float64 would change a value"):
            optimize_dtypes(df, report)

    def test_room(self):
        df = pandas.DataFrame({
            "low": [1, 2], "hour": [3, 23], "loss": [-64, 63], "full": [-128, 127], "wide": [0, 40_000],
            "count": pandas.array([1, 60], "uint16"), "missing": [None, 100.0], "word": ["a", "b"],
        })
        for options, kinds in [
            ({}, "int8 int8 int8 int8 int32 uint8 Int8"),
            ({"margin": "2x"}, "int8 int8 int8 int16 int32 uint8 Int16"),
            ({"margin": 2.5}, "int8 int8 int16 int16 int32 uint8 Int16"),
            ({"margin": 5}, "int8 int8 int16 int16 int32 uint16 Int16"),
            ({"min_bits": 16}, "int16 int16 int16 int16 int32 uint16 Int16"),
            ({"min_bits": 32, "margin": "1.5x"}, "int32 int32 int32 int32 int32 uint16 Int32"),
            ({"min_bits": 64}, "int64 int64 int64 int64 int64 uint16 float32"),
        ]:
            report = report_on_dataframe(df, **options)
            lean = optimize_dtypes(df, report)
            self.assertEqual(" ".join(str(kind) for kind in lean.dtypes[:-1]), kinds, options)

    def test_arithmetic_that_wraps(self):
        operations = {"* 60": lambda a, b: a * 60, "** 2": lambda a, b: a**2, "+": lambda a, b: a + b}
        for end in [2, 3, 11, 12, 63, 64, 127, 128, 182, 547, 16_384, 2**31 - 1, -64, -65]:
            for kind in ("int64", "uint64", "Int64", "int64[pyarrow]", "int8"):
                if end < 0 and kind == "uint64" or abs(end) > 127 and kind == "int8":
                    continue
                wide = pandas.DataFrame({"a": [end, end], "b": [end, end]}).astype(kind)
                report = report_on_dataframe(wide)
                lean = optimize_dtypes(wide, report)
                exact = pandas.DataFrame({"a": [end, end], "b": [end, end]})
                wraps = []
                for name, operation in operations.items():
                    try:
                        found = operation(lean["a"], lean["b"])
                    except pyarrow.ArrowInvalid:
                        continue
                    if found.astype("int64").tolist() != operation(exact["a"], exact["b"]).tolist():
                        wraps.append(name)
                self.assertEqual(report["Wraps"].tolist(), [", ".join(wraps) or None] * 2, (end, kind))

    def test_arguments(self):
        for margin in (0, 0.5, -2, "twice", "2y", "1/2", "nan", float("inf"), "", True):
            with self.assertRaisesRegex(ValueError, "margin: .* is no factor of 1 or more"):
                report_on_dataframe(frame(), margin=margin)
        for bits in (12, 7.5, "16", 128):
            with self.assertRaisesRegex(ValueError, "min_bits: .* is none of 8, 16, 32, 64"):
                report_on_dataframe(frame(), min_bits=bits)
        with self.assertRaisesRegex(ValueError, "unit: 'TB' is none of byte, KB, MB"):
            report_on_dataframe(frame(), unit="TB")
        with self.assertRaisesRegex(ValueError, "optimize: 'speed'"):
            report_on_dataframe(frame(), optimize="speed")


if __name__ == "__main__":
    unittest.main()
