"""Tables that other libraries have in memory: read where they lie, whatever way they lie."""

import datetime
import decimal
import gc
import unittest

import memory_diet
import numpy
import pandas
import polars
import pyarrow
from tables import TableTestCase, torture

ROWS = 300


def arrow_table():
    """A column of every flat type that Arrow has values for in our types, with nulls."""
    columns = torture(ROWS, seed=11)
    texts = columns["free"]
    whole = columns["small with nulls"]
    types = {
        **{f"i{bits}": (whole, getattr(pyarrow, f"int{bits}")()) for bits in (8, 16, 32, 64)},
        **{
            f"u{bits}": ([n and abs(n) for n in whole], getattr(pyarrow, f"uint{bits}")())
            for bits in (8, 16, 32, 64)
        },
        "u64 past signed": (columns["uint64"], pyarrow.uint64()),
        "float": (columns["float"], pyarrow.float64()),
        "float32": (columns["float32"], pyarrow.float32()),
        "half": ([None if n is None else n / 4 for n in whole], pyarrow.float16()),
        "flag": (columns["flag"], pyarrow.bool_()),
        "price": (columns["price"], pyarrow.decimal128(12, 2)),
        "day": (columns["day with nulls"], pyarrow.date32()),
        "day ms": (columns["day with nulls"], pyarrow.date64()),
        "time": (columns["time"], pyarrow.time32("ms")),
        "time ns": (columns["time"], pyarrow.time64("us")),
        "clock": (columns["clock"], pyarrow.timestamp("us")),
        "instant": (columns["instant"], pyarrow.timestamp("ms", "UTC")),
        "text": (texts, pyarrow.string()),
        "large": (texts, pyarrow.large_string()),
        "view": (texts, pyarrow.string_view()),
        "nothing": ([None] * ROWS, pyarrow.null()),
    }
    arrays = {name: pyarrow.array(values, kind) for name, (values, kind) in types.items()}
    words = pyarrow.array(columns["categories"])
    for index in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"):
        if index not in ("int8", "uint8"):
            kind = pyarrow.dictionary(getattr(pyarrow, index)(), pyarrow.string())
            arrays[f"codes {index}"] = words.dictionary_encode().cast(kind)
    few = pyarrow.array(columns["country"]).dictionary_encode()
    arrays["codes int8"] = few.cast(pyarrow.dictionary(pyarrow.int8(), pyarrow.large_string()))
    arrays["codes uint8"] = pyarrow.DictionaryArray.from_arrays(
        few.indices.cast(pyarrow.uint8()), few.dictionary
    )
    # A category that is null makes its rows null.
    arrays["null category"] = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([row % 3 for row in range(ROWS)], pyarrow.int8()), pyarrow.array(["a", None, "c"])
    )
    return pyarrow.table(arrays)


