"""What tables, columns and groups are like: their words, their ends, and what is said where there is none."""

import copy
import datetime
import decimal
import io
import os
import pickle
import threading
import unittest

import duckdb
import memory_diet
import numpy
import pandas
import polars
import pyarrow
from tables import UTC, TableTestCase

ORDERS = """order,customer,price,pieces,day,paid,note
1,UA,12.30,3,2024-01-31,2024-01-31T10:00:00Z,"o'b"
2,AA,4.00,,2024-02-01,2024-02-01T11:30:00Z,
3,UA,,7,,2024-02-01T11:30:01Z,"x,y"
4,,9.99,1,2024-02-29,,
"""


class OrdersTestCase(TableTestCase):
    def setUp(self):
        super().setUp()
        self.orders = memory_diet.read_csv(io.StringIO(ORDERS))


class TableTests(OrdersTestCase):
    def test_schema_and_look(self):
        table = self.orders
        self.assertEqual(table.schema["price"], "decimal(2)")
        self.assertEqual(table.schema["paid"], "timestamp(s, UTC)")
        self.assertEqual(list(table.schema), table.columns)
        lines = repr(table).splitlines()
        self.assertEqual(lines[0], f"<memory_diet.Table: 4 rows × 7 columns, {table.nbytes:,} bytes>")
        self.assertEqual(lines[3].split()[:4], ["1", "UA", "12.30", "3"])
        self.assertEqual(
            repr(table["price"]), f"<memory_diet.Column price: decimal(2), 4 rows, {table['price'].nbytes:,} bytes: 12.30, 4.00, null, 9.99>"
        )
        self.assertIn("price", table)
        self.assertNotIn("prices", table)
        page = table.filter("price > 5").rename({"note": "<script>"})._repr_html_()
        self.assertIn("<td>12.30</td>", page)
        self.assertIn("&lt;script&gt;", page)
        self.assertIn("2 rows × 7 columns", page)
        # A table of many rows shows a few.
        many = memory_diet.lean(pandas.DataFrame({"n": range(100_000)}))
        self.assertLess(len(repr(many)), 400)
        self.assertEqual(many.filter("n > 5")._repr_html_().count("<tr>"), 11)

    def test_values_of_python(self):
        table = self.orders
        self.assertEqual(table["price"].sum(), decimal.Decimal("26.29"))
        self.assertEqual(str(table["price"].min()), "4.00")
        self.assertEqual(table["day"].max(), datetime.date(2024, 2, 29))
        self.assertEqual(table["paid"].max(), datetime.datetime(2024, 2, 1, 11, 30, 1, tzinfo=UTC))
        self.assertEqual(table["day"].quantile(0.5, "nearest"), datetime.date(2024, 2, 1))
        self.assertEqual(list(table["note"]), ["o'b", None, "x,y", None])
        self.assertEqual(table.evaluate("pieces * 10").sum(), 110)
        self.assertEqual(next(table.rows())["paid"], datetime.datetime(2024, 1, 31, 10, tzinfo=UTC))
        huge = memory_diet.lean(polars.DataFrame({"n": [2**64 - 1] * 3}, schema={"n": polars.UInt64}))
        self.assertEqual(huge["n"].sum(), 3 * (2**64 - 1))
        zoned = polars.DataFrame({"t": [datetime.datetime(2024, 7, 1, 12)]}).with_columns(
            polars.col("t").dt.replace_time_zone("Europe/Berlin"), fine=polars.lit(1).cast(polars.Datetime("ns"))
        )
        zoned = memory_diet.lean(zoned)
        self.assertEqual(zoned["t"][0].isoformat(), "2024-07-01T12:00:00+02:00")
        with self.assertRaisesRegex(memory_diet.InputError, r"nanoseconds is none that Python's datetime holds.*cast\(c as string\)"):
            zoned["fine"].max()
        self.assertEqual(zoned.evaluate("cast(fine as string)")[0], "1970-01-01T00:00:00.000000001")

    def test_a_table_never_changes(self):
        table, before = self.orders, list(self.orders.rows())
        other = table.with_columns(price="price * 2", late="day > '2024-02-01'", note=table["customer"])
        self.assertEqual(other.columns, [*table.columns, "late"])
        self.assertEqual(other["note"].to_list(), table["customer"].to_list())
        # Each sees the columns that there were.
        swapped = table.with_columns(order="pieces", pieces="order")
        self.assertEqual(swapped["pieces"].to_list(), [1, 2, 3, 4])
        self.assertEqual(table.rename({"order": "pieces", "pieces": "order"}).columns[:4], ["pieces", "customer", "price", "order"])
        self.assertEqual(list(table.rows()), before)
        self.assertEqual(table.drop("note", "day").columns, table[["order", "customer", "price", "pieces", "paid"]].columns)
        self.assertTrue(table.equals(table.select(table.columns)))
        self.assertFalse(table.equals(other))
        self.assertFalse(table.equals(table.to_pandas()))

    def test_what_is_computed_is_a_table(self):
        table = found = self.orders.filter("customer == 'UA'")
        self.assertEqual(pyarrow.table(table).num_rows, 2)
        self.assertEqual(polars.DataFrame(table).shape, (2, 7))
        self.assertEqual(duckdb.sql("select sum(pieces) from found").fetchall(), [(10,)])
        self.assertEqual((table.notes, table.note_codes), ([], []))
        report = table.report().to_dict()
        self.assertEqual(report["input"]["rows"], 2)
        price = next(column for column in report["columns"] if column["name"] == "price")
        self.assertEqual((price["logical_type"], price["scale"]), ("decimal", 2))
        copies = (copy.copy(table), copy.deepcopy(table))
        for other in copies:
            self.assertTrue(other.equals(table))
        for held in (table, table["price"], table.group_by("customer")):
            with self.assertRaisesRegex(TypeError, r"pickle `table.to_arrow\(\)`"):
                pickle.dumps(held)

    def test_grouping_words(self):
        found = self.orders.group_by("customer").agg(
            n="size", known=("price", "count"), total=("price", "sum"), mean=("price", "mean"), low=("price", "min"),
            high=("price", "max"), spread=("price", "std", 0), var=("price", "var"), middle=("price", "median"),
            top=("price", "quantile", 0.9), kinds=("day", "nunique"), first=("note", "first"), r=("price", "corr", "pieces"),
        )
        self.assertEqual(found["customer"].to_list(), ["AA", "UA", None])
        self.assertEqual(found["total"].to_list(), [decimal.Decimal("4.00"), decimal.Decimal("12.30"), decimal.Decimal("9.99")])
        self.assertEqual(found["spread"].to_list(), [0, 0, 0])
        self.assertEqual(self.orders.group_by(["customer", "day"], drop_nulls=True).agg(n="size").shape, (2, 3))
        self.assertEqual(self.orders.group_by("customer").agg().columns, ["customer"])
        wide = self.orders.pivot("customer", "day", ("price", "sum"))
        self.assertEqual(wide.columns, ["customer", "2024-01-31", "2024-02-01", "2024-02-29", "null"])
        self.assertEqual(self.orders.select("order", "pieces").unpivot("order").shape, (4, 3))

    def test_parts_put_together(self):
        months = [self.orders.filter("month(day) = 1"), self.orders.filter("month(day) = 2")]
        both = memory_diet.concat(months)
        self.assertEqual(both["order"].to_list(), [1, 2, 4])
        more = memory_diet.concat([both, self.orders.drop("note")], fill_missing=True)
        self.assertEqual(more["note"].null_count, 2 + 4)
        customers = memory_diet.lean(polars.DataFrame({"id": ["UA", "ZZ"], "name": ["United", "?"]}))
        joined = self.orders.join(customers, {"customer": "id"}, how="left")
        self.assertEqual(joined["name"].to_list(), ["United", None, "United", None])
        self.assertEqual(self.orders.sample(2, seed=5).equals(self.orders.sample(2, seed=5)), True)

    def test_from_several_threads(self):
        table = memory_diet.lean(pandas.DataFrame({"k": numpy.arange(100_000) % 97, "v": range(100_000)}))
        wanted, answers = table.group_by("k").agg(total=("v", "sum")), []

        def work():
            for _ in range(3):
                same = table.group_by("k").agg(total=("v", "sum")).equals(wanted)
                answers.append(same and table.filter("v > 5")["v"].count() == 99_994)

        threads = [threading.Thread(target=work) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers, [True] * 15)

    def test_everything_is_given_back(self):
        before = memory_diet.live_object_count()
        table = self.orders.filter("pieces > 1")
        column = table.evaluate("price * 2")
        del table
        self.assertEqual(column.count(), 1)
        stream = polars.Series(column)
        del column
        for bad in ("nothing > 1", "price >", "note + 1"):
            with self.assertRaises(memory_diet.OptionError):
                self.orders.filter(bad)
        del stream
        self.assertEqual(memory_diet.live_object_count(), before)


