#!/usr/bin/env python3
"""Profiles of many parts, put together: seconds and peak of `diet merge` against their number.

    bench/merge_profiles.py [--diet PATH] [--library libdietc.so] [--counts 100 1000 10000 100000] [--rows 50]
                            [--profiled 5000] [--folder DIR] [--plot docs/scale/merge.png]

Parts are tables of 100 columns with --rows rows. So many of them as --profiled says are written as CSV and profiled;
the others are these, with another name of the file and other values in the column `source`, as if they had been read.
Profiles that are there are kept; 100,000 take 3.5 GB. Then the first of them are merged in one call, more and more of
them. Prints a table, and draws it.
"""

import argparse
import functools
import multiprocessing
import os
import pathlib
import sys
import time

# What is large is imported where it is used: the peak of a child counts that of the process that started it.

KINDS = {  # Columns of each kind, 100 in all.
    "source": 1, "id": 5, "small": 24, "large": 10, "price": 10, "float": 5, "date": 5, "time": 5, "flag": 5,
    "category": 20, "word": 5, "key": 5,
}
NAMES = [f"{kind}_{number}" for kind, count in KINDS.items() for number in range(count)]


@functools.cache
def words() -> list[str]:
    """Words that differ, of six to ten letters."""
    letters = "etaoinshrdlucmfw"
    return ["".join(letters[number * 2654435761 >> shift & 15] for shift in range(0, 20, 4)) + f"{number:x}"
            for number in range(1 << 17)]


@functools.cache
def days() -> list[str]:
    import numpy

    return [str(day) for day in numpy.arange("1990-01-01", "2026-01-01", dtype="datetime64[D]")]


def name(part: int) -> str:
    """The name of a part's file."""
    return f"part-{part:06}"


def column(kind: str, number: int, part: int, rows: int, random) -> list[str]:
    """The fields of a column of a part."""
    first = part * rows
    match kind:
        case "source":
            return [name(part)] * rows
        case "id":
            return [str((first + row) * (number + 1) + 1_000_000) for row in range(rows)]
        case "small":
            return [str(value) for value in random.integers(0, 10 << number % 8, rows).tolist()]
        case "large":
            return [str(value) for value in random.integers(0, 1_000_000, rows).tolist()]
        case "price":
            return [f"{value // 100}.{value % 100:02}" for value in random.integers(0, 1_000_000, rows).tolist()]
        case "float":
            return [repr(value) for value in random.normal(size=rows).tolist()]
        case "date":
            return [days()[value] for value in random.integers(0, len(days()), rows).tolist()]
        case "time":
            seconds = random.integers(0, 86_400, rows).tolist()
            return [f"{days()[(first + value) % len(days())]}T{value // 3600:02}:{value // 60 % 60:02}:{value % 60:02}Z"
                    for value in seconds]
        case "flag":
            return ["true" if value else "false" for value in random.integers(0, 2, rows).tolist()]
        case "category":
            return [words()[value % (4 << number % 10)] for value in random.zipf(1.3, rows).tolist()]
        case "word":  # Of 131,072, as often as words of a language are.
            return [words()[value % len(words())] for value in random.zipf(1.2, rows).tolist()]
        case _:
            return [f"k{(first + row) * 0x9E3779B1 & 0xFFFFFFFF:08x}-{number}" for row in range(rows)]


def table(part: int, rows: int) -> str:
    """A part of the table, as text."""
    import numpy

    random = numpy.random.default_rng(part)
    columns = [column(kind, number, part, rows, random) for kind, count in KINDS.items() for number in range(count)]
    return ",".join(NAMES) + "\n" + "".join(",".join(fields) + "\n" for fields in zip(*columns))


def profile_parts(parts: range, rows: int, folder: str) -> None:
    """Profiles parts, in a process of its own."""
    import memory_diet

    os.chdir(folder)
    for part in parts:
        if not path(part).exists():
            file = pathlib.Path(f"{name(part)}.csv")
            file.write_text(table(part, rows))
            write(path(part), bytes(memory_diet.profile(file, threads=1)))
            file.unlink()


def rename_parts(parts: range, profiled: int, folder: str) -> None:
    """Makes profiles of parts as if they had been read: those of others, with the names of these in file and column."""
    import pyarrow

    os.chdir(folder)
    for part in parts:
        if not path(part).exists():
            other = path(part % profiled).read_bytes()
            text = pyarrow.CompressedInputStream(pyarrow.BufferReader(other[9:]), "zstd").read()
            text = text.replace(name(part % profiled).encode(), name(part).encode())
            write(path(part), other[:9] + pyarrow.compress(text, codec="zstd", asbytes=True))


