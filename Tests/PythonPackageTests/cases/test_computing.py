"""What is computed of lean columns is what pandas and polars compute of the plain ones, whatever is in them."""

import datetime
import decimal
import math
import random
import unittest

import memory_diet
import pandas
import polars
from tables import UTC, TableTestCase, same

ROWS = 400
EPOCH = datetime.datetime(2024, 1, 1)


def kinds():
    """Columns by name: of every kind that is stored otherwise, with nulls and without."""
    generator = random.Random(11)
    choose = generator.choice

    def some(make, nulls=0.15):
        return [None if generator.random() < nulls else make() for _ in range(ROWS)]

    return {
        "small": some(lambda: generator.randrange(-5, 6)),
        "big": some(lambda: choose([2**62, 2**62 + 1, -(2**62)]), 0),
        "unsigned": some(lambda: choose([2**64 - 1, 2**63, 7])),
        "sequence": list(range(100, 100 + ROWS)),
        "constant": [3] * ROWS,
        "price": some(lambda: decimal.Decimal(generator.randrange(-500, 500)) / 100),
        "cents": some(lambda: decimal.Decimal(generator.randrange(0, 50)) / 100, 0),
        "float": some(lambda: choose([-0.5, 0.25, 1e300, 2.0**-40, 7.0])),
        "not a number": some(lambda: choose([math.nan, 1.5, -2.5, math.inf])),
        "flag": some(lambda: generator.random() < 0.5),
        "day": some(lambda: datetime.date(1960, 1, 1) + datetime.timedelta(generator.randrange(40))),
        "instant": some(lambda: (EPOCH + datetime.timedelta(seconds=generator.randrange(50))).replace(tzinfo=UTC)),
        "clock": some(lambda: EPOCH + datetime.timedelta(milliseconds=generator.randrange(50))),
        "span": some(lambda: datetime.timedelta(milliseconds=generator.randrange(-3000, 3000, 100))),
        "time": some(lambda: (EPOCH + datetime.timedelta(minutes=generator.randrange(60))).time()),
        "word": some(lambda: choose(["", "UA", "AA", "ß", "o'b", "日本"])),
        "text": some(lambda: "".join(generator.choices("ab c", k=generator.randrange(4)))),
        "nothing": [None] * ROWS,
    }


COLUMNS = kinds()
NUMBERS = ["small", "big", "unsigned", "sequence", "constant", "price", "cents", "float", "not a number", "flag", "span"]
ORDERED = [name for name in COLUMNS if name not in ("nothing",)]
# polars' own sums are of 64 bits, and its decimals are floats in means.
WIDE = ("big", "unsigned")


def plain():
    types = {"unsigned": polars.UInt64, "price": polars.Decimal(10, 2), "cents": polars.Decimal(10, 2)}
    return polars.DataFrame({name: polars.Series(name, values, dtype=types.get(name)) for name, values in COLUMNS.items()})


def close(a, b):
    """Numbers to the last digits, everything else to the bit."""
    if isinstance(a, float) and isinstance(b, float) and not (math.isnan(a) or math.isnan(b) or math.isinf(a)):
        return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12)
    return same(a, b)


def key(value):
    """Where a value stands: nulls last, NaN before them."""
    is_nan = isinstance(value, float) and math.isnan(value)
    return (value is None, is_nan, b"" if value is None or is_nan else value.encode() if isinstance(value, str) else value)


