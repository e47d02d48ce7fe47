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

# Many tables at once, so that what is kept with each of them shows.
TABLES = """
import ctypes, gc, random, sys
import memory_diet

path, rows = sys.argv[1], int(sys.argv[2])
count = 6

def resident():
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    with open("/proc/self/smaps_rollup") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Anonymous:")) << 10

random = random.Random(7)
words = "alpha beta gamma delta order shipped late customer called back".split()
kinds = {
    "affix": lambda: f"INV-{random.randrange(10**6):06}",
    "tokens": lambda: " ".join(random.choice(words) for _ in range(8)),
    "spelled": lambda: f"{random.getrandbits(100):025x}",
    "dictionary": lambda: f"{random.choice(words)} {random.randrange(50)}",
    "number": lambda: str(random.randrange(5000)),
}
for kind, value in kinds.items():
    with open(path, "w") as file:
        file.write("v\\n" + "".join(value() + "\\n" for _ in range(rows)))
    for policy in ("fast", "packed", "smallest"):
        for _ in range(2):
            memory_diet.read_csv(path, policy=policy)
        before = resident()
        tables = [memory_diet.read_csv(path, policy=policy) for _ in range(count)]
        print(policy, kind, resident() - before, sum(table.nbytes for table in tables))
        tables = [table.filter("v is not null") for table in tables]
        print(policy, kind, "filtered", resident() - before, sum(table.nbytes for table in tables))
        del tables
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

    def test_tables_hold_what_they_say(self):
        result = subprocess.run(
            [sys.executable, "-c", TABLES, self.path("values.csv"), "20000"],
            capture_output=True, text=True, timeout=240, env=os.environ | HEAPS,
        )
        self.assertEqual((result.returncode, result.stderr), (0, ""), result)
        for line in result.stdout.splitlines():
            what, held, said = line.rsplit(" ", 2)
            with self.subTest(of=what):
                # Pages, and 20 kB a table for the table itself and what is known of it.
                self.assertLess(int(held), int(said) * 1.05 + 6 * 20_000)


if __name__ == "__main__":
    unittest.main()
