"""What people do with the objects does no harm: whole, or a TypeError."""

import copy
import ctypes
import gc
import io
import os
import pathlib
import pickle
import unittest

import memory_diet
from memory_diet import _arguments, _options
from tables import TableTestCase

TEXT = "town,n\nOslo,1\nRome,2\nOslo,3\n"


class SafetyTests(TableTestCase):
    def setUp(self):
        super().setUp()
        self.csv = self.path("towns.csv")
        with open(self.csv, "w") as file:
            file.write(TEXT)

    def objects(self):
        table = memory_diet.read_csv(self.csv)
        return [table, table.report(), memory_diet.analyze(self.csv), memory_diet.lean(table.to_arrow())]

    def test_copies_share_and_outlive(self):
        for make in (copy.copy, copy.deepcopy, lambda it: copy.deepcopy([it, it])[0]):
            for index in range(4):
                original = self.objects()[index]
                expected = repr(original)
                other = make(original)
                del original
                gc.collect()
                self.assertEqual(repr(other), expected)
                del other
                gc.collect()
                self.assertEqual(memory_diet.live_object_count(), 0)

    def test_pickles_are_refused_and_say_what_to_do(self):
        for it in self.objects():
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                with self.assertRaisesRegex(TypeError, "pickle `table.to_arrow"):
                    pickle.dumps(it, protocol)
            repr(it)

    def test_hand_made_handles_are_refused(self):
        for kind in (memory_diet.Table, memory_diet.Report):
            for handle in (0, 1, 2**40, None, "x", object(), self.objects()[0]):
                with self.assertRaises(TypeError):
                    kind(handle)
            with self.assertRaises((TypeError, AttributeError)):
                repr(kind.__new__(kind))
        table, report = self.objects()[:2]
        table._handle, report._handle = report._handle, table._handle
        for it in (table, report):
            with self.assertRaises((TypeError, ctypes.ArgumentError)):
                repr(it)
        table._handle = 12345
        with self.assertRaises((TypeError, ctypes.ArgumentError)):
            table.to_arrow()

    def test_sources_are_told_apart(self):
        expected = memory_diet.read_csv(self.csv).to_arrow()
        folder = os.path.dirname(self.csv)
        with open(self.csv, "rb") as binary, open(self.csv) as text, os.scandir(folder) as entries:
            for source in (
                pathlib.Path(self.csv), [self.csv], io.BytesIO(TEXT.encode()), io.StringIO(TEXT), binary, text,
                (pathlib.Path(self.csv),), next(entries),
            ):
                self.assertEqual(memory_diet.read_csv(source).to_arrow(), expected, source)
        for source in (TEXT.encode(), bytearray(b"a"), 5, None, {"a": 1}, [5], [b"x"], "https://example.org/x.csv"):
            with self.assertRaises(TypeError, msg=repr(source)):
                memory_diet.read_csv(source)
            if source is not None and not isinstance(source, dict):
                with self.assertRaises(TypeError, msg=repr(source)):
                    memory_diet.analyze(source)

    def test_pandas_words(self):
        expected = memory_diet.read_csv(self.csv).to_arrow()
        for options in (
            {"sep": ","}, {"usecols": ["town", "n"]}, {"quotechar": '"'}, {"na_values": ["-"]}, {"skiprows": 0},
            {"header": 0}, {"encoding": "utf8"}, {"encoding": "UTF_8"}, {"encoding": "utf-8-sig"},
        ):
            self.assertEqual(memory_diet.read_csv(self.csv, **options).to_arrow(), expected, options)
            memory_diet.analyze(self.csv, **options)
        for word, instead in _arguments.OTHERS.items():
            with self.assertRaises(TypeError) as raised:
                memory_diet.read_csv(self.csv, **{word: 1})
            self.assertIn(instead, str(raised.exception))
        self.assertFalse(set(_arguments.OTHERS) & set(_options.DEFAULTS))
        self.assertLessEqual(set(_arguments.SAME.values()), set(_options.DEFAULTS))

    def test_mistyped_words(self):
        for word, meant in (("delimeter", "delimiter"), ("colums", "columns"), ("null_tokens", "null_token")):
            with self.assertRaisesRegex(TypeError, f"Did you mean '{meant}'"):
                memory_diet.read_csv(self.csv, **{word: "x"})
        with self.assertRaisesRegex(TypeError, "both 'sep' and 'delimiter'"):
            memory_diet.read_csv(self.csv, sep=",", delimiter=",")


if __name__ == "__main__":
    unittest.main()
