"""Spark: what `read_csv` does with the same files, in types of Spark's."""

import datetime
import decimal
import gzip
import io
import re
import json
import os
import pickle
import unittest
import warnings

import memory_diet
import tables
from spark_case import PythonException, SparkTestCase
from tables import lines

TYPES = {
    "small": "tinyint", "small with nulls": "tinyint", "beyond 2^53 with nulls": "bigint", "uint64": "decimal(20,0)",
    "sequence": "int", "near a base": "bigint", "constant": "tinyint", "price": "decimal(10,2)",
    "many digits": "decimal(18,9)", "float": "double", "float32": "double", "flag": "boolean", "day": "date",
    "day with nulls": "date", "time": "int", "instant": "timestamp", "clock": "timestamp_ntz", "zip": "string",
    "country": "string", "categories": "string", "empty or missing": "string", "free": "string", "uuid": "string",
    "ipv4": "string", "letter": "string", "one text": "string", "nothing": "void", "a,\"quoted\"\nname": "smallint",
}


class Values(SparkTestCase):
    def test_every_kind_of_column(self):
        columns = tables.torture(200)
        path = tables.write_csv(self.path("torture.csv"), columns)
        frame = self.read(path, blocksize=7_000, unsigned=True)
        self.assertGreater(frame.rdd.getNumPartitions(), 5)
        self.assertEqual(dict(frame.dtypes), TYPES)
        found = frame.toArrow()
        for name, values in columns.items():
            if name == "time":
                values = [(one.hour * 60 + one.minute) * 60 + one.second for one in values]
            if name in ("uint64", "price"):
                values = [decimal.Decimal(one) for one in values]
            self.assertSameValues(found[name].to_pylist(), values, name)

    def test_what_spark_has_no_type_for(self):
        path = self.file(
            "a.csv",
            "time,span,nano,price,far\n10:00:00.5,100:00:01,2024-01-01 00:00:00.123456789,1.25,9999-12-31T23:59:59\n"
            "11:00:00,-20:00:00,2024-01-01 00:00:00.1,3.5,0001-01-01T00:00:00\n",
        )
        with self.assertWarns(memory_diet.NoteWarning) as caught:
            frame = self.read(path)
        said = [str(one.message) for one in caught.warnings]
        self.assertEqual(caught.filename, os.path.join(os.path.dirname(__file__), "spark_case.py"))
        for words in (
            "`time` is int, milliseconds since midnight", "`span` is bigint, seconds:",
            "`nano` is bigint, nanoseconds since 1970",
        ):
            self.assertEqual(sum(words in one for one in said), 1, said)
        first = frame.toArrow().to_pylist()[0]
        self.assertEqual(first["time"], 36_000_500)
        self.assertEqual(first["span"], 360_001)
        self.assertEqual(first["nano"], 1_704_067_200_123_456_789)
        self.assertEqual(first["price"], decimal.Decimal("1.25"))
        self.assertEqual(first["far"], datetime.datetime(9999, 12, 31, 23, 59, 59))

    def test_borders_within_quotes(self):
        rows = [(row, f"first \"line\" {row}\nsecond, line\n\n{'x' * (row % 50)}", "z" * (row % 3)) for row in range(60)]
        path = tables.write_csv(self.path("a.csv"), dict(zip(("n", "text", "short"), map(list, zip(*rows)))))
        # Parts of fewer bytes than a record: most of them have no row.
        for blocksize in (25, 700):
            frame = self.assertSameRows(path, blocksize=blocksize)
            self.assertEqual(frame.count(), 60)
            self.assertEqual([tuple(row) for row in frame.collect()], rows)
        self.assertEqual(memory_diet.spark.profile(self.spark, path, blocksize=100), memory_diet.profile(path))

    def test_types_are_those_of_all_rows(self):
        path = self.file("a.csv", "n,d,w\n" + "1,2024-01-01,\n" * 500 + "70000,2024-01-02,x\n" + ",,\n")
        frame = self.read(path, blocksize=400)
        self.assertEqual(frame.dtypes, [("n", "int"), ("d", "date"), ("w", "string")])
        self.assertEqual(frame.filter("n is null").count(), 1)
        self.assertEqual(frame.agg({"n": "sum"}).collect()[0][0], 70_500)
        self.assertEqual([row.w for row in frame.filter("w is not null").collect()], ["x"])
        wide = self.read(path, blocksize=400, min_bits=64)
        self.assertEqual(wide.dtypes[0], ("n", "bigint"))
        path = self.file("b.csv", "n\n200\n1\n")
        self.assertEqual(self.read(path, unsigned=True).dtypes, [("n", "smallint")])
        self.assertEqual(self.read(path, margin=200).dtypes, [("n", "int")])

    def test_columns_that_are_asked_for(self):
        path = self.file("a.csv", lines(200))
        frame = self.read(path, blocksize=300)
        self.assertEqual(frame.select("word").columns, ["word"])
        self.assertEqual(frame.select("word").distinct().count(), 3)
        for options in ({"columns": ["word"]}, {"usecols": "word"}):
            found = self.read(path, blocksize=300, **options)
            self.assertEqual(found.dtypes, [("word", "string")])
            self.assertEqual(found.count(), 200)
        both = self.read(path, columns=["word", "id"], plan=memory_diet.profile(path))
        self.assertEqual(both.columns, ["id", "word"])
        self.assertEqual(both.toArrow(), frame.toArrow())
        for columns, said in ((["wrod"], "there is no column `wrod`"), ([], "name at least one")):
            with self.assertRaisesRegex(memory_diet.OptionError, f"^columns: {said}"):
                self.read(path, columns=columns)

    def test_columns_in_another_order(self):
        plan = memory_diet.profile(self.file("a.csv", "id,qty,price\n1,10,20\n2,11,21\n")).plan()
        moved = self.file("b.csv", "id,price,qty\n3,70,30\n")
        row = self.read(moved, plan=plan).collect()[0]
        self.assertEqual((row.qty, row.price), (30, 70))

    def test_written_types_are_those_that_are_read(self):
        path = self.file("a.csv", "t,price,n\n" + "".join(f"12:{row:02}:00,{row}.25,\n" for row in range(60)))
        folder = self.path("lean")
        memory_diet.spark.to_parquet(self.spark, path, folder)
        frame = self.read(path)
        found = self.spark.read.parquet(folder)
        self.assertEqual(found.dtypes[:2], frame.dtypes[:2])
        self.assertEqual(sorted(map(tuple, found.collect())), sorted(map(tuple, frame.collect())))

    def test_names_that_are_odd(self):
        text = '" a ","b.c","",d,d,"x\ny","q`q",D\n' + "1,2,3,4,5,6,7,8\n" * 50
        self.assertSameRows(self.file("a.csv", text), blocksize=100)


