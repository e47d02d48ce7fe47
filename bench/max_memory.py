#!/usr/bin/env python3
"""What `--max-memory` costs: peaks, as the kernel counts them, and times, beside runs without it.

    bench/max_memory.py TABLE.csv [--diet PATH] [--limit 256MB] [--copies 1 10] [--folder DIR]

Writes the records of TABLE.csv so many times over (10 copies of lineitem SF1 take 7.7 GB), and applies the diet to each,
to Parquet and to Arrow, without a limit and with one, in turn. The files must be the same.
"""

import argparse
import filecmp
import os
import pathlib
import subprocess
import time


def multiplied(source: pathlib.Path, copies: int, folder: pathlib.Path) -> pathlib.Path:
    """The table with its records so many times over; a file that is there is kept."""
    if copies == 1:
        return source
    path = folder / f"{source.stem}-{copies}.csv"
    if path.exists():
        return path
    with source.open("rb") as records, path.open("wb") as out:
        out.write(records.readline())
        start = records.tell()
        for _ in range(copies):
            records.seek(start)
            while block := records.read(1 << 24):
                out.write(block)
    return path


def run(*command: str) -> tuple[float, int]:
    """Seconds, and the most bytes that were resident."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {status}")
    return time.perf_counter() - start, usage.ru_maxrss * 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("--diet", default=".build/release/diet")
    parser.add_argument("--limit", default="256MB")
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("/var/tmp"))
    options = parser.parse_args()
    print(f"| bytes | to | without | {options.limit} | ns a byte | speed |")
    print("|--:|---|--:|--:|--:|--:|")
    for copies in options.copies:
        table = multiplied(options.table, copies, options.folder)
        size = table.stat().st_size
        for suffix in ["parquet", "arrow"]:
            free, tight = (options.folder / f"{name}.{suffix}" for name in ["free", "tight"])
            apply = [options.diet, "apply", str(table), "-o"]
            whole = run(*apply, str(free))
            limited = run(*apply, str(tight), "--max-memory", options.limit)
            if not filecmp.cmp(free, tight, shallow=False):
                raise SystemExit(f"{free} and {tight} differ")
            print(
                f"| {size:,} | {suffix} | {whole[1] / 1e6:,.0f} MB | {limited[1] / 1e6:,.0f} MB"
                f" | {limited[0] / size * 1e9:.2f} | {whole[0] / limited[0]:.2f} |", flush=True)
            free.unlink()
            tight.unlink()


if __name__ == "__main__":
    main()
