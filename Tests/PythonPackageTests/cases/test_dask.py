"""Dask and lazy queries: what plain Dask and `read_csv` do with the same files."""

import gzip
import io
import json
import os
import pickle
import unittest
import warnings

import memory_diet
import pandas
import pyarrow.parquet
import tables
from tables import lines


class LazyTestCase(tables.TableTestCase):
    """Threads instead of processes, and no notes but where they are looked for."""

    def setUp(self):
        super().setUp()
        import dask
        import memory_diet.dask

        self.dask = memory_diet.dask
        for context in (dask.config.set(scheduler="threads"), warnings.catch_warnings()):
            context.__enter__()
            self.addCleanup(context.__exit__, None, None, None)
        warnings.simplefilter("ignore", memory_diet.NoteWarning)

    def assertSameRows(self, path, **options):
        """Dask, lazy queries and `read_csv` give the same table."""
        layout = {name: options.pop(name) for name in ("blocksize",) if name in options}
        whole = memory_diet.read_csv(path, **options)
        frame = self.dask.read_csv(path, **layout, **options)
        found = frame.compute().reset_index(drop=True)
        expected = whole.to_pandas()
        self.assertEqual(list(found.columns), list(expected.columns))
        self.assertEqual([str(kind) for kind in frame.dtypes], [str(kind) for kind in found.dtypes])
        pandas.testing.assert_frame_equal(found.astype(str), expected.astype(str), check_dtype=False)
        lazy = memory_diet.scan_csv(path, **layout, **options)
        self.assertEqual(lazy.collect_schema(), whole.to_polars().schema)
        self.assertTrue(lazy.collect().equals(whole.to_polars()))
        return frame


