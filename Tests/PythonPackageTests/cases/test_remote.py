"""Tables behind URLs, which fsspec reads."""

import pickle
import unittest
import warnings

import fsspec
import memory_diet
import memory_diet.dask
from test_parts import ROWS, TableTestCase, text


class Remotes(TableTestCase):
    """The same files on disk and behind URLs: two months, in a file system in memory."""

    def setUp(self) -> None:
        super().setUp()
        caught = warnings.catch_warnings()
        caught.__enter__()
        self.addCleanup(caught.__exit__, None, None, None)
        warnings.simplefilter("ignore")
        self.files = fsspec.filesystem("memory")
        self.addCleanup(self.files.rm, "/months", recursive=True)
        for number in (1, 2):
            self.files.pipe(f"/months/{number}.csv", text(ROWS, number).encode())
            with open(f"{self.folder.name}/{number}.csv", "w", newline="") as file:
                file.write(text(ROWS, number))

    def test_parts_are_those_of_the_file(self) -> None:
        url = "memory://months/1.csv"
        path = f"{self.folder.name}/1.csv"
        plan = memory_diet.profile(url).plan()
        self.assertEqual(plan, memory_diet.profile(path).plan())
        scans = [memory_diet.scan(url, part) for part in self.ranges(5, 2)]
        scan = pickle.loads(pickle.dumps(scans[0].merge(*scans[1:])))
        for part in self.ranges(5, 2):
            found = memory_diet.read_csv_part(url, part, plan, scan=scan).to_arrow()
            self.assertTrue(found.equals(memory_diet.read_csv_part(path, part, plan).to_arrow()))

    def test_patterns_and_folders(self) -> None:
        local = memory_diet.dask.read_csv(f"{self.folder.name}/[12].csv", blocksize=9000).compute()
        for url in ("memory://months/*.csv", "memory://months", ["memory://months/1.csv", "memory://months/2.csv"]):
            frame = memory_diet.dask.read_csv(url, blocksize=9000)
            self.assertGreater(frame.npartitions, 4)
            self.assertTrue(frame.compute().reset_index(drop=True).equals(local.reset_index(drop=True)), url)
        lazy = memory_diet.scan_csv("memory://months/*.csv", blocksize=9000).collect()
        self.assertEqual(lazy.height, 2 * ROWS)

    def test_what_is_not_there(self) -> None:
        with self.assertRaisesRegex(FileNotFoundError, "there is no such file"):
            memory_diet.dask.read_csv("memory://months/3.csv")
        with self.assertRaisesRegex(FileNotFoundError, "no file matches"):
            memory_diet.dask.read_csv("memory://months/x*.csv")
        with self.assertRaisesRegex(memory_diet.OptionError, "they are for URLs"):
            memory_diet.dask.read_csv(self.path, storage_options={"anon": True})
        with self.assertRaisesRegex(memory_diet.OptionError, "make no columns"):
            memory_diet.dask.read_csv("memory://months", hive_partitioning=True)

    def test_packed_files_are_one_part(self) -> None:
        import gzip

        self.files.pipe("/months/1.csv.gz", gzip.compress(text(ROWS, 1).encode()))
        frame = memory_diet.dask.read_csv("memory://months/1.csv.gz", blocksize=1000)
        self.assertEqual((frame.npartitions, len(frame)), (1, ROWS))

    def test_what_fails_is_said(self) -> None:
        class Failing:
            def seek(self, offset, whence=0):
                return 5000

            def read(self, count):
                raise OSError("the line is cut")

            def close(self):
                pass

        reading = memory_diet._remote.Reading("memory://x.csv", Failing())
        plan = memory_diet.plan(self.path)
        opened = memory_diet._remote.Remote.open
        memory_diet._remote.Remote.open = lambda self: reading
        try:
            with self.assertRaisesRegex(OSError, "memory://x.csv: reading failed: the line is cut"):
                memory_diet.read_csv_part("memory://x.csv", (0, None), plan)
        finally:
            memory_diet._remote.Remote.open = opened


if __name__ == "__main__":
    unittest.main()
