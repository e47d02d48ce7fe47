#!/usr/bin/env python3
"""What `--max-memory` costs: peaks, as the kernel counts them, and times, beside runs without it.

    bench/max_memory.py TABLE.csv [--diet PATH] [--limit 256MB] [--copies 1 10] [--folder DIR]
                        [--sizes 1e6 4e6 ... --plot docs/scale/sizes.png]

Writes the records of TABLE.csv so many times over (10 copies of lineitem SF1 take 7.7 GB), and applies the diet to each,
to Parquet and to Arrow, without a limit and with one, in turn. The files must be the same.

With --plot it takes the first records of the last of these, of about so many bytes as --sizes say, and draws the time a
byte with the limit and the most memory, against size: the least time of runs that take a second together.
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


def beginning(source: pathlib.Path, size: int, folder: pathlib.Path) -> pathlib.Path:
    """The first records of a table without line breaks in fields, some `size` bytes."""
    if size >= source.stat().st_size:
        return source
    path = folder / "beginning.csv"
    with source.open("rb") as records, path.open("wb") as out:
        left = size
        while block := records.read(min(left, 1 << 24)):
            out.write(block)
            left -= len(block)
        out.write(records.readline())
    return path


def run(*command: str) -> tuple[float, int]:
    """Seconds, and the most bytes that were resident."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {status}")
    return time.perf_counter() - start, usage.ru_maxrss * 1024


def measure_sizes(
    table: pathlib.Path, sizes: list[int], options: argparse.Namespace
) -> dict[str, list[tuple[int, float, int]]]:
    """Bytes, seconds and peak with the limit, for each format."""
    found: dict[str, list[tuple[int, float, int]]] = {"parquet": [], "arrow": []}
    for size in sizes:
        text = beginning(table, size, options.folder)
        for suffix, results in found.items():
            target = options.folder / f"tight.{suffix}"
            command = [options.diet, "apply", str(text), "-o", str(target), "--max-memory", options.limit]
            runs = [run(*command)]
            while sum(seconds for seconds, _ in runs) < 1:
                runs.append(run(*command))
            results.append((text.stat().st_size, min(runs)[0], max(peak for _, peak in runs)))
            target.unlink()
            print(f"{suffix:8} {results[-1][0]:>13,} bytes {results[-1][1] / results[-1][0] * 1e9:6.2f} ns a byte"
                  f" {results[-1][2] / 1e6:6.0f} MB", flush=True)
        if text != table:
            text.unlink()
    return found


def draw(found: dict[str, list[tuple[int, float, int]]], limit: str, target: pathlib.Path) -> None:
    """Time a byte and memory against size."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9.5, 3.8))
    for (suffix, results), colour in zip(found.items(), ["#2a6f97", "#bc4749"]):
        sizes = [size for size, _, _ in results]
        left.plot(sizes, [seconds / size * 1e9 for size, seconds, _ in results], "o-", color=colour, label=suffix)
        right.plot(sizes, [peak / 1e6 for _, _, peak in results], "o-", color=colour, label=suffix)
    left.set(title="time a byte, ns", ylabel="ns", ylim=(0, None))
    right.set(title=f"peak of memory with --max-memory {limit}, MB", ylabel="MB", ylim=(0, None))
    for panel in (left, right):
        panel.set(xscale="log", xlabel="bytes of CSV")
        panel.legend(frameon=False, fontsize=9)
        panel.grid(True, which="major", color="#dddddd", linewidth=0.7)
        panel.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=110, metadata={"Software": None})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("--diet", default=".build/release/diet")
    parser.add_argument("--limit", default="256MB")
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("/var/tmp"))
    parser.add_argument("--sizes", type=float, nargs="+", default=[1e6, 4e6, 16e6, 64e6, 256e6, 766e6, 2.3e9, 1e12])
    parser.add_argument("--plot", type=pathlib.Path)
    options = parser.parse_args()
    if options.plot:
        table = multiplied(options.table, options.copies[-1], options.folder)
        draw(measure_sizes(table, [int(size) for size in options.sizes], options), options.limit, options.plot)
        return
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