class Frames(LazyTestCase):
    def test_no_columns(self):
        path = self.file("a.csv", lines(100))
        frame = self.dask.read_csv(path, blocksize=300)
        self.assertGreater(frame.npartitions, 3)
        self.assertEqual(frame[[]].compute().shape, (100, 0))
        self.assertEqual(len(frame.drop(columns=list(frame.columns))), 100)
        self.assertEqual(frame.select_dtypes("float64").compute().shape, (100, 0))
        self.assertEqual(int(frame.assign(z=1).z.sum().compute()), 100)

    def test_a_file_that_is_written_anew(self):
        path = self.file("a.csv", "n\n10\n11\n")
        kept, name = self.dask.read_csv(path).persist(), self.dask.read_csv(path)._name
        self.assertEqual(self.dask.read_csv(path)._name, name)
        plan = self.dask.plan(path)
        self.file("a.csv", "n\n20\n21\n")
        os.utime(path, ns=(1, 1))
        # Workers take what has the same name for the same.
        self.assertEqual(self.dask.plan(path), plan)
        self.assertNotEqual(self.dask.read_csv(path)._name, name)
        self.assertEqual(self.dask.read_csv(path).persist().compute()["n"].tolist(), [20, 21])
        self.assertEqual(kept.compute()["n"].tolist(), [10, 11])

    def test_longer_records(self):
        path = self.file("a.csv", "a,b,c\n1,2,3\n2,3,4\n3,4,5,6\n7,8,9\n")
        frame = self.assertSameRows(path)
        self.assertEqual(int(frame["column_4"].sum().compute()), 6)
        self.assertEqual(int(frame["b"].sum().compute()), 17)

    def test_parts_that_are_not_alike(self):
        """Brief profiles do not say what words make of numbers elsewhere; then all parts are profiled anew."""
        numbers = "".join(f"{row},{row}.5,0{row},{'' if row < 300 else 'x'}\n" for row in range(400))
        words = "word,1e300,7,\n1,nan,8,\n"
        path = self.file("table.csv", "id,price,zip,note\n" + numbers + words)
        self.assertSameRows(path, blocksize="1kB")
        self.assertEqual(self.dask.plan(path, blocksize="1kB"), memory_diet.profile(path).plan())
        self.assertEqual(bytes(self.dask.profile(path, blocksize="1kB")), bytes(memory_diet.profile(path)))

    def test_names_that_are_odd(self):
        text = '" a ","b,c","",d,d,"x\ny","q""q",k=v\n' + "1,2,3,4,5,6,7,8\n" * 50
        self.assertSameRows(self.file("a.csv", text), blocksize=100)
        self.assertSameRows(tables.write_csv(self.path("b.csv"), tables.torture(300)), blocksize=10_000)

    def test_layouts(self):
        folder = self.months()
        for options in ({"min_bits": 64}, {"margin": 4}, {"categories": "none"}, {"unsigned": True, "min_bits": 16}):
            with self.subTest(str(options)):
                expected = memory_diet.read_csv(folder, **options)
                kinds = {name: str(kind) for name, kind in expected.to_pandas()[["id", "month"]].dtypes.items()}
                frame = self.dask.read_csv(folder, blocksize=200, **options)
                self.assertEqual({name: str(kind) for name, kind in frame[["id", "month"]].dtypes.items()}, kinds)
                self.assertEqual(str(frame["word"].dtype) == "category", "categories" not in options)
                lazy = memory_diet.scan_csv(folder, blocksize=200, **options)
                self.assertEqual(lazy.collect().schema, expected.to_polars().schema)
                out = self.path("-".join(map(str, options)))
                names = self.dask.to_parquet(folder, out, **options)
                written = pyarrow.parquet.read_schema(names[0])
                self.assertEqual(written.types, expected.to_arrow().schema.types)
        known = memory_diet.profile(folder)
        self.assertEqual(str(self.dask.read_csv(folder, plan=known, min_bits=64).dtypes["month"]), "int64")
        self.assertEqual(self.dask.plan(folder, min_bits=64), known.plan(min_bits=64))
        with self.assertRaisesRegex(memory_diet.OptionError, "min_bits: the plan says it already"):
            self.dask.read_csv(folder, plan=known.plan(), min_bits=64)
        with self.assertRaisesRegex(memory_diet.OptionError, "margin: .*`Profile.plan`"):
            self.dask.profile(folder, margin=2)

    def test_categories_without_words_are_text(self):
        path = self.file("a.csv", lines(300))
        plan = memory_diet.profile(path).plan()
        self.assertTrue(plan["columns"][1].pop("categories"))
        frame = self.dask.read_csv(path, plan=plan, blocksize=500)
        self.assertIn("str", str(frame.dtypes["word"]))
        self.assertEqual(frame["word"].value_counts().compute().to_dict(), {"x": 100, "y": 100, "z": 100})
        self.assertEqual(str(memory_diet.scan_csv(path, plan=plan).collect_schema()["word"]), "String")
        names = self.dask.to_parquet(path, self.path("out"), plan=plan, blocksize=500)
        self.assertEqual(len({str(pyarrow.parquet.read_schema(name)) for name in names}), 1)


class Written(LazyTestCase):
    def test_parts_of_another_cut(self):
        path, out = self.file("a.csv", lines(200)), self.path("out")
        self.assertEqual(len(self.dask.to_parquet(path, out, blocksize=300)), 9)
        self.assertEqual(len(self.dask.to_parquet(path, out, blocksize=300)), 9)
        with self.assertRaisesRegex(FileExistsError, "part-00005.parquet and 3 more.*`overwrite=True`"):
            self.dask.to_parquet(path, out, blocksize=600)
        self.assertEqual(len(os.listdir(out)), 9)
        self.assertEqual(len(self.dask.to_parquet(path, out, blocksize=600, overwrite=True)), 5)
        self.assertEqual(sorted(os.listdir(out)), [f"part-{number:05}.parquet" for number in range(5)])
        self.assertEqual(len(pandas.read_parquet(out)), 200)

    def test_what_fails_leaves_all_as_it_was(self):
        path, out = self.file("a.csv", lines(200)), self.path("out")
        plan = self.dask.plan(path)
        self.dask.to_parquet(path, out, blocksize=300)
        # The last part does not fit the plan.
        self.file("a.csv", lines(150) + "no number,x\n")
        for options in ({"blocksize": 200, "overwrite": True}, {"blocksize": 150}):
            with self.assertRaisesRegex(memory_diet.InputError, "no integer"):
                self.dask.to_parquet(path, out, plan=plan, **options)
            self.assertEqual(len(os.listdir(out)), 9)
            self.assertEqual(len(pandas.read_parquet(out)), 200)


