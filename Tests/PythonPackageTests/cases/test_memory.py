"""Memory behind a frame: what the frame says, and given back column by column."""

import subprocess
import sys
import unittest

from tables import TableTestCase

# A process of its own, so that nothing else is resident. The table is large enough that what the heap
# keeps for itself does not show.
CODE = """
import gc, sys
import memory_diet, numpy, pandas, polars, pyarrow

method, rows = sys.argv[1], int(sys.argv[2])

def resident():
    gc.collect()
    pyarrow.default_memory_pool().release_unused()
    with open("/proc/self/smaps_rollup") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Anonymous:")) << 10

def frame(rows):
    row = numpy.arange(rows)
    random = numpy.random.default_rng(5)
    table = pyarrow.table({
        "key": row // 4,
        "part": random.integers(1, 200_000, rows),
        "price": random.integers(90_000, 10_000_000, rows) / 100,
        "maybe": pyarrow.array(random.integers(0, 1000, rows), mask=row % 3 == 0),
        "day": pyarrow.array(random.integers(8000, 10000, rows), pyarrow.int32()).cast(pyarrow.date32()),
    })
    return getattr(memory_diet.lean(table), method)()

def said(it):
    if hasattr(it, "memory_usage"):
        return int(numpy.sum(it.memory_usage(deep=True)))
    return it.estimated_size() if hasattr(it, "estimated_size") else it.nbytes

# What the source's own arrays leave in the heap is there before.
frame(rows)
before = resident()
whole = frame(rows)
total = said(whole)
print("all", resident() - before, total, total // 10)
for name in ("day", "key", "price", "maybe"):
    column = whole[name]
    del whole
    print(name, resident() - before, said(column), total // 10)
    del column
    whole = frame(rows)
"""


class MemoryTests(TableTestCase):
    def test_frames_and_columns_take_what_they_say(self):
        for method in ("to_pandas", "to_polars", "to_arrow"):
            result = subprocess.run(
                [sys.executable, "-c", CODE, method, "500000"], capture_output=True, text=True, timeout=240
            )
            self.assertEqual((result.returncode, result.stderr), (0, ""), result)
            for line in result.stdout.splitlines():
                what, *numbers = line.split()
                taken, said, tolerance = map(int, numbers)
                with self.subTest(method, of=what):
                    self.assertLess(taken, said + tolerance)


if __name__ == "__main__":
    unittest.main()
