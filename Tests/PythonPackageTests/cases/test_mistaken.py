"""A Table taken for a frame, a frame taken for a file: the words say what there is instead."""

import datetime
import io
import unittest

import memory_diet
import numpy
import pandas
import polars
import pyarrow
from tables import TableTestCase


class MistakenTests(TableTestCase):
    def refused(self, kind, words, call):
        with self.assertRaisesRegex(kind, words):
            call()

    def test_a_table_is_no_frame(self):
        table = memory_diet.lean(pandas.DataFrame({"id": [1, 2], "ß": ["x", None]}))
        self.assertEqual(table.columns, ["id", "ß"])
        for kind, call in [
            (TypeError, lambda: numpy.asarray(table)), (TypeError, lambda: pandas.DataFrame(table)),
            (TypeError, lambda: table[0]), (TypeError, lambda: list(table)), (TypeError, lambda: table[table.to_pandas()["id"] > 1]),
            (AttributeError, lambda: table.explode()), (AttributeError, lambda: table["id"].explode()),
        ]:
            self.refused(kind, r"`to_pandas\(\)`", call)
        self.assertFalse(hasattr(table, "__array_interface__"))
        # Who knows Arrow's interface takes it as before.
        for frame in (polars.DataFrame(table), pyarrow.table(table), pandas.DataFrame.from_arrow(table)):
            self.assertEqual(frame.shape, (2, 2))

    def test_which_of_several_tables_is_meant(self):
        january = memory_diet.lean(pandas.DataFrame({"id": [1, 2], "word": ["x", None]}))
        february = memory_diet.lean(pandas.DataFrame({"id": ["a", "b"], "word": ["x", "y"]}))
        march = memory_diet.lean(pandas.DataFrame({"id": [3], "price": [2.5]}))
        for words, call in [
            ("'word': number 3 of the tables has none; there are id, price",
             lambda: memory_diet.concat([january, january, march])),
            ("'id': values of type string, in number 2, do not go behind those of type integer",
             lambda: memory_diet.concat([january, february])),
            ("no column 'word' in the right table; there are id, price", lambda: january.join(march, on="word")),
            ("no column 'price' in the left table; there are id, word", lambda: january.join(march, on="price")),
            ("on the left it is integer, on the right string; cast one", lambda: january.join(february, on="id")),
        ]:
            self.refused(memory_diet.OptionError, words, call)

    def test_policies_and_plans_of_readers(self):
        path = self.path("a.csv")
        with open(path, "w") as file:
            file.write("a\n1\n")
        for value in (3, ["packed"], True):
            self.refused(
                memory_diet.OptionError, "policy: the value is not fast, packed or smallest",
                lambda: memory_diet.read_csv(path, policy=value))
        self.refused(TypeError, r"`read_csv\(…\).apply_plan\(plan\)`", lambda: memory_diet.read_csv(path, plan="p.json"))

    def test_words_of_other_libraries(self):
        table = memory_diet.lean(pandas.DataFrame({"order id": [1, 2], "price": [2.5, None], "word": ["x", None]}))
        price = table["price"]
        for kind, words, call in [
            (memory_diet.OptionError, "there are order id, price, word; did you mean 'price'", lambda: table["prise"]),
            (memory_diet.OptionError, "'pric'; there are .* did you mean 'price'.*\n  pric > 1\n  \^\^\^\^", lambda: table.filter("pric > 1")),
            (memory_diet.OptionError, "did you mean 'order id'", lambda: table.group_by("order_id")),
            (memory_diet.OptionError, "did you mean 'word'", lambda: table.group_by("word").agg(n=("wrod", "count"))),
            (memory_diet.OptionError, "did you mean 'word'", lambda: table.sort_by("Word")),
            (memory_diet.OptionError, "did you mean 'word'", lambda: table.join(table, "wrd")),
            (memory_diet.OptionError, "did you mean 'word'", lambda: table.rename({"words": "a"})),
            (memory_diet.OptionError, "there is no sum of type string", lambda: table["word"].sum()),
            (memory_diet.OptionError, "there is no '>' of text and integer; a text stands in quotes", lambda: table.filter("word > 3")),
            (memory_diet.OptionError, "a number stands without quotes", lambda: table.filter("price == '3'")),
            (TypeError, r"sort_by\(\) takes no 'ascending': an order stands beside its column", lambda: table.sort_by("price", ascending=False)),
            (TypeError, r"Table\.join\(\) got an unexpected", lambda: table.join(table, left="price")),
            (memory_diet.OptionError, "a condition is expected", lambda: table.filter("price")),
            (memory_diet.OptionError, "more than 250 levels", lambda: table.filter("(" * 100_000)),
            (memory_diet.OptionError, "say how='full'", lambda: table.join(table, "word", how="outer")),
            (memory_diet.OptionError, "did you mean 'left'", lambda: table.join(table, "word", how="lefft")),
            (memory_diet.OptionError, "say 'mean'", lambda: table.group_by("word").agg(m=("price", "avg"))),
            (memory_diet.OptionError, "did you mean 'sum'", lambda: table.group_by("word").agg(m=("price", "smu"))),
            (memory_diet.OptionError, "two columns 'word'; give one another name", lambda: table.group_by("word").agg(word="size")),
            (memory_diet.OptionError, "m=\('column', 'sum'\)", lambda: table.group_by("word").agg(m="sum")),
            (memory_diet.OptionError, "quantile takes a fraction", lambda: table.group_by("word").agg(m=("price", "quantile"))),
            (memory_diet.OptionError, "fraction from 0 to 1, not 90", lambda: price.quantile(90)),
            (memory_diet.OptionError, "expected linear, lower", lambda: price.quantile(0.5, "midpoint")),
            (memory_diet.OptionError, "half a character", lambda: table.filter("word = '\ud800'")),
            (memory_diet.InputError, "in row 1 is no integer", lambda: table["word"].cast("integer")),
            (TypeError, "aggregations have names", lambda: table.group_by("word").agg({"price": "sum"})),
            (TypeError, "by their names, not by an expression of polars", lambda: table.select(polars.col("price"))),
            (TypeError, "a condition is text", lambda: table.filter(polars.col("price") > 1)),
            (TypeError, r"`table.filter\(\"price > 9\"\)`", lambda: table.filter(price > 1)),
            (TypeError, r"`table.evaluate\(\"price \* 2\"\)`", lambda: price * 2),
            (TypeError, "`memory_diet.lean", lambda: table.join(table.to_pandas(), "word")),
            (TypeError, "takes the columns to group by", lambda: table.group_by()),
            (TypeError, "a slice has no step", lambda: table[::2]),
            (TypeError, "whole number, not 'a'", lambda: table.head("a")),
            (IndexError, "no row 9", lambda: price[9]),
            (AttributeError, "there is `group_by`", lambda: table.groupby("word")),
            (AttributeError, "there is `sort_by`", lambda: table.sort_values("word")),
            (AttributeError, "did you mean `filter`", lambda: table.filtr("word")),
            (AttributeError, r"the column is table\['word'\]", lambda: table.word),
            (AttributeError, "`agg", lambda: table.group_by("word").mean()),
        ]:
            self.refused(kind, words, call)
        self.assertEqual(table.filter("`order id` = 2").shape, (1, 3))
        for value in ("o'b", '"', "`", "\\", "\0", "日本"):
            lean = memory_diet.lean(polars.DataFrame({"w": [value, "x"]}))
            self.assertEqual(lean.filter(f"w = {memory_diet.literal(value)}")["w"].to_list(), [value])

    def test_a_frame_is_no_file(self):
        frame = pandas.DataFrame({"a": [1]})
        for source in (frame, [frame], polars.DataFrame(frame.to_dict("list"))):
            self.refused(TypeError, "in memory already: `lean`", lambda: memory_diet.read_csv(source))
        lazy = polars.LazyFrame({"a": [1]})
        for function in (memory_diet.read_csv, memory_diet.lean, memory_diet.analyze, memory_diet.why):
            self.refused(TypeError, r"not computed yet: `collect\(\)` it first", lambda: function(lazy))

    def test_options(self):
        path = self.file("a.csv", "a,b\n1,2\n")
        for kind, words, options in [
            (TypeError, "names of columns for 'columns', not a function", {"usecols": lambda name: True}),
            (ValueError, "^columns: 0 is no name; .* not their places", {"usecols": [0, 1]}),
            (ValueError, "^drop: 1 is no name", {"drop": numpy.array([1])}),
            (ValueError, "^categories: the value is not all, text or none", {"categories": True}),
            (ValueError, "^type: <class 'str'> for 'a' is not text", {"type": {"a": str}}),
            (ValueError, "^encoding: a object is no value of it", {"encoding": object()}),
        ]:
            self.refused(kind, words, lambda: memory_diet.read_csv(path, **options))
        for names in (pandas.Index(["b"]), numpy.array(["b"]), {"b"}):
            self.assertEqual(memory_diet.read_csv(path, columns=names).columns, ["b"])
        self.assertEqual(memory_diet.read_csv(path, header=False, skip=numpy.int64(1)).shape, (1, 2))

    def test_streams_at_their_end(self):
        for stream in (io.BytesIO(b"a\n1\n"), io.StringIO("a\n1\n")):
            stream.read()
            self.refused(memory_diet.InputError, r"to its end already; `seek\(0\)`", lambda: memory_diet.read_csv(stream))
            stream.seek(0)
            self.assertEqual(memory_diet.read_csv(stream).shape, (1, 1))
        for empty in (io.BytesIO(), self.file("empty.csv", "")):
            table = memory_diet.read_csv(empty)
            self.assertEqual((table.shape, table.columns), ((0, 0), []))
            self.assertEqual(table.notes, ["there is no table in the input: it has no rows and no columns"])
        self.assertEqual(memory_diet.read_csv(self.file("a.csv", "a\n"), drop=["a"]).notes, [])

    def test_integers_beyond_64_bits(self):
        frame = pandas.DataFrame({"x": [1, 2], "big": [10**25, 1]}, dtype=object)
        words = r"column `big`: it has integers beyond 64 bits; make them text"
        self.refused(memory_diet.InputError, words, lambda: memory_diet.lean(frame))
        frame["big"] = frame["big"].astype("str")
        self.assertEqual(memory_diet.lean(frame).to_arrow()["big"].to_pylist(), [str(10**25), "1"])
        for kind, name in [(polars.Int128, "Int128"), (polars.UInt128, "UInt128")]:
            wide = polars.DataFrame({"a": [1]}, schema={"a": kind})
            for function in (memory_diet.lean, memory_diet.analyze, memory_diet.why):
                self.refused(memory_diet.InputError, f"column `a`.* the type {name} cannot", lambda: function(wide))
            cast = wide.select(polars.col("a").cast(polars.String))
            self.assertEqual(memory_diet.lean(cast).shape, (1, 1))


