"""What pyarrow, pandas, polars and DuckDB see: the values that were written, in narrow types."""

import datetime
import unittest

import duckdb
import memory_diet
import pandas
import polars
import pyarrow
from tables import TableTestCase, torture, write_csv

TYPES = {
    "small": "int8",
    "small with nulls": "int8",
    "beyond 2^53 with nulls": "int64",
    "uint64": "uint64",
    "sequence": "int32",
    "near a base": "int64",
    "constant": "int8",
    "price": "double",
    "many digits": "decimal128(18, 9)",
    "float": "double",
    "float32": "double",
    "flag": "bool",
    "day": "date32[day]",
    "day with nulls": "date32[day]",
    "time": "time32[s]",
    "instant": "timestamp[us, tz=UTC]",
    "clock": "timestamp[us]",
    "zip": "string",
    "country": "dictionary<values=string, indices=int8, ordered=0>",
    "categories": "dictionary<values=string, indices=int16, ordered=0>",
    "empty or missing": "dictionary<values=string, indices=int8, ordered=0>",
    "free": "string",
    "uuid": "string",
    "ipv4": "string",
    "letter": "dictionary<values=string, indices=int8, ordered=0>",
    "one text": "dictionary<values=string, indices=int8, ordered=0>",
    "nothing": "null",
    'a,"quoted"\nname': "int16",
}

PANDAS = {
    "small with nulls": "int8[pyarrow]",
    "beyond 2^53 with nulls": "int64[pyarrow]",
    "uint64": "uint64",
    "price": "float64",
    "float32": "float64",
    "flag": "bool[pyarrow]",
    "day": "datetime64[s]",
    "time": "time32[s][pyarrow]",
    "instant": "datetime64[us, UTC]",
    "clock": "datetime64[us]",
    "country": "category",
    "zip": "str",
}

POLARS = {
    "small with nulls": polars.Int8,
    "uint64": polars.UInt64,
    "float32": polars.Float64,
    "flag": polars.Boolean,
    "day": polars.Date,
    "country": polars.Categorical,
    "zip": polars.String,
}


