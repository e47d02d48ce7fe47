"""Parquet beside pyarrow: the time to write a lean table, and its size; bytes in pandas and polars.

    bench/parquet.py DIET TABLE.csv [RUNS]

`diet apply` reads the CSV file and writes it; pyarrow is given the lean table in memory and only writes.
Both compress with zstd at level 1. Times are the best of the runs, taken in turns.
"""

import os
import subprocess
import sys
import tempfile
import time

import pandas
import polars
import pyarrow
import pyarrow.ipc
import pyarrow.parquet


def run(diet, source, target):
    start = time.perf_counter()
    subprocess.run([diet, "apply", source, "-o", target], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    diet, source = sys.argv[1:3]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/dev/shm")) as folder:
        arrow, ours, theirs = (f"{folder}/{name}" for name in ("t.arrow", "ours.parquet", "theirs.parquet"))
        run(diet, source, arrow)
        table = pyarrow.ipc.open_file(pyarrow.memory_map(arrow)).read_all()
        times = {"diet, CSV to Parquet": [], "diet, CSV to Arrow": [], "pyarrow, table to Parquet": []}
        for _ in range(runs):
            times["diet, CSV to Parquet"].append(run(diet, source, ours))
            times["diet, CSV to Arrow"].append(run(diet, source, arrow))
            start = time.perf_counter()
            pyarrow.parquet.write_table(table, theirs, compression="zstd", compression_level=1)
            times["pyarrow, table to Parquet"].append(time.perf_counter() - start)
        for name, seconds in times.items():
            print(f"{name:28} {min(seconds):7.3f} s")
        sizes = os.path.getsize(ours), os.path.getsize(theirs)
        print(f"bytes: diet {sizes[0]:,}, pyarrow {sizes[1]:,}: {sizes[0] / sizes[1]:.3f}")
        if table.nbytes < 1 << 28:
            frame = pandas.read_parquet(ours)
            print(f"in pandas: {frame.memory_usage(index=False, deep=True).sum():,}")
            print(f"in polars: {polars.read_parquet(ours).estimated_size():,}")
            again = pyarrow.parquet.read_table(ours)
            for column in table.column_names:
                wanted, found = table[column], again[column]
                if pyarrow.types.is_dictionary(wanted.type) != pyarrow.types.is_dictionary(found.type):
                    wanted = wanted.cast(wanted.type.value_type)
                assert found.cast(wanted.type).equals(wanted), column
            print("every value is the lean table's")


main()