class BesideColumnsTests(TableTestCase):
    """What a frame of pandas has beside its columns."""

    def test_attributes_and_frequency(self):
        for index in (pandas.date_range("2024", periods=3, freq="D"), pandas.timedelta_range("1h", periods=3, freq="h")):
            frame = pandas.DataFrame({"v": [1, 2, 3]}, index=index)
            frame.attrs = {"source": ["a"]}
            after = memory_diet.lean(frame).to_pandas()
            self.assertEqual(after.attrs, {"source": ["a"]})
            self.assertEqual(after.index.freq, index.freq)
            after.attrs["source"].append("b")
            self.assertEqual(frame.attrs, {"source": ["a"]})
            report = memory_diet.report_on_dataframe(frame)
            self.assertEqual(memory_diet.optimize_dtypes(frame, report).attrs, frame.attrs)
        # Without the index there is nothing to have a frequency.
        frame = pandas.DataFrame({"v": [1, 2, 3]}, index=pandas.date_range("2024", periods=3, freq="D"))
        self.assertEqual(memory_diet.lean(frame, columns=["v"]).to_pandas().shape, (3, 1))

    def test_two_columns_of_one_name(self):
        rows = 1000
        frame = pandas.concat([pandas.Series(range(rows)), pandas.Series(["x"] * rows), pandas.Series([1.0, None] * (rows // 2))], axis=1)
        frame.columns = ["a", "a", "a"]
        after = memory_diet.optimize_dtypes(frame, memory_diet.report_on_dataframe(frame))
        self.assertEqual([str(kind) for kind in after.dtypes], ["int16", "category", "Int8"])

    def test_what_grows_is_said(self):
        days = [datetime.date(2024, 1, 1 + row % 5) for row in range(2000)]
        frame = pandas.DataFrame({
            "day": pandas.Categorical(days), "half": numpy.arange(2000, dtype="float16"), "n": range(2000),
            "word": pandas.Categorical(["a", "b"] * 1000), "text": [f"text {row}" for row in range(2000)],
            "maybe": [None, "x", "y", "z"] * 500,
        })
        table = memory_diet.lean(frame)
        notes = [note for note in table.notes if note.startswith("larger")]
        narrow = table.to_pandas()
        sizes = {
            name: f"{frame[name].memory_usage(index=False, deep=True):,} → {narrow[name].memory_usage(index=False, deep=True):,} bytes"
            for name in ("day", "half")
        }
        self.assertEqual(notes, [
            f"larger in pandas than before: day ({sizes['day']}), half ({sizes['half']}). Keep a column as it was by"
            ' `narrow["c"] = frame["c"]`'
        ])
        narrow["half"] = frame["half"]
        self.assertEqual(str(narrow["half"].dtype), "float16")
        self.assertEqual([note for note in memory_diet.lean(frame[["n", "word", "text", "maybe"]]).notes if "larger" in note], [])
        # Small frames, too.
        self.assertEqual([note for note in memory_diet.lean(frame[["n", "text", "maybe"]].head(3)).notes if "larger" in note], [])

    def test_functions_of_numpy_have_few_digits_on_int8(self):
        # As `docs/python.md` says.
        frame = pandas.DataFrame({"n": [4.0, None, 6.0] * 400})
        after = memory_diet.optimize_dtypes(frame, memory_diet.report_on_dataframe(frame))["n"]
        self.assertEqual(str(after.dtype), "Int8")
        self.assertNotEqual(numpy.log1p(after)[0], numpy.log1p(4.0))
        self.assertEqual(numpy.log1p(after.astype("Float64"))[0], numpy.log1p(4.0))


if __name__ == "__main__":
    unittest.main()