def path(part: int) -> pathlib.Path:
    return pathlib.Path(f"profiles/{part // 1000:03}/{name(part)}.profile")


def write(target: pathlib.Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".tmp")
    unfinished.write_bytes(data)
    unfinished.rename(target)


def make(count: int, options: argparse.Namespace) -> None:
    """Makes the profiles that are not there, in as many processes as there are processors."""
    options.folder.mkdir(parents=True, exist_ok=True)
    workers = os.cpu_count() or 1
    profiled = min(count, options.profiled)
    for target, first, end, what in [
        (profile_parts, 0, profiled, options.rows), (rename_parts, profiled, count, profiled),
    ]:
        processes = [
            multiprocessing.Process(target=target, args=(range(first + worker, end, workers), what, options.folder))
            for worker in range(workers)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
            if process.exitcode:
                raise SystemExit(f"{target.__name__} ended with {process.exitcode}")


def run(*command: str) -> tuple[float, float, int]:
    """Seconds, seconds of all processors, and the most bytes that were resident."""
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {status}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def merge(count: int, options: argparse.Namespace) -> tuple[int, float, float, int, int, int]:
    """Number, seconds, seconds of processors, peak, bytes of the parts, bytes of the whole."""
    os.chdir(options.folder)
    whole = pathlib.Path("whole.profile")
    paths = [str(path(first).parent) for first in range(0, count - count % 1000, 1000)]
    paths += [str(path(part)) for part in range(count - count % 1000, count)]
    size = sum(path(part).stat().st_size for part in range(count))
    for part in range(count):  # Such as are in memory, so that the disk is not measured.
        path(part).read_bytes()
    return count, *run(options.diet, "merge", *paths, "-o", str(whole)), size, whole.stat().st_size


def draw(results: list[tuple[int, float, float, int, int, int]], target: pathlib.Path) -> None:
    """Time and memory against the number of profiles, on logarithmic axes."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    counts = [result[0] for result in results]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9.5, 3.8))
    left.plot(counts, [result[1] for result in results], "o-", color="#2a6f97")
    left.set(title="seconds, two threads", ylabel="s")
    right.plot(counts, [result[3] / 1e6 for result in results], "o-", color="#2a6f97", label="peak of `diet merge`")
    right.plot(counts, [result[4] / 1e6 for result in results], "s--", color="#999999", label="all profiles")
    right.plot(counts, [result[5] / 1e6 for result in results], "^-", color="#bc4749", label="the merged profile")
    right.set(title="megabytes", ylabel="MB")
    right.legend(frameon=False, fontsize=9)
    for panel in (left, right):
        panel.set(xscale="log", yscale="log", xlabel="profiles of 100 columns")
        panel.grid(True, which="major", color="#dddddd", linewidth=0.7)
        panel.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=110, metadata={"Software": None})


def main() -> None:
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--diet", type=os.path.abspath, default=".build/release/diet")
    parser.add_argument("--library", type=os.path.abspath, default=".build/release/libdietc.so")
    parser.add_argument("--counts", type=int, nargs="+", default=[100, 1000, 10_000, 100_000])
    parser.add_argument("--rows", type=int, default=50)
    parser.add_argument("--profiled", type=int, default=5000)
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("/var/tmp/bench-merge-profiles"))
    parser.add_argument("--plot", type=pathlib.Path, default=root / "docs" / "scale" / "merge.png")
    options = parser.parse_args()
    options.plot = options.plot.absolute()
    os.environ["MEMORY_DIET_LIBRARY"] = options.library
    sys.path.insert(0, str(root / "Sources" / "Python"))
    make(max(options.counts), options)
    print("| profiles | MB | seconds | of all processors | ms a profile | peak, MB | merged, MB |")
    print("|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    results = []
    for count in sorted(options.counts):
        results.append(merge(count, options))
        _, seconds, processors, peak, size, whole = results[-1]
        print(
            f"| {count:,} | {size / 1e6:,.0f} | {seconds:.2f} | {processors:.2f} | {processors / count * 1e3:.2f}"
            f" | {peak / 1e6:,.0f} | {whole / 1e6:,.1f} |", flush=True)
    draw(results, options.plot)


if __name__ == "__main__":
    main()
