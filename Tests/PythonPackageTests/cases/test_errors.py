"""What cannot be done is an exception with our words, never the end of the process."""

import gc
import os
import pathlib
import unittest

import memory_diet
import pandas
import pyarrow
from tables import TableTestCase


class ErrorTests(TableTestCase):
    def setUp(self):
        super().setUp()
        self.csv = self.file("plain.csv", "zip,price\n00042,1.50\n00043,2.25\n")

    def tearDown(self):
        gc.collect()
        self.assertEqual(memory_diet.live_object_count(), 0)

    def refusal(self, kind, *paths, **options):
        """The words of the exception, which both ways of reading raise."""
        messages = []
        for read in (memory_diet.read_csv, memory_diet.analyze):
            with self.assertRaises(kind) as caught:
                read(*paths, **options)
            messages.append(str(caught.exception))
        self.assertEqual(*messages)
        return messages[0]

    def test_files(self):
        missing = self.path("missing.csv")
        self.assertIn("missing.csv", self.refusal(FileNotFoundError, missing))
        os.mkdir(self.path("empty"))
        self.assertIn("no file in this folder", self.refusal(FileNotFoundError, self.path("empty")))
        self.refusal(OSError, missing)
        self.refusal(ValueError, "a\0b.csv")
        self.assertIn("at least one file", self.refusal(memory_diet.OptionError, []))
        with self.assertRaises(TypeError):
            memory_diet.read_csv(12)
        with self.assertRaises(TypeError):
            memory_diet.read_csv([self.csv, None])

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_permission(self):
        os.chmod(self.csv, 0)
        self.refusal(PermissionError, self.csv)

    def test_contents(self):
        damaged = self.file("damaged.csv", b"a,b\n1,\xff\xfe\n")
        message = self.refusal(memory_diet.InputError, damaged)
        self.assertIn("damaged.csv, line 2", message)
        ragged = self.file("ragged.csv", "a,b\n1,2\n3\n")
        self.assertIn("line 3", self.refusal(memory_diet.InputError, ragged, strict=True))
        cut = self.file("cut.csv.gz", b"\x1f\x8b\x08\x00")
        self.refusal(memory_diet.InputError, cut)

    def test_messages_speak_python(self):
        message = self.refusal(memory_diet.InputError, self.csv, type={"zip": "date"})
        self.assertIn("column `zip`", message)
        self.assertIn('`type={"zip": "string"}`', message)
        message = self.refusal(memory_diet.OptionError, self.csv, zero_padded="yes")
        self.assertEqual(message, "zero_padded: invalid value 'yes' (expected text or numeric)")

    def test_options(self):
        for options, words in [
            ({"delimiter": ""}, "delimiter: '' is no character"),
            ({"delimiter": "\0"}, "the delimiter is not one plain ASCII character"),
            ({"quote": "ab"}, "quote: 'ab' is not one ASCII character"),
            ({"threads": 0}, "threads: 0 is not between 1 and 1024"),
            ({"threads": 2**80}, "threads: the value is not a whole number"),
            ({"threads": "two"}, "threads: the value is not a whole number"),
            ({"skip": -1}, "skip: -1 is below 0"),
            ({"header": 3}, "header: the value is not true or false"),
            ({"encoding": "utf-77"}, "encoding: 'utf-77' is no encoding"),
            ({"columns": ["zap"]}, "column `zap`"),
            ({"type": {"zip": "zipcode"}}, "there is no type 'zipcode'"),
            ({"type": ["zip"]}, "'zip' is not column=type"),
            ({"type": {"zip": 3}}, "type: the value is not text"),
            ({"boolean": ("yes",)}, "is not two words"),
            ({"date_format": "%d"}, "a day needs a year, a month and a day"),
            ({"strict": True, "on_bad_record": "skip"}, "strict and on_bad_record contradict"),
            ({"decimal": ",", "thousands": ","}, "decimal and thousands are the same"),
            ({"engine": "fast"}, "engine: invalid value 'fast' (expected automatic or libcsv)"),
        ]:
            with self.subTest(options=options):
                self.assertIn(words, self.refusal(memory_diet.OptionError, self.csv, **options))
        for read in (memory_diet.read_csv, memory_diet.analyze):
            with self.assertRaisesRegex(TypeError, "unexpected keyword argument 'zap'"):
                read(self.csv, zap=",")

    def test_options_do_what_they_say(self):
        def read(text, **options):
            table = memory_diet.read_csv(self.file("options.csv", text), **options)
            return table.to_arrow().to_pydict()

        self.assertEqual(read("a|b\n1|2\n", delimiter="|"), {"a": [1], "b": [2]})
        self.assertEqual(read("a\n1\n-\n", null_token="-"), {"a": [1, None]})
        self.assertEqual(read("a\n1\n-\n?\n", null_token=["-", "?"]), {"a": [1, None, None]})
        self.assertEqual(read("a\nyes\nno\n", boolean=("yes", "no")), {"a": [True, False]})
        self.assertEqual(read("a\n007\n", zero_padded="numeric"), {"a": [7]})
        self.assertEqual(read("a;b\n1,5;2\n", delimiter=";", decimal=","), {"a": [1.5], "b": [2]})
        self.assertEqual(read("a\n1\n", type={"a": "string"}), {"a": ["1"]})
        self.assertEqual(read("a,b\n1,2\n", columns=["b"]), {"b": [2]})
        self.assertEqual(read("1,2\n3,4\n", header=False), {"column_1": [1, 3], "column_2": [2, 4]})
        self.assertEqual(read("x\na\n1\n", skip=1), {"a": [1]})
        day = read("d\n31/12/2024\n", date_format={"d": "%d/%m/%Y"})["d"][0]
        self.assertEqual(str(day), "2024-12-31")

    def test_several_files_and_paths_of_all_kinds(self):
        other = self.file("other.csv", "zip,price\n00044,3.00\n")
        table = memory_diet.read_csv([pathlib.Path(self.csv), other])
        self.assertEqual(table.shape, (3, 2))
        odd = self.path("sp ace é.csv")
        os.rename(other, odd)
        self.assertEqual(memory_diet.read_csv(odd).shape, (1, 2))
        os.rename(odd, self.path("\udcff.csv"))
        message = self.refusal(memory_diet.OptionError, self.path("\udcff.csv"))
        self.assertIn("path 1 is not UTF-8", message)

    def test_frames_that_pandas_cannot_hand_over(self):
        for frame, words in [
            (pandas.DataFrame([[1, 2]], columns=["x", "x"]), "the name 'x' comes more than once"),
            (pandas.DataFrame({"a": [1, "x", None]}), "column `a`: its values are of no one type"),
            (pandas.DataFrame({"a": pandas.arrays.SparseArray([1, 0])}), "cannot be handed over: Sparse"),
        ]:
            for function in (memory_diet.lean, memory_diet.analyze):
                with self.assertRaisesRegex(memory_diet.InputError, "^pandas.DataFrame.*" + words):
                    function(frame)
        for call in [lambda: memory_diet.report_on_dataframe("x"), lambda: memory_diet.optimize_dtypes(frame, None)]:
            with self.assertRaisesRegex(TypeError, r"\(\) takes a frame of pandas, not "):
                call()
        report = memory_diet.report_on_dataframe(pandas.DataFrame({"a": [1] * 1000}), unit="kB")
        self.assertEqual(report["Current Memory (kB)"].tolist(), [8.0])

    def test_names_that_are_made_are_told(self):
        table = memory_diet.lean(pyarrow.table([[300], [2], [3]], names=["x", "x", ""]), min_bits=64)
        self.assertEqual(table.notes, ["renamed: column 2, `x`, is `x_2`; column 3, which has no name, is `column_3`"])

    def test_room_for_arithmetic(self):
        hours = self.file("hours.csv", "hour,flag\n1,x\n23,y\n")
        for options, kind in [
            ({}, "int8"), ({"margin": 2}, "int8"), ({"margin": "6x"}, "int16"), ({"min_bits": 32}, "int32"),
            ({"margin": 5.5, "min_bits": 8}, "int8"), ({"margin": None, "min_bits": None}, "int8"),
        ]:
            table = memory_diet.read_csv(hours, **options)
            self.assertEqual(str(table.to_arrow().schema.field("hour").type), kind, options)
            again = memory_diet.lean(memory_diet.read_csv(hours).to_arrow(), **options)
            self.assertEqual(str(again.to_arrow().schema.field("hour").type), kind, options)
            columns = memory_diet.analyze(hours, **options).to_dict()["columns"]
            self.assertEqual(columns[0]["bytes_as"]["pandas"], table.to_pandas()["hour"].memory_usage(index=False))
        note, widths = memory_diet.read_csv(hours).notes
        self.assertEqual(
            note,
            "arithmetic wraps in silence. In pandas and polars: `* 60` and `** 2` of hour (int8)."
            ' Widen first, as by `astype("int16")`, or leave room: `min_bits=16`',
        )
        self.assertEqual(
            widths,
            "integers are as wide as these values need, in other tables maybe not: put tables together in polars by"
            ' `concat(…, how="vertical_relaxed")`',
        )
        self.assertEqual(memory_diet.read_csv(hours, min_bits=16).notes, [widths])
        self.assertEqual(memory_diet.read_csv(hours, min_bits=64).notes, [])
        for margin, words in [("twice", "'twice' is no factor"), (0.5, "'0.5' is no factor"), (True, "not a number"), ([2], "not a number")]:
            with self.assertRaisesRegex(memory_diet.OptionError, "^margin: .*" + words):
                memory_diet.read_csv(hours, margin=margin)
        for bits, words in [(12, r"invalid value '12' \(expected 8, 16, 32 or 64\)"), ("16", "not a whole number")]:
            with self.assertRaisesRegex(memory_diet.OptionError, "^min_bits: .*" + words):
                memory_diet.read_csv(hours, min_bits=bits)

    def test_rejected_records_go_to_a_file(self):
        ragged = self.file("ragged.csv", "a,b\n1,2\n3\n")
        rejects = self.path("rejects.csv")
        table = memory_diet.read_csv(ragged, on_bad_record=f"collect={rejects}")
        self.assertEqual(table.shape, (1, 2))
        with open(rejects) as file:
            self.assertIn("ragged.csv", file.read())
        self.assertEqual(len(table.notes), 2)
        self.assertIn("left out", table.notes[0])
        with self.assertRaises(OSError):
            memory_diet.read_csv(ragged, on_bad_record=f"collect={ragged}")
        linked = self.path("linked.csv")
        os.link(ragged, linked)
        for reading in [memory_diet.read_csv, memory_diet.analyze]:
            with self.assertRaisesRegex(OSError, "linked.csv: that is the input; name another file"):
                reading(ragged, on_bad_record=f"collect={linked}")
        with open(ragged) as file:
            self.assertEqual(file.read(), "a,b\n1,2\n3\n")

    def test_odd_records_are_counted(self):
        whole = self.file("whole.csv", "a,b\n1,2\n")
        odd = self.file("odd.csv", "a,b\n1,2\n3\n4,5\n6\n7,8,9\n")
        table = memory_diet.read_csv([whole, odd])
        self.assertEqual(
            table.anomalies["short"], {"count": 2, "first_row": 2, "first_file": odd, "first_line": 3}
        )
        self.assertEqual(
            table.anomalies["long"], {"count": 1, "first_row": 5, "first_file": odd, "first_line": 6}
        )
        nothing = {"count": 0, "first_row": None, "first_file": None, "first_line": None}
        self.assertEqual(memory_diet.read_csv(whole).anomalies["short"], nothing)
        left_out = memory_diet.read_csv(odd, on_bad_record="skip")
        self.assertEqual(
            left_out.anomalies["rejected"],
            {"count": 3, "first_row": None, "first_file": odd, "first_line": 3},
        )
        self.assertEqual(
            set(table.anomalies),
            {"short", "long", "blank", "irregular", "swallowed", "repeated_headers", "rejected"},
        )


if __name__ == "__main__":
    unittest.main()
