"""Memory behind a frame: what the frame says is given back with it, column by column."""

import os
import subprocess
import sys
import unittest

from tables import TableTestCase

# A process of its own, so that nothing else is resident. What the heap keeps of a read for itself is
# not counted: it is the same before and after. The table is large enough for its heap to be trimmed.
CODE = """
import ctypes, gc, sys
import memory_diet, numpy, pandas, polars, pyarrow

method, rows = sys.argv[1], int(sys.argv[2])

def resident():
    gc.collect()
    pyarrow.default_memory_pool().release_unused()
    # What the heap gives back by itself, it may give back at any time.
    ctypes.CDLL(None).malloc_trim(0)
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

# What a read leaves in the heap is there before and after.
for _ in range(2):
    frame(rows)
whole = frame(rows)
total = said(whole)
held = resident()
del whole
print("all", held - resident(), total, total // 50)
for name in ("day", "maybe"):
    whole = frame(rows)
    column = whole[name]
    del whole
    held, words = resident(), said(column)
    del column
    print(name, held - resident(), words, total // 50)
"""


# What is freed leaves resident memory at once: Arrow's pool and polars' heap keep it for a while, and
# `malloc_trim` cannot give back the end of a heap of another thread.
HEAPS = {
    "MALLOC_ARENA_MAX": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0",
}


class MemoryTests(TableTestCase):
    def test_frames_and_columns_give_back_what_they_say(self):
        for method in ("to_pandas", "to_polars", "to_arrow"):
            result = subprocess.run(
                [sys.executable, "-c", CODE, method, "1100000"],
                capture_output=True, text=True, timeout=240, env=os.environ | HEAPS,
            )
            self.assertEqual((result.returncode, result.stderr), (0, ""), result)
            for line in result.stdout.splitlines():
                what, *numbers = line.split()
                taken, said, tolerance = map(int, numbers)
                with self.subTest(method, of=what):
                    self.assertLess(abs(taken - said), tolerance)


if __name__ == "__main__":
    unittest.main()