class EmptyTests(TableTestCase):
    def test_no_rows(self):
        table = memory_diet.read_csv(io.StringIO("n,s\n1,a\n")).filter("n > 1")
        self.assertEqual((table.shape, list(table.rows()), list(table.batches())), ((0, 2), [], []))
        self.assertEqual(table["n"].sum(), 0)
        for question in ("mean", "min", "max", "std", "median", "argmin"):
            self.assertIsNone(getattr(table["n"], question)(), question)
        self.assertEqual(table.group_by("s").agg(n="size", total=("n", "sum"), mean=("n", "mean")).shape, (0, 4))
        for other in (table.sort_by("n"), table.join(table, "n", "full"), table.head(), table.with_columns(m="n + 1"), table.sample(3)):
            self.assertEqual(len(other), 0)
        self.assertEqual(table["s"].unique().to_list(), [])
        self.assertEqual(table["s"].value_counts().columns, ["s", "count"])
        self.assertEqual(table.to_pandas().shape, (0, 2))
        for suffix in ("csv", "parquet", "arrow"):
            path = self.path(f"empty.{suffix}")
            table.write(path)
            table.verify(path)

    def test_no_columns(self):
        for table in (memory_diet.read_csv(io.StringIO("")), memory_diet.read_csv(io.StringIO("a\n1\n")).select()):
            self.assertEqual(table.columns, [])
            self.assertEqual((table.schema, table.filter("true").columns), ({}, []))
            with self.assertRaisesRegex(memory_diet.OptionError, "there is none, nor any other"):
                table["a"]