class FrameTests(TableTestCase):
    def setUp(self):
        super().setUp()
        gc.collect()
        self.allocated = pyarrow.total_allocated_bytes()

    def tearDown(self):
        gc.collect()
        self.assertEqual(memory_diet.live_object_count(), 0)

    def assertSameTable(self, lean, expected, message):
        found = lean.to_arrow()
        self.assertEqual(found.column_names, expected.column_names, message)
        for name in found.column_names:
            self.assertSameValues(
                found.column(name).to_pylist(), expected.column(name).to_pylist(), f"{message}: {name}"
            )

    def test_arrow_at_every_offset(self):
        table = arrow_table()
        for first, count in [(0, ROWS), (1, 64), (3, 250), (8, 16), (13, 1), (299, 1), (5, 0)]:
            part = table.slice(first, count)
            self.assertSameTable(memory_diet.lean(part), part, f"{count} rows from {first}")

    def test_arrow_in_batches(self):
        table = arrow_table()
        whole = pyarrow.concat_tables([table.slice(0, 9), table.slice(9, 100), table.slice(109)])
        self.assertSameTable(memory_diet.lean(whole, threads=2), whole, "three batches")
        reader = pyarrow.RecordBatchReader.from_batches(whole.schema, whole.to_batches(max_chunksize=7))
        self.assertSameTable(memory_diet.lean(reader), whole, "batches of seven rows")

    def test_a_struct_that_is_sliced(self):
        table = arrow_table()
        whole = table.to_struct_array().combine_chunks()
        batch = pyarrow.RecordBatch.from_struct_array(whole.slice(17, 100))
        self.assertSameTable(
            memory_diet.lean(pyarrow.RecordBatchReader.from_batches(batch.schema, [batch])),
            table.slice(17, 100), "a sliced struct")

    def test_pandas(self):
        frame = pandas.DataFrame(
            {
                "whole": [1, 2, 300],
                "missing": [1.0, None, 2.5],
                "text": ["a", None, "ß"],
                "category": pandas.Categorical(["x", None, "y"]),
                "nullable": pandas.array([1, None, 3], "Int64"),
                "flag": pandas.array([True, None, False], "boolean"),
                "when": pandas.to_datetime(["2024-01-01", None, "2024-05-17T12:30"], utc=True, format="ISO8601"),
                "object": ["p", "q", "p"],
            }
        ).astype({"object": object})
        lean = memory_diet.lean(frame).to_arrow()
        self.assertEqual(lean.column("whole").type, pyarrow.int16())
        expected = pyarrow.Table.from_pandas(frame, preserve_index=False)
        self.assertSameTable(memory_diet.lean(frame), expected, "pandas")
        self.assertSameTable(memory_diet.lean(frame[::-1].reset_index(drop=True)), expected.take([2, 1, 0]), "reversed")
        self.assertEqual(memory_diet.lean(frame.iloc[0:0]).shape, (0, 8))

    def test_polars(self):
        frame = polars.DataFrame(
            {
                "whole": [1, 2, 300] * 50,
                "text": ["a", None, "a text of more than twelve bytes"] * 50,
                "list": [decimal.Decimal("1.50"), None, decimal.Decimal("2.25")] * 50,
                "day": [datetime.date(1969, 1, 1), None, datetime.date(2024, 2, 29)] * 50,
                "flag": [True, None, False] * 50,
            }
        ).with_columns(
            polars.col("text").cast(polars.Categorical).alias("category"),
            polars.col("text").cast(polars.Enum(["a", "a text of more than twelve bytes"])).alias("enum"),
        )
        for message, part in [
            ("whole", frame),
            ("a slice", frame.slice(7, 100)),
            ("chunks", polars.concat([frame.slice(0, 5), frame.slice(5, 99)], rechunk=False)),
        ]:
            self.assertSameTable(memory_diet.lean(part), part.to_arrow(), message)

    def test_reports(self):
        frame = pandas.DataFrame({"n": [1, 2, 3] * 1000, "x": [0.5, 1.5, 2.5] * 1000})
        report = memory_diet.analyze(frame)
        columns = {column["name"]: column for column in report.to_dict()["columns"]}
        self.assertEqual(columns["n"]["before_type"], "int64")
        self.assertEqual(columns["n"]["bytes"]["before"], 24_000)
        self.assertEqual(columns["x"]["logical_type"], "float")
        title = str(report).splitlines()[0]
        self.assertEqual(title, "pandas.DataFrame · 3,000 rows × 2 columns")
        self.assertNotIn("diet apply", str(report))
        self.assertEqual(len(memory_diet.analyze(frame, columns=["n"]).to_dict()["columns"]), 1)
        # A lean table is one, too.
        again = memory_diet.analyze(memory_diet.lean(frame)).to_dict()
        self.assertEqual(again["input"]["rows"], 3000)

    def test_memory_goes_back_to_its_library(self):
        table = arrow_table()
        used = pyarrow.total_allocated_bytes()
        for _ in range(5):
            memory_diet.analyze(table)
            lean = memory_diet.lean(table)
        del lean
        gc.collect()
        self.assertEqual(pyarrow.total_allocated_bytes(), used)

    def test_what_pandas_does_otherwise(self):
        # What is as before has no note; the notes name the others.
        frame = pandas.DataFrame({
            "halves": [1.5, None, 3.0, 4.0], "tenths": [0.1, None, 0.3, 0.4],
            "flags": pandas.array([True, None, False, True], "boolean"),
            "words": pandas.array(["a", None, "a", "a"], "string"),
            "whole": pandas.array([1, None, 3, 4], "Int64"),
            "real": pandas.array([1.0, None, 3.0, 4.0], "Float64"),
        })
        lean = memory_diet.lean(frame)
        notes = [note.split(":")[0] for note in lean.notes if not note.startswith(("arithmetic wraps", "integers are as wide"))]
        self.assertEqual(notes, ["flags", "words"])
        after = lean.to_pandas()
        for name in ["halves", "tenths", "whole", "real"]:
            for operation in [
                lambda c: c != 3, lambda c: c.fillna(c.mean()) if name != "whole" else c,
                lambda c: c.cumsum(), lambda c: c.sum(), lambda c: c == c.shift(),
            ]:
                before, now = operation(frame[name]), operation(after[name])
                self.assertEqual(str(getattr(before, "tolist", lambda: before)()),
                                 str(getattr(now, "tolist", lambda: now)()), name)

    def test_what_cannot_be_read(self):
        nested = pyarrow.table({"n": [1], "list": [[1, 2]]})
        with self.assertRaisesRegex(
            memory_diet.InputError, r'column `list`.*leave it out with `drop=\["list"\]`'
        ):
            memory_diet.lean(nested)
        self.assertEqual(memory_diet.lean(nested, drop=["list"]).shape, (1, 1))
        self.assertEqual(memory_diet.lean(nested, columns=["n"]).shape, (1, 1))
        with self.assertRaisesRegex(memory_diet.InputError, "one column, not a table"):
            memory_diet.lean(polars.Series([1, 2]))
        with self.assertRaisesRegex(memory_diet.OptionError, "delimiter: pyarrow.Table has types already"):
            memory_diet.lean(pyarrow.table({"a": [1]}), delimiter=";")
        with self.assertRaisesRegex(memory_diet.OptionError, "union_by_name: pyarrow.Table is one table"):
            memory_diet.lean(pyarrow.table({"a": [1]}), union_by_name=True)
        with self.assertRaisesRegex(TypeError, "dict has no `__arrow_c_stream__`"):
            memory_diet.lean({})
        with self.assertRaisesRegex(memory_diet.InputError, "no such column"):
            memory_diet.analyze(pyarrow.table({"a": [1]}), columns=["b"])

        def failing():
            yield pyarrow.record_batch({"a": [1]})
            raise RuntimeError("the disk is on fire")

        reader = pyarrow.RecordBatchReader.from_batches(pyarrow.schema({"a": "int64"}), failing())
        with self.assertRaisesRegex(memory_diet.InputError, "the disk is on fire"):
            memory_diet.lean(reader)

        class Once:
            def __init__(self, table):
                self.capsule = table.__arrow_c_stream__()

            def __arrow_c_stream__(self, requested_schema=None):
                return self.capsule

        once = Once(pyarrow.table({"a": [1]}))
        self.assertEqual(memory_diet.lean(once).shape, (1, 1))
        with self.assertRaisesRegex(memory_diet.InputError, "read already"):
            memory_diet.lean(once)
        once.capsule = object()
        with self.assertRaises(TypeError):
            memory_diet.lean(once)


if __name__ == "__main__":
    unittest.main()