class LawTests(TableTestCase):
    @classmethod
    def setUpClass(cls):
        cls.frame = plain().with_row_index("row")
        cls.table = memory_diet.lean(cls.frame)
        cls.truth = {"row": list(range(ROWS)), **COLUMNS}

    @classmethod
    def tearDownClass(cls):
        # Other tests count what is alive.
        del cls.table, cls.frame

    def assertValues(self, found, expected, message):
        self.assertEqual(len(found), len(expected), message)
        for row, (a, b) in enumerate(zip(found, expected)):
            self.assertTrue(close(a, b), f"{message}, row {row}: {a!r}, not {b!r}")

    def assertTable(self, table, frame, message):
        self.assertEqual(table.columns, frame.columns, message)
        self.assertEqual(table.shape, frame.shape, message)
        for name in frame.columns:
            self.assertValues(table[name].to_list(), frame[name].to_list(), f"{message}: {name}")

    def test_values_come_back(self):
        for name, values in self.truth.items():
            self.assertSameValues(self.table[name].to_list(), values, name)
            self.assertSameValues([row[name] for row in self.table.rows()], values, name)
            for row in (0, 7, -1):
                self.assertTrue(same(self.table[name][row], values[row]), name)

    def test_amounts(self):
        for name in NUMBERS:
            column, series = self.table[name], self.frame[name]
            values = [value for value in COLUMNS[name] if value is not None]
            if name == "span":
                self.assertEqual(column.sum(), sum(values, datetime.timedelta()))
                for kind in ("mean", "median"):
                    self.assertLess(abs(getattr(column, kind)() - getattr(series, kind)()), datetime.timedelta(milliseconds=1))
                continue
            if isinstance(values[0], (int, decimal.Decimal)):
                exact = column.sum()
                self.assertEqual((exact, type(exact)), (sum(values), type(sum(values))), name)
            else:
                self.assertTrue(close(column.sum(), series.sum()), name)
            floats = polars.Series([float(value) for value in values])
            for kind in ("mean", "median", "std", "var"):
                found, expected = getattr(column, kind)(), getattr(floats, kind)()
                if name == "not a number":
                    self.assertTrue(math.isnan(found), f"{name}.{kind}")
                    # pandas takes NaN for missing.
                    expected = getattr(pandas.Series(values), kind)()
                    found = getattr(column, kind)(skip_nan=True)
                if name in WIDE and kind in ("std", "var"):
                    self.assertAlmostEqual(found / expected, 1, 9, f"{name}.{kind}")
                else:
                    self.assertTrue(close(found, float(expected)), f"{name}.{kind}: {found!r}, not {expected!r}")
            for ddof in (0, 1):
                if name not in (*WIDE, "not a number"):
                    self.assertTrue(close(column.std(ddof), floats.std(ddof)), name)
            for q in (0, 0.1, 0.5, 0.9, 1):
                if name != "not a number":
                    self.assertTrue(close(column.quantile(q), floats.quantile(q, "linear")), f"{name} {q}")
                    if name != "flag":
                        ordered = sorted(values)
                        self.assertIn(column.quantile(q, "nearest"), ordered)
                        self.assertEqual(column.quantile(q, "lower"), ordered[math.floor(q * (len(ordered) - 1))])

    def test_order_and_counts(self):
        for name in COLUMNS:
            column, values = self.table[name], [value for value in COLUMNS[name] if value is not None]
            self.assertEqual(column.count(), len(values), name)
            self.assertEqual(column.null_count, ROWS - len(values), name)
            self.assertEqual(column.nunique(), self.frame[name].drop_nulls().n_unique(), name)
            numbers = [value for value in values if value == value]
            least, greatest = (min(numbers, key=key), max(numbers, key=key)) if numbers else (None, None)
            self.assertTrue(same(column.min(), least), name)
            self.assertTrue(same(column.max(), greatest), name)
            self.assertValues(column.unique().to_list(), self.frame[name].unique(maintain_order=True).to_list(), name)
            counts = column.value_counts()
            # NaN is a value here; to pandas it is missing.
            expected = pandas.Series(values, dtype=None if name == "not a number" else object)
            pandas_counts = expected.value_counts(dropna=name != "not a number")
            self.assertEqual(sorted(counts["count"].to_list()), sorted(pandas_counts.tolist()), name)

    def test_parts(self):
        for rows in (0, 1, 5, ROWS, ROWS + 9, -3, -ROWS, -ROWS - 1):
            self.assertTable(self.table.head(rows), self.frame.head(rows), f"head {rows}")
            self.assertTable(self.table.tail(rows), self.frame.tail(rows), f"tail {rows}")
        for part in (slice(3, 9), slice(-5, None), slice(None, -390), slice(9, 3), slice(1000, 2000)):
            self.assertTable(self.table[part], self.frame[part], f"{part}")
        batches = list(self.table.batches(150))
        self.assertEqual([len(batch) for batch in batches], [150, 150, 100])
        self.assertTable(memory_diet.concat(batches), self.frame, "batches")

    def test_filters(self):
        for name in ORDERED:
            values = COLUMNS[name]
            constant = next(value for value in values if value is not None and value == value)
            for sign, holds in [
                ("==", lambda a, b: a == b), ("!=", lambda a, b: a != b), ("<", lambda a, b: a < b), (">=", lambda a, b: a >= b),
            ]:
                if name == "flag" and sign not in ("==", "!="):
                    continue
                kept = [row for row, value in enumerate(values) if value is not None and holds(value, constant)]
                condition = f"`{name}` {sign} {memory_diet.literal(constant)}"
                self.assertEqual(self.table.filter(condition)["row"].to_list(), kept, condition)
            nulls = self.table.filter(f"`{name}` is null")
            self.assertTable(nulls, self.frame.filter(polars.col(name).is_null()), name)

    def test_orders(self):
        for name in COLUMNS:
            for descending in (False, True):
                for nulls_last in (True, False):
                    expected = self.frame.sort(name, descending=descending, nulls_last=nulls_last, maintain_order=True)
                    order = "descending" if descending else "ascending"
                    found = self.table.sort_by((name, order), nulls_first=not nulls_last)
                    self.assertEqual(found["row"].to_list(), expected["row"].to_list(), f"{name} {order} {nulls_last}")
        found = self.table.sort_by("word", ("small", "descending"), "row")
        expected = self.frame.sort("word", "small", "row", descending=[False, True, False], nulls_last=True)
        self.assertTable(found, expected, "three keys")

    def test_groups(self):
        for name in COLUMNS:
            found = self.table.group_by(name).agg(
                n="size", known=("small", "count"), total=("small", "sum"), money=("cents", "sum"), mean=("float", "mean"),
                least=("day", "min"), last=("text", "last"), kinds=("word", "nunique"), middle=("small", "median"),
                spread=("sequence", "std"), any=("flag", "any"),
            )
            expected = self.frame.group_by(name).agg(
                n=polars.len().cast(polars.Int64), known=polars.col("small").count().cast(polars.Int64),
                total=polars.col("small").sum(), money=polars.col("cents").sum(), mean=polars.col("float").mean(),
                least=polars.col("day").min(), last=polars.col("text").last(),
                kinds=polars.col("word").drop_nulls().n_unique().cast(polars.Int64), middle=polars.col("small").median(),
                spread=polars.col("sequence").std(), any=polars.col("flag").any(),
            ).sort(name, nulls_last=True)
            expected = expected.with_columns(last=_lasts(self.frame, name, expected))
            self.assertTable(found, expected, name)
            dropped = self.table.group_by(name, drop_nulls=True).agg(n="size")
            grouped = self.frame.select(name, "row").to_pandas().groupby(name, dropna=True).size()
            if name != "not a number":
                self.assertEqual(sorted(dropped["n"].to_list()), sorted(grouped.tolist()), name)

    def test_joins(self):
        other = self.frame.sample(120, seed=3, with_replacement=True)
        for name in COLUMNS:
            if name in ("nothing", "not a number"):
                continue
            right = other.select(name, other["row"].alias("there")).unique(subset=name, maintain_order=True)
            lean = memory_diet.lean(right)
            for how in ("inner", "left", "semi", "anti"):
                order = {"maintain_order": "left"} if how in ("inner", "left") else {}
                expected = self.frame.select("row", name).join(right, on=name, how=how, **order).sort("row")
                self.assertTable(self.table.select("row", name).join(lean, name, how), expected, f"{name} {how}")
            expected = self.frame.select("row", name).join(right, on=name, how="full", coalesce=True)
            found = self.table.select("row", name).join(lean, on={name: name}, how="full")
            self.assertTable(found.sort_by("row", "there"), expected.sort("row", "there", nulls_last=True), f"{name} full")

    def test_expressions(self):
        found = self.table.with_columns(a="small * 2", b="coalesce(price, 0) + 1", c="day + 1", d="word = 'UA'", e="length(text)")
        expected = self.frame.with_columns(
            a=polars.col("small") * 2, b=polars.col("price").fill_null(0) + 1, c=polars.col("day").dt.offset_by("1d"),
            d=polars.col("word") == "UA", e=polars.col("text").str.len_chars().cast(polars.Int64),
        )
        self.assertTable(found, expected, "expressions")
        self.assertEqual(self.table.evaluate("big * 1").sum(), sum(COLUMNS["big"]))
        self.assertEqual(self.table.evaluate("price * cents", name="x").type, "decimal(4)")

    def test_a_few_columns_are_handed_over(self):
        names = ["price", "word"]
        self.assertEqual(self.table.to_polars(columns=names).columns, names)
        self.assertEqual(list(self.table.to_pandas(columns=names).columns), names)
        self.assertEqual(self.table.to_arrow(columns=names).column_names, names)
        self.assertEqual(self.table["day"].to_polars().to_list(), COLUMNS["day"])
        self.assertEqual(self.table["small"].to_pandas().count(), self.table["small"].count())
        self.assertEqual(polars.Series(self.table["small"]).to_list(), COLUMNS["small"])


def _lasts(frame, name, groups):
    """The last text of each group that is no null."""
    known = frame.filter(polars.col("text").is_not_null()).group_by(name).agg(last=polars.col("text").last())
    return groups.select(name).join(known, on=name, how="left", nulls_equal=True, maintain_order="left")["last"]


if __name__ == "__main__":
    unittest.main()
