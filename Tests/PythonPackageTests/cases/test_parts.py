"""Parts of a table: profiles, plans, partitions of Dask."""

import os
import pickle
import random
import tempfile
import unittest

import memory_diet
import pandas
import pyarrow.dataset


ROWS = 1000


def text(rows: int, seed: int = 1) -> str:
    """A table whose cuts are hard: quoted line ends, a late word among numbers, words that come late."""
    seeded = random.Random(seed)
    lines = ["id,word,note,price,day,code"]
    for row in range(rows):
        word = seeded.choice(["red", "green", "blue"]) if row < rows * 2 // 3 else "violet"
        code = "late" if row == rows - 3 else str(seeded.randrange(50))
        note = f'"first\nsecond ""{row % 7}"", third"'
        price = f"{seeded.randrange(10_000) / 100:.2f}" if row % 11 else ""
        lines.append(f"{row},{word},{note},{price},2024-01-{row % 28 + 1:02},{code}")
    return "\n".join(lines) + "\n"


class TableTestCase(unittest.TestCase):
    """A file, and ranges of its bytes."""

    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "table.csv")
        with open(self.path, "w", newline="") as file:
            file.write(text(ROWS))
        self.size = os.path.getsize(self.path)

    def ranges(self, count: int, seed: int) -> list:
        seeded = random.Random(seed)
        inner = sorted(seeded.randrange(self.size) for _ in range(count - 1))
        return list(zip([0, *inner], [*inner, None]))


class Parts(TableTestCase):
    def test_profiles_merge_to_that_of_the_whole(self) -> None:
        whole = memory_diet.profile(self.path)
        self.assertEqual(len(whole), ROWS)
        for seed in range(5):
            parts = [memory_diet.profile(self.path, part) for part in self.ranges(6, seed)]
            random.Random(seed).shuffle(parts)
            parts = [pickle.loads(pickle.dumps(part)) for part in parts]
            self.assertEqual(memory_diet.merge(parts), whole, f"seed {seed}")
        self.assertIn("1,000 rows", repr(whole))
        self.assertLess(len(bytes(whole)), 20_000)
        kinds = {column["name"]: column["type"]["name"] for column in whole.plan()["columns"]}
        self.assertEqual(kinds["code"], "string")
        self.assertEqual(kinds["price"], "decimal")
        self.assertIn("violet", str(whole.plan()))
        self.assertEqual(whole.report().to_dict()["input"]["rows"], ROWS)

    def test_parts_are_the_rows_once_each(self) -> None:
        plan = memory_diet.profile(self.path).plan()
        whole = memory_diet.read_csv(self.path).to_pandas()
        frames = [memory_diet.read_csv_part(self.path, part, plan).to_pandas() for part in self.ranges(7, 3)]
        self.assertEqual(len({str(frame.dtypes.to_dict()) for frame in frames}), 1)
        together = pandas.concat(frames, ignore_index=True)
        self.assertEqual(list(together["word"].cat.categories), ["blue", "green", "red", "violet"])
        pandas.testing.assert_frame_equal(
            together.astype(str), whole.astype(str), check_dtype=False, check_categorical=False
        )

    def test_parts_begin_where_a_scan_says(self) -> None:
        plan = memory_diet.profile(self.path).plan()
        ranges = self.ranges(7, 5)
        scans = [pickle.loads(pickle.dumps(memory_diet.scan(self.path, part))) for part in ranges]
        random.Random(5).shuffle(scans)
        scan = scans[0].merge(*scans[1:])
        for part in ranges:
            own = pickle.loads(pickle.dumps(scan.part(part[0])))
            self.assertLess(len(bytes(own)), 200)
            profile = memory_diet.profile(self.path, part, scan=own)
            self.assertEqual(profile, memory_diet.profile(self.path, part))
            found = memory_diet.read_csv_part(self.path, part, plan, scan=scan).to_arrow()
            self.assertTrue(found.equals(memory_diet.read_csv_part(self.path, part, plan).to_arrow()), part)
        self.assertEqual(scan, scans[3].merge(*scans[:3], *scans[4:]))
        self.assertIn("bytes", repr(scan))
        with self.assertRaisesRegex(memory_diet.InputError, "in two parts"):
            scan.merge(scan)
        with self.assertRaisesRegex(memory_diet.InputError, "no scan"):
            memory_diet.Scan(bytes(memory_diet.profile(self.path)))
        with self.assertRaisesRegex(TypeError, "no Scan"):
            memory_diet.read_csv_part(self.path, (0, 9), plan, scan=b"x")
        with open(self.path, "a", encoding="utf-8") as file:
            file.write("1,red,x,1.5,2024-01-01,7\n")
        with self.assertRaisesRegex(memory_diet.InputError, "scan it again"):
            memory_diet.read_csv_part(self.path, ranges[3], plan, scan=scan)

    def test_a_long_record_is_looked_through_once(self) -> None:
        # Hundred thousand lines in one field: each was once where the record might have ended.
        field = "".join(f"line {line}\n" for line in range(100_000))
        with open(self.path, "w", newline="") as file:
            file.write(f'a,b\n1,x\n2,"{field}"\n3,y\n')
        whole = memory_diet.profile(self.path)
        ranges = [(0, 1000), (1000, 500_000), (500_000, None)]
        self.assertEqual(memory_diet.merge(memory_diet.profile(self.path, part) for part in ranges), whole)
        scan = memory_diet.scan(self.path, ranges[0]).merge(*(memory_diet.scan(self.path, part) for part in ranges[1:]))
        self.assertEqual(len(memory_diet.profile(self.path, ranges[2], scan=scan)), 1)

    def test_plans_of_all_options(self) -> None:
        plan = memory_diet.plan(self.path, type={"id": "string"}, drop=["note"])
        self.assertEqual([column["name"] for column in plan["columns"]], ["id", "word", "price", "day", "code"])
        self.assertEqual(plan["columns"][0]["type"]["name"], "string")
        with self.assertRaisesRegex(memory_diet.OptionError, r"memory_diet\.plan"):
            memory_diet.profile(self.path, type={"id": "string"})
        with self.assertRaises(FileNotFoundError):
            memory_diet.plan(os.path.join(self.folder.name, "none.csv"))

    def test_parts_are_written(self) -> None:
        plan = memory_diet.profile(self.path).plan()
        names = []
        for number, part in enumerate(self.ranges(4, 9)):
            names.append(os.path.join(self.folder.name, f"part-{number}.parquet"))
            memory_diet.write_csv_part(self.path, part, plan, names[-1])
        table = pyarrow.dataset.dataset(names).to_table()
        self.assertEqual(table.num_rows, ROWS)
        self.assertEqual(table["id"].to_pylist(), list(range(ROWS)))

    def test_what_does_not_go_together_is_refused(self) -> None:
        part = memory_diet.profile(self.path, (0, 5000))
        with self.assertRaisesRegex(memory_diet.InputError, "in two parts"):
            part.merge(part)
        with self.assertRaisesRegex(memory_diet.InputError, "are in no part"):
            part.plan()
        with self.assertRaisesRegex(Exception, "no profile"):
            memory_diet.Profile(b"nothing")
        with self.assertRaisesRegex(memory_diet.OptionError, "ends before it begins"):
            memory_diet.profile(self.path, (9, 3))
        with self.assertRaises(TypeError):
            part.merge("a profile")  # type: ignore[arg-type]
        with self.assertRaisesRegex(TypeError, r"bytes is no Profile: `Profile\(data\)`"):
            memory_diet.merge([bytes(part)])  # type: ignore[list-item]
        with self.assertRaisesRegex(memory_diet.OptionError, "no profile: give at least one"):
            memory_diet.merge([])
        with self.assertRaisesRegex(memory_diet.InputError, "no profile"):
            memory_diet.Profile(b"nothing")
        with self.assertRaisesRegex(memory_diet.OptionError, "name one file"):
            memory_diet.profile([self.path, self.path], (0, 9))


