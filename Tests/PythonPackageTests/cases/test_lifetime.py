"""Memory: shared as long as anyone holds it, given back when no one does, from any thread."""

import ctypes
import gc
import os
import subprocess
import sys
import threading
import unittest

import duckdb
import memory_diet
import polars
import pyarrow
from tables import TableTestCase, torture, write_csv


class LifetimeTests(TableTestCase):
    def setUp(self):
        super().setUp()
        gc.collect()
        self.assertEqual(memory_diet.live_object_count(), 0, "a test before this one leaked")
        self.columns = torture(200)
        self.csv = write_csv(self.path("torture.csv"), self.columns)

    def tearDown(self):
        gc.collect()
        self.assertEqual(memory_diet.live_object_count(), 0, "the library was not given back all")

    def test_every_way_out_gives_back(self):
        def use(lean):
            lean.to_arrow(), lean.to_pandas(), lean.to_polars(), lean.report().text()
            repr(lean), lean._repr_html_(), lean.notes, pyarrow.schema(lean)
            duckdb.sql("select count(*) from lean").fetchall()

        use(memory_diet.read_csv(self.csv))
        memory_diet.analyze(self.csv).to_dict()

    def test_capsules_that_nobody_reads(self):
        table = memory_diet.read_csv(self.csv)
        capsules = [table.__arrow_c_stream__(), table.__arrow_c_schema__()]
        self.assertGreater(memory_diet.live_object_count(), 2)
        del capsules

    def test_a_stream_that_is_not_read_to_its_end(self):
        reader = pyarrow.RecordBatchReader.from_stream(memory_diet.read_csv(self.csv))
        self.assertEqual(len(reader.schema), len(self.columns))
        del reader

    def test_a_stream_is_read_once_and_a_table_as_often_as_one_likes(self):
        table = memory_diet.read_csv(self.csv)
        reader = pyarrow.RecordBatchReader.from_stream(table)
        self.assertEqual(sum(batch.num_rows for batch in reader), 200)
        self.assertEqual(sum(batch.num_rows for batch in reader), 0)
        self.assertEqual(table.to_arrow(), table.to_arrow())

    def test_consumers_outlive_the_table(self):
        table = memory_diet.read_csv(self.csv)
        arrow, lean = table.to_arrow(), table.to_polars()
        reader = pyarrow.RecordBatchReader.from_stream(table)
        del table
        gc.collect()
        # Fresh memory is written over whatever was freed too early.
        waste = [bytearray(os.urandom(1 << 16)) for _ in range(200)]
        late = reader.read_all()
        for name, expected in self.columns.items():
            for found in (arrow.column(name), late.column(name), lean[name].to_arrow()):
                self.assertSameValues(found.to_pylist(), expected, name)
        del waste

    def test_a_column_outlives_its_batch(self):
        batch = next(iter(pyarrow.RecordBatchReader.from_stream(memory_diet.read_csv(self.csv))))
        column = batch.column("categories")
        del batch
        gc.collect()
        self.assertGreater(memory_diet.live_object_count(), 0)
        self.assertSameValues(column.to_pylist(), self.columns["categories"], "categories")

    def test_release_on_other_threads(self):
        table = memory_diet.read_csv(self.csv)
        failures = []

        def work():
            try:
                for _ in range(20):
                    self.assertEqual(table.to_arrow().num_rows, 200)
                    capsule = table.__arrow_c_stream__()
                    self.assertEqual(len(polars.DataFrame(table)), 200)
                    del capsule
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        gc.collect()
        self.assertEqual(memory_diet.live_object_count(), 1)

        holder = [table.to_arrow()]
        thread = threading.Thread(target=holder.clear)
        thread.start()
        thread.join()

    def test_errors_leave_nothing(self):
        for _ in range(10):
            with self.assertRaises(FileNotFoundError):
                memory_diet.read_csv(self.path("missing.csv"))

    def test_memory_is_shared(self):
        table = memory_diet.read_csv(self.csv)
        first, second = table.to_arrow(), table.to_arrow()
        for name in ("small", "small with nulls", "beyond 2^53 with nulls", "free", "float"):
            a, b = (arrow.column(name).chunk(0).buffers() for arrow in (first, second))
            self.assertEqual([x and x.address for x in a], [x and x.address for x in b], name)

    def test_other_threads_run_meanwhile(self):
        # The reader waits for a writer on another thread of Python: if it kept the interpreter's
        # lock, neither would ever end.
        pipe = self.path("pipe.csv")
        os.mkfifo(pipe)

        def write():
            with open(pipe, "w") as file:
                file.write("a,b\n1,x\n2,y\n")

        thread = threading.Thread(target=write)
        thread.start()
        table = memory_diet.read_csv(pipe)
        thread.join()
        self.assertEqual(table.to_arrow().to_pylist(), [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}])


class ProcessTests(TableTestCase):
    """What takes a process of its own."""

    def run_python(self, code, *arguments):
        result = subprocess.run(
            [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=120
        )
        self.assertEqual((result.returncode, result.stderr), (0, ""), result)
        return result.stdout

    def setUp(self):
        super().setUp()
        self.csv = write_csv(self.path("torture.csv"), torture(20_000))

    def test_the_interpreter_ends_while_all_is_in_use(self):
        self.run_python(
            """
import sys, memory_diet, builtins
builtins.kept = [memory_diet.read_csv(sys.argv[1])]
builtins.kept += [kept[0].__arrow_c_stream__(), kept[0].to_arrow(), kept[0].to_pandas()]
sys.kept = kept[0].__arrow_c_schema__()
""",
            self.csv,
        )

    def test_a_forked_process_reads_too(self):
        output = self.run_python(
            """
import os, sys, memory_diet
table = memory_diet.read_csv(sys.argv[1])
table.to_arrow()
child = os.fork()
if child == 0:
    again = memory_diet.read_csv(sys.argv[1])
    same = again.to_arrow() == table.to_arrow()
    os._exit(0 if same else 1)
print(os.waitpid(child, 0)[1])
""",
            self.csv,
        )
        self.assertEqual(output, "0\\n".encode().decode("unicode_escape"))


if __name__ == "__main__":
    unittest.main()
