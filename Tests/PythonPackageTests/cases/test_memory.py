"""Memory behind a frame: what the frame says, and given back column by column."""

import subprocess
import sys
import unittest

from tables import TableTestCase

# A process of its own, so that nothing else is resident. The tables are large enough that what an
# allocator keeps for itself does not show.
COMMON = """
import gc, sys
import memory_diet, numpy, pandas, polars, pyarrow

def resident():
    gc.collect()
    pyarrow.default_memory_pool().release_unused()
    with open("/proc/self/smaps_rollup") as file:
        lines = dict(line.split(":") for line in file if ":" in line)
    return sum(int(lines[name].split()[0]) for name in ("Anonymous", "AnonHugePages") if name == "Anonymous") << 10

def wide(rows):
    row = numpy.arange(rows)
    random = numpy.random.default_rng(5)
    words = numpy.array(["DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"])
    return pyarrow.table({
        "key": row // 4,
        "part": random.integers(1, 200_000, rows),
        "quantity": random.integers(1, 50, rows),
        "price": random.integers(90_000, 10_000_000, rows) / 100,
        "maybe": pyarrow.array(random.integers(0, 1000, rows), mask=row % 3 == 0),
        "date": pyarrow.array(random.integers(8000, 10000, rows), pyarrow.int32()).cast(pyarrow.date32()),
        "instruct": pyarrow.array(words[random.integers(0, 4, rows)]),
        "comment": pyarrow.array(random.integers(10**15, 10**16, rows)).cast(pyarrow.string()),
        "flag": random.integers(0, 2, rows) == 1,
    })

def frame_bytes(frame):
    if isinstance(frame, pandas.DataFrame):
        return int(frame.memory_usage(deep=True).sum())
    return frame.estimated_size() if isinstance(frame, polars.DataFrame) else frame.nbytes

method = sys.argv[1]
make = lambda rows: getattr(memory_diet.lean(wide(rows)), method)()
make(1000)
"""


class MemoryTests(TableTestCase):
    def run_python(self, code, *arguments):
        result = subprocess.run(
            [sys.executable, "-c", COMMON + code, *arguments], capture_output=True, text=True, timeout=240
        )
        self.assertEqual((result.returncode, result.stderr), (0, ""), result)
        return [int(line) for line in result.stdout.split()]

    def test_a_frame_takes_what_it_says(self):
        for method in ("to_pandas", "to_polars", "to_arrow"):
            taken, said = self.run_python(
                """
before = resident()
frame = make(400_000)
print(resident() - before, frame_bytes(frame))
""",
                method,
            )
            with self.subTest(method):
                self.assertLess(abs(taken / said - 1), 0.1, f"{taken} bytes are resident, {said} said")

    def test_one_column_keeps_nothing_of_the_others(self):
        for method in ("to_pandas", "to_polars", "to_arrow"):
            for name in ("key", "price", "maybe", "date", "instruct"):
                taken, said, all_of_them = self.run_python(
                    """
before = resident()
frame = make(400_000)
column, total = frame[sys.argv[2]], frame_bytes(frame)
del frame
said = column.memory_usage(deep=True) if hasattr(column, "memory_usage") else (
    column.estimated_size() if hasattr(column, "estimated_size") else column.nbytes)
print(resident() - before, said, total)
""",
                    method,
                    name,
                )
                with self.subTest(method, column=name):
                    self.assertLess(taken, said + all_of_them / 20)


if __name__ == "__main__":
    unittest.main()