class OnDask(TableTestCase):
    def setUp(self) -> None:
        super().setUp()
        import dask

        scheduler = dask.config.set(scheduler="threads")
        scheduler.__enter__()
        self.addCleanup(scheduler.__exit__, None, None, None)
        self.plain = pandas.read_csv(self.path, parse_dates=["day"], dtype={"code": "str"})

    def read(self, **options):
        import memory_diet.dask

        return memory_diet.dask.read_csv(self.path, blocksize=self.size // 7, **options)

    def test_frames_are_those_of_pandas(self) -> None:
        frame = self.read()
        self.assertEqual(frame.npartitions, 8)
        self.assertTrue(frame["word"].cat.known)
        self.assertEqual(len(frame), ROWS)
        computed = frame.compute()
        self.assertEqual(computed["id"].tolist(), self.plain["id"].tolist())
        self.assertEqual(computed["note"].astype(str).tolist(), self.plain["note"].tolist())
        self.assertEqual(computed["code"].astype(str).tolist(), self.plain["code"].tolist())
        self.assertEqual({str(k) for k in frame.dtypes}, {str(k) for k in computed.dtypes})

    def test_what_people_do_next(self) -> None:
        frame = self.read()
        found = frame.groupby("word", observed=True)["id"].sum().compute()
        expected = self.plain.groupby("word")["id"].sum()
        self.assertEqual(found.astype("int64").to_dict(), expected.to_dict())
        counts = frame["word"].value_counts().compute()
        self.assertEqual(counts.to_dict(), self.plain["word"].value_counts().to_dict())
        other = pandas.DataFrame({"word": ["red", "violet"], "rank": [1, 2]})
        merged = frame.assign(word=frame["word"].astype(str)).merge(other, on="word").compute()
        self.assertEqual(len(merged), len(self.plain.merge(other, on="word")))
        kept = frame.persist()
        self.assertEqual(int(kept["id"].max().compute()), ROWS - 1)
        names = frame[["id", "word"]].compute()
        self.assertEqual(list(names.columns), ["id", "word"])
        out = os.path.join(self.folder.name, "out")
        frame.to_parquet(out)
        self.assertEqual(pandas.read_parquet(out)["id"].tolist(), self.plain["id"].tolist())

    def test_a_plan_reads_nothing_before_it_is_computed(self) -> None:
        import memory_diet.dask

        plan = memory_diet.dask.plan(self.path, blocksize=5000)
        self.assertEqual(plan, memory_diet.profile(self.path).plan())
        frame = self.read(plan=plan)
        self.assertEqual(len(frame), ROWS)
        self.assertEqual(self.read(plan=plan)._name, frame._name)

    def test_lean_parts_are_one_data_set(self) -> None:
        import memory_diet.dask

        out = os.path.join(self.folder.name, "lean")
        names = memory_diet.dask.to_parquet(self.path, out, blocksize=self.size // 5)
        self.assertEqual(os.path.basename(names[2]), "part-00002.parquet")
        again = memory_diet.dask.to_parquet(self.path, out, blocksize=self.size // 5)
        self.assertEqual(names, again)
        table = pyarrow.dataset.dataset(names).to_table()
        self.assertEqual(table["id"].to_pylist(), list(range(ROWS)))
        self.assertEqual(len({str(pyarrow.parquet.read_schema(name)) for name in names}), 1)

    def test_several_files(self) -> None:
        import memory_diet.dask

        for month in range(3):
            with open(os.path.join(self.folder.name, f"month-{month}.csv"), "w", newline="") as file:
                file.write(text(200, seed=month))
        frame = memory_diet.dask.read_csv(os.path.join(self.folder.name, "month-*.csv"), blocksize=None)
        self.assertEqual(frame.npartitions, 3)
        self.assertEqual(len(frame), 600)
        with self.assertRaisesRegex(FileNotFoundError, "no file matches"):
            memory_diet.dask.read_csv(os.path.join(self.folder.name, "none-*.csv"))


class InPolars(TableTestCase):
    """Lazy queries give what the same queries give on the whole table."""

    def setUp(self) -> None:
        super().setUp()
        self.whole = memory_diet.read_csv(self.path).to_polars()
        self.lazy = memory_diet.scan_csv(self.path, blocksize=self.size // 9)

    def test_queries(self) -> None:
        import polars
        from polars.testing import assert_frame_equal

        column = polars.col
        queries = {
            "all": lambda f: f,
            "columns": lambda f: f.select("word", "id"),
            "filter": lambda f: f.filter(column("price") > 50, column("word") != "red").select("id", "note"),
            "head": lambda f: f.head(17),
            "slice": lambda f: f.slice(300, 40),
            "tail": lambda f: f.tail(5),
            "head of filtered": lambda f: f.filter(column("word") == "violet").head(3),
            "group": lambda f: f.group_by("word").agg(column("id").sum(), column("price").mean()).sort("word"),
            "dates": lambda f: f.filter(column("day") >= polars.date(2024, 1, 20)).select(polars.len()),
            "sort": lambda f: f.sort("price", "id", descending=True, nulls_last=True).head(9),
            "none": lambda f: f.filter(column("id") < 0),
            "count": lambda f: f.select(polars.len()),
            "self join": lambda f: f.join(f.select("id", other="code"), on="id").select("id", "other").sort("id"),
        }
        for name, query in queries.items():
            with self.subTest(name):
                found = query(self.lazy).collect()
                assert_frame_equal(found, query(self.whole.lazy()).collect(), categorical_as_str=True)

    def test_streaming_and_sinks(self) -> None:
        import polars

        out = os.path.join(self.folder.name, "out.parquet")
        self.lazy.select("id", "price").sink_parquet(out)
        self.assertEqual(polars.read_parquet(out)["id"].to_list(), list(range(ROWS)))

    def test_sums_do_not_wrap(self) -> None:
        import polars

        with open(self.path, "w") as file:
            file.write("big,small,word\n" + "".join(f"{2_000_000_000 - row},{row},x\n" for row in range(1000)))
        whole = memory_diet.read_csv(self.path).to_polars()
        self.assertEqual(whole.schema["big"], polars.Int64)
        lazy = memory_diet.scan_csv(self.path, blocksize=3000)
        self.assertEqual(lazy.collect_schema(), whole.schema)
        self.assertEqual({str(batch.schema) for batch in lazy.collect_batches()}, {str(whole.schema)})
        known = memory_diet.profile(self.path)
        for plan in (None, known, known.plan()):
            lazy = memory_diet.scan_csv(self.path, blocksize=3000, plan=plan)
            self.assertEqual(lazy.sum().collect().row(0)[:2], (1_999_999_500_500, 499_500))

    def test_a_plan_is_followed(self) -> None:
        plan = memory_diet.profile(self.path).plan()
        lazy = memory_diet.scan_csv(self.path, blocksize="10kB", plan=plan)
        self.assertEqual(lazy.collect_schema(), self.lazy.collect_schema())
        with self.assertRaisesRegex(memory_diet.OptionError, "no number of bytes"):
            memory_diet.scan_csv(self.path, blocksize="ten")


if __name__ == "__main__":
    unittest.main()
