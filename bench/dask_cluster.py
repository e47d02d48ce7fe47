#!/usr/bin/env python3
"""Text to Parquet on a cluster of worker processes: ours beside Dask's own, in one run.

    bench/dask_cluster.py TABLE.csv [--library libdietc.so] [--workers 2] [--parts 24] [--kill] [--folder DIR]

Ours is `memory_diet.dask.to_parquet`; Dask's is `read_csv`, `categorize` of the columns of text with few words, and
`to_parquet`. Prints seconds, the most bytes that a worker had resident, the bytes on disk, and whether both folders
hold the same rows. With --kill a worker is killed in the middle of ours, which must make no difference.
"""

import argparse
import os
import pathlib
import shutil
import signal
import sys
import threading
import time

import pyarrow.parquet as parquet
from distributed import Client, LocalCluster


def peak() -> int:
    """The most bytes that this process had resident."""
    for line in pathlib.Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def measured(workers: int, run, kills: bool = False) -> tuple[float, int]:
    """Seconds on a fresh cluster, and the most bytes that a worker had."""
    with LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            if kills:
                victim = next(iter(cluster.workers.values())).process.pid
                threading.Timer(3, os.kill, [victim, signal.SIGKILL]).start()
            start = time.perf_counter()
            run()
            seconds = time.perf_counter() - start
            return seconds, max(client.run(peak).values())


def ours(table: pathlib.Path, out: pathlib.Path, size: int) -> None:
    import memory_diet.dask

    memory_diet.dask.to_parquet(str(table), str(out), blocksize=size)


def theirs(table: pathlib.Path, out: pathlib.Path, size: int) -> None:
    import dask.dataframe as dd

    frame = dd.read_csv(str(table), blocksize=size)
    head = frame.head(10_000)
    few = [name for name in head.select_dtypes(["object", "string"]) if head[name].nunique() < 1000]
    frame.astype({name: "category" for name in few}).categorize(columns=few).to_parquet(str(out))


def summary(out: pathlib.Path) -> tuple[int, int, dict]:
    """Bytes, rows, and a sum for each column of numbers."""
    files = sorted(out.glob("*.parquet"))
    rows = parquet.read_table(files).to_pandas()
    sums = {name: round(float(rows[name].sum()), 2) for name in rows.select_dtypes("number")}
    return sum(file.stat().st_size for file in files), len(rows), sums


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("--library", default=".build/release/libdietc.so")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--parts", type=int, default=24)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("/var/tmp"))
    options = parser.parse_args()
    source = pathlib.Path(__file__).resolve().parent.parent / "Sources" / "Python"
    os.environ["MEMORY_DIET_LIBRARY"] = os.path.abspath(options.library)
    os.environ["PYTHONPATH"] = str(source)
    sys.path.insert(0, str(source))
    size = -(-options.table.stat().st_size // options.parts)
    print("| | seconds | most of a worker | on disk | rows |\n|---|--:|--:|--:|--:|")
    found = {}
    for name, run in [("memory_diet.dask", ours), ("dask.dataframe", theirs)]:
        out = options.folder / f"bench-{name}"
        shutil.rmtree(out, ignore_errors=True)
        kills = options.kill and run is ours
        seconds, most = measured(options.workers, lambda: run(options.table, out, size), kills)
        bytes_, rows, found[name] = summary(out)
        title = name + (", a worker killed" if kills else "")
        print(f"| {title} | {seconds:.1f} | {most / 1e6:,.0f} MB | {bytes_ / 1e6:,.0f} MB | {rows:,} |", flush=True)
        shutil.rmtree(out)
    print("the sums of all columns of numbers are", "the same" if len({str(sums) for sums in found.values()}) == 1 else
          f"different: {found}")


if __name__ == "__main__":
    main()