class HandOverTests(TableTestCase):
    def setUp(self):
        super().setUp()
        self.columns = torture()
        self.table = memory_diet.read_csv(write_csv(self.path("torture.csv"), self.columns))

    def assertSameTable(self, arrow, message):
        self.assertEqual(arrow.column_names, list(self.columns), message)
        for name, expected in self.columns.items():
            column = arrow.column(name)
            self.assertSameValues(column.to_pylist(), expected, f"{message}: {name}")

    def test_arrow(self):
        arrow = self.table.to_arrow()
        arrow.validate(full=True)
        self.assertEqual({f.name: str(f.type) for f in arrow.schema}, TYPES)
        self.assertSameTable(arrow, "pyarrow")

    def test_schema_alone(self):
        self.assertEqual(pyarrow.schema(self.table), self.table.to_arrow().schema)

    def test_pandas(self):
        frame = self.table.to_pandas()
        for name, dtype in PANDAS.items():
            self.assertEqual(str(frame[name].dtype), dtype, name)
        # Back through pyarrow, which knows nothing of the library.
        arrow = pyarrow.Table.from_pandas(frame, preserve_index=False)
        for name, expected in self.columns.items():
            if name in ("float", "nothing"):
                continue
            column = arrow.column(name)
            if name.startswith("day"):
                self.assertEqual(str(frame[name].dtype), "datetime64[s]", name)
                column = column.cast(pyarrow.date32())
            self.assertSameValues(column.to_pylist(), expected, f"pandas: {name}")
        self.assertSameValues(frame["float"].tolist(), self.columns["float"], "pandas: float")
        self.assertTrue(frame["nothing"].isna().all())

    def test_pandas_frames_can_be_changed(self):
        frame = self.table.to_pandas()
        for name in ("small", "small with nulls", "price", "day", "float32"):
            frame.loc[0, name] = frame.loc[1, name]
            self.assertEqual(frame.loc[0, name], frame.loc[1, name], name)
        self.assertSameTable(self.table.to_arrow(), "the table afterwards")

    def test_polars(self):
        frame = self.table.to_polars()
        for name, dtype in POLARS.items():
            self.assertIsInstance(frame.schema[name], dtype, name)
        self.assertEqual(frame["country"].to_physical().dtype, polars.UInt32)
        self.assertSameTable(frame.to_arrow(), "polars")

    def test_duckdb(self):
        lean = self.table
        arrow = duckdb.sql("select * from lean").arrow()
        if isinstance(arrow, pyarrow.RecordBatchReader):
            arrow = arrow.read_all()
        for name, expected in self.columns.items():
            found = arrow.column(name).to_pylist()
            if name == "instant":
                found = [value.astimezone(datetime.timezone.utc) for value in found]
            self.assertSameValues(found, expected, f"DuckDB: {name}")

    def test_pandas_from_arrow(self):
        frame = pandas.DataFrame.from_arrow(self.table)
        self.assertEqual(list(frame.columns), list(self.columns))
        self.assertEqual(frame["zip"].tolist(), self.columns["zip"])

    def test_nulls_survive_at_every_length(self):
        for rows in (0, 1, 7, 8, 9, 63, 64, 65, 129):
            values = [None if row % 3 == 0 else row for row in range(rows)]
            words = [None if row % 5 == 0 else f"word {row % 4}" for row in range(rows)]
            columns = {"n": values, "w": words, "i": list(range(rows))}
            table = memory_diet.read_csv(write_csv(self.path("short.csv"), columns))
            self.assertEqual(table.shape, (rows, 3))
            arrow = table.to_arrow()
            arrow.validate(full=True)
            for name, expected in columns.items():
                self.assertEqual(arrow.column(name).to_pylist(), expected, f"{rows} rows: {name}")
            self.assertEqual(len(table.to_polars()), rows)
            self.assertEqual(len(table.to_pandas()), rows)

    def test_no_columns(self):
        table = memory_diet.read_csv(self.file("empty.csv", ""))
        self.assertEqual(table.shape, (0, 0))
        self.assertEqual(table.to_arrow().num_columns, 0)
        self.assertEqual(table.to_pandas().shape, (0, 0))
        self.assertEqual(table.to_polars().shape, (0, 0))

    def test_column_names(self):
        names = ["日本", "a\0b", "", "a", "a"]
        table = memory_diet.read_csv(self.file("names.csv", ",".join(names) + "\n1,2,3,4,5\n"))
        self.assertEqual(table.to_arrow().column_names, ["日本", "a␀b", "column_3", "a", "a_2"])

    def test_frames_of_pandas_can_be_changed(self):
        rows = 5000
        columns = {
            "integer": (pyarrow.array(range(rows)), 7),
            "float": (pyarrow.array([n / 3 for n in range(rows)]), 1.5),
            "missing": (pyarrow.array([None, 1] * (rows // 2)), 5),
            "flag": (pyarrow.array([True, False] * (rows // 2)), False),
            "word": (pyarrow.array(["a", "b"] * (rows // 2)), "b"),
            "text": (pyarrow.array([f"text {n}" for n in range(rows)]), "z"),
            "day": (pyarrow.array(range(rows), pyarrow.int32()).cast(pyarrow.date32()), pandas.Timestamp(2020, 1, 1)),
            "instant": (pyarrow.array(range(rows), pyarrow.timestamp("s")), pandas.Timestamp(2020, 1, 1)),
            "zone": (pyarrow.array(range(rows), pyarrow.timestamp("s", tz="UTC")), pandas.Timestamp(2020, 1, 1, tz="UTC")),
            "duration": (pyarrow.array(range(rows), pyarrow.duration("s")), pandas.Timedelta(1, "s")),
        }
        values = {name: array for name, (array, _) in columns.items()}
        # As many columns as lie in memory of their own, and more.
        for others in (0, 70):
            wide = {f"other {n}": values["integer"] for n in range(others)}
            table = memory_diet.lean(pyarrow.table({**values, **wide}))
            before = table.to_arrow()
            frame = table.to_pandas()
            pandas.testing.assert_frame_equal(frame, table.to_pandas())
            for name, (_, value) in columns.items():
                frame.loc[0, name] = value
                self.assertEqual(frame.loc[0, name], value, name)
            frame["integer"] += 1
            self.assertEqual(table.to_arrow(), before)

    def test_days_are_instants_of_pandas(self):
        for rows in (0, 1, 1000):
            days = [None if row % 7 == 3 else datetime.date(1, 1, 1) + datetime.timedelta(733 * row) for row in range(rows)]
            table = memory_diet.read_csv(write_csv(self.path("days.csv"), {"day": days, "n": list(range(rows))}))
            if rows == 0:
                table = memory_diet.lean(pyarrow.table({"day": pyarrow.array([], pyarrow.date32())}))
            column = table.to_pandas()["day"]
            self.assertEqual(str(column.dtype), "datetime64[s]")
            self.assertEqual([None if day is pandas.NaT else day.date() for day in column], days)
            self.assertEqual((column == "0001-01-01").sum(), min(rows, 1))
        # What pandas has as days stays that, and an index of another table's days is one of instants.
        day = pyarrow.date32()
        frame = pandas.DataFrame({"day": pandas.Series([datetime.date(2020, 1, 2), None], dtype=pandas.ArrowDtype(day))})
        self.assertEqual(memory_diet.lean(frame).to_pandas()["day"].dtype, frame["day"].dtype)
        indexed = pyarrow.Table.from_pandas(frame.dropna().set_index("day").assign(n=1))
        self.assertIsInstance(memory_diet.lean(indexed).to_pandas().index, pandas.DatetimeIndex)

    def test_columns_one_by_one_are_the_stream(self):
        self.assertEqual(self.table.to_arrow(), pyarrow.table(self.table))
        self.assertTrue(self.table.to_polars().equals(polars.DataFrame(self.table)))
        self.assertEqual(self.table.to_polars().schema, polars.DataFrame(self.table).schema)

    def test_polars_adds_up_what_is_beyond_32_bits(self):
        values = [2_000_000_000 - row * row for row in range(200)]
        columns = {"n": values, "few": [70_000, 10**9] * 100, "small": list(range(100)) * 2, "some": [None] + values[1:]}
        path = write_csv(self.path("sums.csv"), columns)
        for unsigned in (False, True):
            table = memory_diet.read_csv(path, unsigned=unsigned)
            frame = table.to_polars()
            for name, expected in columns.items():
                wide = (polars.Int8, polars.UInt8) if name == "small" else (polars.Int64, polars.UInt64)
                self.assertIn(frame.schema[name], wide, name)
                self.assertEqual(frame[name].to_list(), expected, name)
                self.assertEqual(frame[name].sum(), sum(value or 0 for value in expected), name)
            # Whoever adds up in 64 bits gets 32.
            self.assertEqual(table.to_arrow().schema.field("n").type.bit_width, 32)
            self.assertTrue(any("also `to_polars()`" in note for note in table.notes), table.notes)


if __name__ == "__main__":
    unittest.main()