class Inputs(SparkTestCase):
    def test_keys_in_paths(self):
        folder = self.months()
        for path in (folder, f"{folder}/month=*/part.csv", f"{folder}/**/*.csv", f"{folder}/month=[01]"):
            with self.subTest(path[len(folder) :]):
                frame = self.assertSameRows(path, blocksize=200)
                self.assertEqual(dict(frame.dtypes)["month"], "tinyint")
        counts = self.read(folder, blocksize=200).groupBy("month").count().collect()
        self.assertEqual(sorted(map(tuple, counts)), [(0, 40), (1, 40), (2, 40)])
        self.assertNotIn("month", self.assertSameRows(folder, hive_partitioning=False).columns)
        self.assertIn("month", self.assertSameRows(f"{folder}/month=1/part.csv", hive_partitioning=True).columns)

    def test_many_files(self):
        paths = [self.file(f"{number:02}.csv", lines(5, 5 * number)) for number in range(40)]
        self.assertSameRows(paths)
        # Sixteen profiles at a time, so that three levels put them together.
        self.assertEqual(memory_diet.spark.plan(self.spark, paths, blocksize=40), memory_diet.profile(paths).plan())

    def test_packed_and_other_encodings(self):
        text = lines(500).replace("x", "é")
        with gzip.open(self.path("a.csv.gz"), "wt", encoding="utf-8") as file:
            file.write(text)
        latin = self.file("latin-1.csv", text.encode("latin-1"))
        for path, options in ((self.path("a.csv.gz"), {}), (latin, {"encoding": "latin-1"})):
            self.assertEqual(self.assertSameRows(path, blocksize=1000, **options).rdd.getNumPartitions(), 1)

    def test_empty_files(self):
        nothing = self.file("a.csv", "")
        frame = self.assertSameRows([nothing, self.file("b.csv", lines(50))], blocksize=100)
        self.assertEqual(frame.count(), 50)
        self.assertEqual((self.read(nothing).columns, self.read(nothing).count()), ([], 0))
        header = self.read(self.file("c.csv", "a,b\n"))
        self.assertEqual((header.dtypes, header.count()), ([("a", "void"), ("b", "void")], 0))