class FileTests(OrdersTestCase):
    def test_written_and_verified(self):
        for suffix in ("csv", "parquet", "arrow", "arrows", "feather"):
            path = self.path(f"orders.{suffix}")
            self.orders.write(path)
            self.orders.verify(path)
            for other, words in [
                (self.orders.head(3), "rows"), (self.orders.with_columns(pieces="pieces + 1"), "column `pieces`, row 1: it has 3, the table 4"),
            ]:
                with self.assertRaisesRegex(memory_diet.InputError, words):
                    other.verify(path)
        self.orders.write(self.path("small.arrow"), compression="zstd")
        self.assertEqual(polars.read_parquet(self.path("orders.parquet"))["order"].to_list(), [1, 2, 3, 4])
        for path, kind, words in [
            ("orders.xlsx", memory_diet.OptionError, "it ends in .arrow, .feather, .arrows, .parquet or .csv"),
            ("no/orders.csv", OSError, "folder does not exist"), ("a\0.csv", ValueError, "zero byte"),
        ]:
            with self.assertRaisesRegex(kind, words):
                self.orders.write(self.path(path))
        with self.assertRaises(FileNotFoundError):
            self.orders.verify(self.path("none.parquet"))
        with self.assertRaisesRegex(memory_diet.OptionError, "not compressed by `zstd`"):
            self.orders.write(self.path("a.csv"), compression="zstd")
        self.assertFalse(os.path.exists(self.path("a.csv")))

    def test_plans(self):
        plan = self.orders.plan()
        self.assertTrue(self.orders.apply_plan(plan).equals(self.orders))
        path = self.file("february.csv", ORDERS.replace("2024-01-31", "2024-02-02"))
        february = memory_diet.read_csv_part(path, (0, os.path.getsize(path)), plan=plan)
        self.assertEqual(february.schema, self.orders.schema)
        wide = memory_diet.lean(pandas.DataFrame({"n": [1, 2, 300]}))
        doubled = wide.evaluate("n * 1000 - n * 999", name="n")
        lean = doubled._table.apply_plan()
        self.assertLessEqual(lean.nbytes, doubled.nbytes)
        self.assertTrue(lean.equals(wide))
        with self.assertRaisesRegex(memory_diet.InputError, "row 3, column `n`: a value does not fit"):
            wide.apply_plan(wide.head(2).plan())
        for bad in ({}, {"columns": [{}]}, {"version": 9, "columns": []}, {**plan, "columns": [{"name": 1}]}):
            with self.assertRaisesRegex(ValueError, "^plan: "):
                wide.apply_plan(bad)
        with self.assertRaisesRegex(TypeError, "int is no plan"):
            wide.apply_plan(7)


class PandasTests(TableTestCase):
    """What a frame of pandas has beside its columns, where its rows are others."""

    def test_index(self):
        frame = pandas.DataFrame({"v": [1, 2, 3, 4]}, index=pandas.date_range("2024", periods=4, name="when"))
        frame.attrs = {"source": "a"}
        table = memory_diet.lean(frame)
        for found, expected in [
            (table.filter("v > 2"), frame[frame.v > 2]), (table.sort_by(("v", "descending")), frame.sort_values("v", ascending=False)),
            (table.head(2), frame.head(2)),
        ]:
            found = found.to_pandas()
            self.assertEqual(found.index.tolist(), expected.index.tolist())
            self.assertEqual((found.index.name, found.attrs), ("when", frame.attrs))
        self.assertEqual(table.with_columns(w="v + 1").to_pandas().index.freq, frame.index.freq)
        moved = table.with_columns(when="where(v = 2, null, when)")
        self.assertIsNone(moved.to_pandas().index.freq)
        numbered = memory_diet.lean(pandas.DataFrame({"v": [1, 2, 3]}, index=pandas.RangeIndex(10, 13, name='r}"x')))
        self.assertEqual(numbered.with_columns(w="v").to_pandas().index.tolist(), [10, 11, 12])
        # Rows that moved have no numbers of their own.
        self.assertEqual(numbered.sort_by(("v", "descending")).to_pandas().index.tolist(), [0, 1, 2])
        self.assertEqual(memory_diet.lean(pandas.DataFrame({0: [1, 2]})).filter("`0` > 1").to_pandas().columns.tolist(), [0])


if __name__ == "__main__":
    unittest.main()
