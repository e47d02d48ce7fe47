"""Ray: what `read_csv` does with the same files, as blocks of Arrow."""

import logging
import os
import unittest
import warnings

import memory_diet
import pandas
import pyarrow
import tables
from tables import lines

try:
    import memory_diet.ray
    import ray
except ImportError as error:
    MISSING = f"Ray was not run: {error}"
else:
    MISSING = None


class RayTestCase(tables.TableTestCase):
    """A cluster of two cores for the process, and no notes but where they are looked for."""

    @classmethod
    def setUpClass(cls):
        if MISSING is not None:
            raise unittest.SkipTest(MISSING)
        if not ray.is_initialized():
            ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
            logging.getLogger("ray.data").setLevel(logging.ERROR)
            context = ray.data.DataContext.get_current()
            context.enable_progress_bars, context.execution_options.preserve_order = False, True

    def setUp(self):
        super().setUp()
        notes = warnings.catch_warnings()
        notes.__enter__()
        self.addCleanup(notes.__exit__, None, None, None)
        warnings.simplefilter("ignore")

    def table(self, dataset):
        return pyarrow.concat_tables(ray.get(dataset.to_arrow_refs()))

    def assertSameRows(self, path, **options):
        """Ray and `read_csv` give the same rows in the same order, of the types that a part has."""
        layout = {name: options.pop(name) for name in ("blocksize",) if name in options}
        dataset = memory_diet.ray.read_csv(path, **layout, **options)
        found, whole = self.table(dataset), memory_diet.read_csv(path, **options).to_arrow()
        self.assertEqual(dataset.schema().base_schema.types, found.schema.types)
        self.assertEqual(found.column_names, whole.column_names)
        for name in whole.column_names:
            self.assertEqual(found[name].to_pylist(), whole[name].to_pylist(), name)
        self.assertEqual(dataset.count(), len(whole))
        return dataset


class Datasets(RayTestCase):
    def test_every_kind_of_column(self):
        path = tables.write_csv(self.path("torture.csv"), tables.torture(200))
        dataset = self.assertSameRows(path, blocksize=7_000, unsigned=True)
        plan = memory_diet.profile(path).plan(unsigned=True)
        expected = memory_diet.read_csv_part(path, (0, None), plan, categories="none").to_arrow().schema
        for block in ray.get(dataset.to_arrow_refs()):
            self.assertEqual(block.schema.types, expected.types)
        expected = memory_diet.read_csv_part(path, (0, None), plan).to_arrow().schema
        dataset = self.assertSameRows(path, blocksize=7_000, unsigned=True, categories="text")
        words = {tuple(block["country"].chunk(0).dictionary.to_pylist()) for block in ray.get(dataset.to_arrow_refs())}
        self.assertEqual(words, {("DE", "FR", "NA")})
        self.assertEqual(dataset.schema().base_schema.field("categories").type, expected.field("categories").type)

    def test_borders_within_quotes(self):
        rows = [(row, f"first \"line\" {row}\nsecond, line\n\n{'x' * (row % 50)}", "z" * (row % 3)) for row in range(60)]
        path = tables.write_csv(self.path("a.csv"), dict(zip(("n", "text", "short"), map(list, zip(*rows)))))
        # Parts of fewer bytes than a record: most of them have no row.
        self.assertSameRows(path, blocksize=25)
        self.assertEqual(memory_diet.ray.profile(path, blocksize=100), memory_diet.profile(path))

    def test_columns_that_are_asked_for(self):
        path = self.file("a.csv", lines(200))
        dataset = memory_diet.ray.read_csv(path, blocksize=500)
        self.assertEqual(dataset.select_columns(["word"]).schema().names, ["word"])
        self.assertEqual(self.table(dataset.select_columns(["word"]))["word"].to_pylist(), ["x", "y", "z"] * 66 + ["x", "y"])
        self.assertEqual(self.table(dataset.select_columns(["word", "id"])).column_names, ["word", "id"])
        self.assertEqual(dataset.rename_columns({"id": "number"}).select_columns(["number"]).sum("number"), dataset.sum("id"))
        self.assertEqual(dataset.select_columns(["id"]).count(), 200)
        self.assertEqual(dataset.drop_columns(["id"]).schema().names, ["word"])
        # Only what a query asks for is parsed: a field that the plan refuses is in the other column.
        plan = memory_diet.profile(path).plan()
        self.file("a.csv", lines(50) + "no number,x\n")
        damaged = memory_diet.ray.read_csv(path, plan=plan)
        self.assertEqual(damaged.select_columns(["word"]).count(), 51)
        self.assertEqual(len(self.table(damaged.select_columns(["word"]))), 51)
        with self.assertRaisesRegex(memory_diet.InputError, "is no integer: `no number`"):
            damaged.materialize()

    def test_used(self):
        path = self.file("a.csv", lines(300))
        dataset = memory_diet.ray.read_csv(path, blocksize=1_000)
        groups = dataset.groupby("word").sum("id").to_pandas().set_index("word")["sum(id)"]
        expected = memory_diet.read_csv(path).to_pandas().groupby("word", observed=True).id.sum()
        self.assertEqual(groups.sort_index().tolist(), expected.tolist())
        self.assertEqual(sorted(dataset.unique("word")), ["x", "y", "z"])
        self.assertEqual(dataset.sort("id").take(1)[0]["id"], 2_000_000_000 - 299)
        self.assertEqual(dataset.limit(7).count(), 7)
        self.assertEqual(dataset.repartition(2).count(), 300)
        self.assertEqual(dataset.sort("word").take(1)[0]["word"], "x")
        self.assertEqual(dataset.groupby("word").map_groups(lambda rows: {"n": [len(rows["id"])]}).count(), 3)
        gaps = memory_diet.ray.read_csv(self.file("c.csv", "w,n\nred,1\n,2\nblue,3\n"))
        self.assertEqual([word for batch in gaps.iter_batches() for word in batch["w"]], ["red", None, "blue"])
        named = memory_diet.ray.read_csv(self.file("d.csv", "word,k\nx,1\ny,2\n"))
        self.assertEqual(dataset.join(named, "inner", 2, on=("word",)).count(), 200)
        doubled = dataset.map_batches(lambda frame: frame.assign(id=frame.id * 2), batch_format="pandas")
        self.assertEqual(doubled.sum("id"), 2 * dataset.sum("id"))
        dataset.write_parquet(self.path("out"))
        self.assertEqual(pandas.read_parquet(self.path("out"))["id"].sum(), dataset.sum("id"))
        both = dataset.union(memory_diet.ray.read_csv(self.file("b.csv", lines(10))))
        self.assertEqual(both.count(), 310)