class Inputs(LazyTestCase):
    def test_keys_in_paths(self):
        folder = self.months()
        for path in (folder, f"{folder}/**", f"{folder}/month=*/part.csv", f"{folder}/**/*.csv", f"{folder}/month=[01]"):
            with self.subTest(path[len(folder) :]):
                frame = self.assertSameRows(path, blocksize=200)
                self.assertIn("month", frame.columns)
                self.assertEqual(self.dask.profile(path, blocksize=200), memory_diet.profile(path))
        self.assertEqual(self.dask.read_csv(folder, blocksize=200)["month"].value_counts().compute()[2], 40)
        self.dask.to_parquet(folder, self.path("out"))
        self.assertEqual(pandas.read_parquet(self.path("out"))["month"].unique().tolist(), [0, 1, 2])
        one = f"{folder}/month=1/part.csv"
        for reads_keys in (None, False, True):
            frame = self.assertSameRows(one, blocksize=200, hive_partitioning=reads_keys)
            self.assertEqual("month" in frame.columns, reads_keys is True)
        self.assertNotIn("month", self.assertSameRows(folder, hive_partitioning=False).columns)
        os.rename(f"{folder}/month=1", f"{folder}/month=[1]*?\\é")
        self.assertSameRows(folder, blocksize=200)

    def test_folders_are_those_of_read_csv(self):
        folder = self.months()
        self.file("data/_notes.csv", "x\n1\n")
        self.file("data/.hidden.csv", "x\n1\n")
        os.symlink(folder, self.path("data/back"))
        self.assertSameRows(folder, blocksize=200)
        self.assertSameRows(f"{folder}/**/*.csv")
        self.file("data/more.parquet", "")
        with self.assertRaisesRegex(memory_diet.InputError, "several kinds"):
            self.dask.read_csv(folder)
        os.makedirs(self.path("none"))
        with self.assertRaisesRegex(FileNotFoundError, "no file in this folder"):
            memory_diet.scan_csv(self.path("none"))

    def test_packed_and_other_encodings(self):
        text = lines(3000).replace("x", "é")
        packed = self.path("a.csv.gz")
        with gzip.open(packed, "wt", encoding="utf-8") as file:
            file.write(text)
        for path, options in (
            (packed, {}),
            (self.file("utf-16.csv", text.encode("utf-16")), {}),
            (self.file("latin-1.csv", text.encode("latin-1")), {"encoding": "latin-1"}),
        ):
            for blocksize in (None, 1000):
                frame = self.assertSameRows(path, blocksize=blocksize, **options)
                self.assertEqual(frame.npartitions, 1)
            self.assertEqual(len(self.dask.to_parquet(path, self.path("out"), blocksize=1000, **options)), 1)
        plain = self.file("a.csv", text)
        self.assertGreater(self.dask.read_csv([packed, plain], blocksize=5000).npartitions, 5)

    def test_empty_files_are_left_out(self):
        path = self.file("b.csv", lines(100))
        with gzip.open(self.path("e.csv.gz"), "wb"):
            pass
        nothing = [self.file("a.csv", ""), self.file("c.csv", "\n"), self.file("d.csv", b"\xef\xbb\xbf")]
        nothing.append(self.path("e.csv.gz"))
        frame = self.assertSameRows([*nothing, path], blocksize=400)
        self.assertEqual(len(frame), 100)
        profiles = [memory_diet.profile(name) for name in [*nothing, path]]
        self.assertEqual(memory_diet.merge(profiles), memory_diet.profile(path))
        self.assertEqual(memory_diet.merge(reversed(profiles)), memory_diet.profile(path))
        self.assertEqual(memory_diet.profile(self.folder), memory_diet.profile(path))
        self.assertEqual(self.dask.read_csv(nothing).compute().shape, (0, 0))
        self.assertEqual(memory_diet.scan_csv(nothing).collect().shape, (0, 0))

    def test_threads(self):
        path = self.file("a.csv", lines(100))
        self.assertEqual(len(self.dask.read_csv(path, threads=2, blocksize=300)), 100)
        self.assertEqual(len(self.dask.to_parquet(path, self.path("out"), threads=2)), 1)