class Plans(SparkTestCase):
    def test_plans_in_all_forms(self):
        path = self.file("a.csv", lines(100))
        known = memory_diet.profile(path)
        plan = self.file("plan.json", json.dumps(known.plan()))
        profile = self.file("a.profile", bytes(known))
        for given in (plan, profile, known, known.plan(), pickle.loads(pickle.dumps(known))):
            frame = self.read(path, plan=given, blocksize=500)
            self.assertEqual(frame.agg({"id": "sum"}).collect()[0][0], 199_999_995_050)
        self.assertEqual(self.read(path, plan=known, min_bits=64).dtypes[0], ("id", "bigint"))
        with self.assertRaisesRegex(memory_diet.OptionError, "min_bits: the plan says it already"):
            self.read(path, plan=known.plan(), min_bits=64)
        for given, said in ((path, "no plan and no profile"), (self.path("none"), "No such file"), (5, "int is no plan")):
            with self.assertRaisesRegex((ValueError, TypeError, OSError), said):
                self.read(path, plan=given)

    def test_no_rows_are_read_under_a_plan(self):
        path = self.file("a.csv", "n\n1\n2\n")
        plan = memory_diet.profile(path).plan()
        self.file("a.csv", "n\n1\nno number\n")
        frame = self.read(path, plan=plan)
        self.assertEqual(frame.dtypes, [("n", "tinyint")])
        with self.assertRaisesRegex(PythonException, r"InputError: .*a.csv, line 3, column `n`.*is no integer: `no number`"):
            frame.count()

    def test_categories_without_words_are_text(self):
        path = self.file("a.csv", lines(300))
        plan = memory_diet.profile(path).plan()
        self.assertTrue(plan["columns"][1].pop("categories"))
        counts = self.read(path, plan=plan, blocksize=500).groupBy("word").count().collect()
        self.assertEqual(sorted(map(tuple, counts)), [("x", 100), ("y", 100), ("z", 100)])


class Said(SparkTestCase):
    def test_notes_are_warnings_once(self):
        # Numbers whose products wrap elsewhere: Spark ends with an error there.
        path = self.file("a.csv", "a,b\n" + "120,2\n" * 50 + "3\n")
        for read in (memory_diet.spark.read_csv, memory_diet.spark.plan):
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("ignore")
                warnings.simplefilter("always", memory_diet.NoteWarning)
                read(self.spark, path, blocksize=50)
            self.assertEqual([one.filename for one in caught], [__file__])
            self.assertIn("1 record is short", str(caught[0].message))

    def test_words_of_others(self):
        path = self.file("a.csv", lines(3))
        for word, said in (
            ("inferSchema", "from all rows"), ("schema", "diet plan"), ("multiLine", "always read"),
            ("nullValue", "`null_token=`"), ("dateFormat", "--date-format"), ("mode", "on_bad_record='skip'"),
            ("nrows", r"head\(n\)"), ("delimeter", "Did you mean 'delimiter'"),
        ):
            with self.assertRaisesRegex(TypeError, rf"^spark.read_csv\(\) got an unexpected keyword.*{word}.*{said}"):
                self.read(path, **{word: 1})
        for name in ("plan", "profile"):
            with self.assertRaisesRegex(TypeError, rf"^spark.{name}\(\) got an unexpected"):
                getattr(memory_diet.spark, name)(self.spark, path, nothing=1)
        with self.assertRaisesRegex(TypeError, "takes the SparkSession first, not str"):
            memory_diet.spark.read_csv(path, self.spark)

    def test_options_that_cannot_be(self):
        path = self.file("a.csv", lines(30))
        for options, said in (
            ({"delimiter": ""}, "^delimiter: '' is no character"), ({"encoding": "nonsense"}, "^encoding: 'nonsense'"),
            ({"type": {"id": "string"}}, "^type: it is not for profiles of parts; make the plan"),
            ({"categories": "all"}, "^categories: Spark has none"), ({"blocksize": "64 miles"}, "^blocksize: "),
        ):
            with self.assertRaisesRegex(memory_diet.OptionError, said):
                self.read(path, **options)
        with self.assertRaisesRegex(memory_diet.OptionError, "margin: .*`Profile.plan`"):
            memory_diet.spark.profile(self.spark, path, margin=2)

    def test_files_that_cannot_be_read(self):
        for path, said in ((self.path("none.csv"), "none.csv"), (self.path("none/*.csv"), "no file matches")):
            with self.assertRaisesRegex(FileNotFoundError, said):
                self.read(path)
        for url in ("s3a://bucket/*.csv", "nowhere://a/b.csv"):
            with self.assertRaisesRegex(memory_diet.OptionError, f"^{re.escape(url)}: "):
                self.read(url)
        with self.assertRaisesRegex(TypeError, "is an open file"):
            self.read(io.BytesIO(b"a\n1\n"))
        with self.assertRaisesRegex(memory_diet.OptionError, "standard input"):
            self.read("-")
        # What the workers find, in the library's words.
        with self.assertRaisesRegex(memory_diet.InputError, "^[^\n]*b.csv, line 102.*0xFF is not UTF-8[^\n]*$"):
            self.read(self.file("b.csv", b"a\n" + b"x\n" * 100 + b"\xff\xfe\n"), blocksize=50)
        with self.assertRaisesRegex(memory_diet.InputError, "has a column `b`, which"):
            self.read([self.file("c.csv", "a,b\n1,2\n"), self.file("d.csv", "a,c\n1,2\n")])


if __name__ == "__main__":
    unittest.main()