class Inputs(RayTestCase):
    def test_keys_in_paths(self):
        folder = self.months()
        dataset = self.assertSameRows(folder, blocksize=200)
        self.assertEqual(dataset.unique("month"), [0, 1, 2])
        self.assertSameRows(f"{folder}/month=[01]/*.csv")
        # Sixteen profiles at a time, so that three levels put them together.
        self.assertEqual(memory_diet.ray.plan(folder, blocksize=5), memory_diet.profile(folder).plan())

    def test_empty_files(self):
        nothing = self.file("a.csv", "")
        self.assertSameRows([nothing, self.file("b.csv", lines(50))], blocksize=100)
        self.assertEqual(memory_diet.ray.read_csv(self.file("c.csv", "a,b\n")).count(), 0)
        self.assertEqual(memory_diet.ray.read_csv(nothing).count(), 0)

    def test_written(self):
        path, out = self.file("a.csv", lines(400)), self.path("out")
        names = memory_diet.ray.to_parquet(path, out, blocksize=2_000)
        self.assertEqual(names, [f"{out}/part-{number:05}.parquet" for number in range(3)])
        self.assertEqual(pandas.read_parquet(out)["id"].sum(), 799_999_920_200)
        plan = memory_diet.profile(path).plan()
        self.file("a.csv", lines(300) + "no number,x\n")
        with self.assertRaisesRegex(memory_diet.InputError, "^[^\n]*no integer[^\n]*$"):
            memory_diet.ray.to_parquet(path, out, plan=plan, blocksize=2_000, overwrite=True)
        self.assertEqual(len(pandas.read_parquet(out)), 400)
        self.assertEqual(len(os.listdir(out)), 3)

    def test_what_is_said(self):
        path = self.file("a.csv", lines(30))
        for word, said in (
            ("override_num_blocks", "`blocksize=`"), ("arrow_csv_args", "`delimiter=`"), ("dtype", "diet plan"),
            ("delimeter", "Did you mean 'delimiter'"),
        ):
            with self.assertRaisesRegex(TypeError, rf"^ray.read_csv\(\) got an unexpected keyword.*{word}.*{said}"):
                memory_diet.ray.read_csv(path, **{word: 1})
        for options, said in (
            ({"delimiter": ""}, "^delimiter: '' is no character$"),
            ({"type": {"id": "string"}}, "^type: it is not for profiles of parts; make the plan[^\n]*$"),
        ):
            with self.assertRaisesRegex(memory_diet.OptionError, said):
                memory_diet.ray.read_csv(path, **options)
        with self.assertRaisesRegex(FileNotFoundError, "none.csv"):
            memory_diet.ray.read_csv(self.path("none.csv"))
        with self.assertRaisesRegex(memory_diet.InputError, "^[^\n]*b.csv, line 102.*0xFF is not UTF-8[^\n]*$"):
            memory_diet.ray.read_csv(self.file("b.csv", b"a\n" + b"x\n" * 100 + b"\xff\xfe\n"), blocksize=50)
        with self.assertRaisesRegex(memory_diet.InputError, "^[^\n]*has a column `b`, which[^\n]*$"):
            files = [self.file(f"{number}.csv", "a,b\n1,2\n" if number < 20 else "a,c\n1,2\n") for number in range(40)]
            memory_diet.ray.read_csv(files)
        with self.assertWarns(memory_diet.NoteWarning) as caught:
            memory_diet.ray.read_csv(self.file("c.csv", "a,b\n1,2\n3\n"))
        self.assertEqual(caught.filename, __file__)


if __name__ == "__main__":
    unittest.main()