class Said(LazyTestCase):
    def test_notes_are_warnings_once(self):
        folder = os.path.dirname(self.file("a.csv", "a,b\n1,2\n3\n"))
        self.file("readme.txt", "x")
        for read in (self.dask.read_csv, self.dask.plan, memory_diet.scan_csv):
            with self.assertWarns(memory_diet.NoteWarning) as caught:
                read(folder)
            self.assertEqual(caught.filename, __file__)
            said = [str(one.message) for one in caught.warnings]
            self.assertEqual(said, sorted(set(said), key=said.index))
            self.assertEqual([sum(word in one for one in said) for word in ("readme.txt", "is short")], [1, 1])
        warnings.simplefilter("error", memory_diet.NoteWarning)
        self.dask.read_csv(folder, plan=memory_diet.profile(folder)).compute()

    def test_plans_in_all_forms(self):
        path = self.file("a.csv", lines(100))
        known = memory_diet.profile(path)
        plan = self.file("plan.json", json.dumps(known.plan()))
        profile = self.file("a.profile", bytes(known))
        for given in (plan, profile, known, known.plan(), pickle.loads(pickle.dumps(known))):
            self.assertEqual(len(self.dask.read_csv(path, plan=given)), 100)
            self.assertEqual(memory_diet.scan_csv(path, plan=given).collect()["id"].sum(), 199_999_995_050)
            self.assertEqual(len(memory_diet.read_csv_part(path, (0, None), given)), 100)
        for given, said in (
            (path, "this is no plan and no profile"), (self.path("none"), "No such file"), ({}, "no list of `columns`"),
            ([plan], "list is no plan"), (5, "int is no plan"),
        ):
            for read in (self.dask.read_csv, memory_diet.scan_csv):
                with self.assertRaisesRegex((ValueError, TypeError, OSError), said):
                    read(path, plan=given)

    def test_words_of_others(self):
        path = self.file("a.csv", lines(3))
        for word, said in (
            ("assume_missing", "from all rows"), ("sample", "from all rows"), ("infer_schema_length", "from all rows"),
            ("n_rows", r"head\(n\)"), ("nrows", r"`head\(n\)` of the frame"),
            ("include_path_column", "file_name_column"), ("dtype", "diet plan"), ("delimeter", "Did you mean 'delimiter'"),
        ):
            for name, read in (("dask.read_csv", self.dask.read_csv), ("scan_csv", memory_diet.scan_csv)):
                with self.assertRaisesRegex(TypeError, rf"^{name}\(\) got an unexpected keyword.*{word}.*{said}"):
                    read(path, **{word: 1})
        for name in ("plan", "profile"):
            with self.assertRaisesRegex(TypeError, rf"^dask.{name}\(\) got an unexpected"):
                getattr(self.dask, name)(path, nothing=1)
        with self.assertRaisesRegex(TypeError, r"^dask.to_parquet\(\) got an unexpected"):
            self.dask.to_parquet(path, self.path("out"), nothing=1)
        for read in (self.dask.read_csv, memory_diet.scan_csv, memory_diet.profile):
            with self.assertRaisesRegex(memory_diet.OptionError, r"type: it is not for profiles.*memory_diet\.plan.*`plan=`"):
                read(path, type={"id": "string"})

    def test_what_is_no_path(self):
        for source, said in (
            ("nowhere://bucket/*.csv", "nowhere"), ("memory://none.csv", "there is no such file"),
            (io.BytesIO(b"a\n1\n"), "BytesIO is an open file"), ([io.BytesIO()], "is an open file"),
            (b"a.csv", "bytes are neither"), (None, "no path"), ([], "there is no path"),
        ):
            for read in (self.dask.read_csv, memory_diet.scan_csv, memory_diet.profile):
                with self.assertRaisesRegex((TypeError, memory_diet.OptionError, FileNotFoundError), said):
                    read(source)
        with self.assertRaisesRegex(memory_diet.OptionError, "standard input"):
            self.dask.read_csv("-")


if __name__ == "__main__":
    unittest.main()
