#!/usr/bin/env python3
"""How fast `diet analyze --quick` is beside the exact analysis, and how often its intervals hold what is so.

    bench/quick.py [--diet PATH] [--files 200] [--megabytes 10] [--seed 1] [TABLE.csv ...]

Makes a corpus of files of text from a seed, of kinds of columns that samples find easy and hard: what changes late, words
that come late, bursts of nulls, heavy tails, quoted line ends, one odd value in a file. Each is analysed in both ways. A
file counts as held where all its figures are: rows, lean bytes, the bytes of every engine, plain and lean. Tables that are
named are timed instead, and their figures shown. Times are the least of three runs, without `--measure`.
"""

import argparse
import json
import math
import pathlib
import random
import statistics
import subprocess
import tempfile
import time


def word(number: int) -> str:
    rest = number * 0x9E3779B97F4A7C15 & (1 << 64) - 1
    letters = []
    for _ in range(3 + number % 9):
        letters.append(chr(97 + rest % 26))
        rest = (rest >> 5) * 31 + 7
    return "".join(letters) + str(number % 10)


WORDS = [word(number) for number in range(20_000)]


def late(draw: random.Random, count: int) -> int:
    return int(count * draw.uniform(0.5, 0.97))


# Each makes a column of so many fields.

def numbers(low, high):
    return lambda draw, count: [str(draw.randrange(low, high)) for _ in range(count)]


def heavy(draw, count):
    return [str(int(draw.lognormvariate(4, 2))) for _ in range(count)]


def price(draw, count):
    return [f"{draw.randrange(100, 2_000_000) / 100:.2f}" for _ in range(count)]


def floats(draw, count):
    return [repr(draw.random()) for _ in range(count)]


def words(count_of_words):
    return lambda draw, count: draw.choices(WORDS[:count_of_words], k=count)


def zipf(draw, count):
    return [WORDS[min(int(draw.paretovariate(0.8)), 19_999)] for _ in range(count)]


def different(draw, count):
    return [f"{draw.getrandbits(64):x}" for _ in range(count)]


def ids(draw, count):
    return [str(row + 1) for row in range(count)]


def sorted_keys(draw, count):
    times = draw.randrange(1, 60)
    return [str(row // times * 3) for row in range(count)]


def grouped(draw, count):
    groups = draw.randrange(2, 3_000)
    return [WORDS[row * groups // count] for row in range(count)]


def grows(draw, count):
    return [str(row * row // 50) for row in range(count)]


def turns_text(draw, count):
    place = late(draw, count)
    return [str(row % 500) if row < place else WORDS[row % 60] for row in range(count)]


def turns_float(draw, count):
    place = late(draw, count)
    return [str(row % 500) if row < place else f"{row}.5" for row in range(count)]


def late_words(draw, count):
    place, more = late(draw, count), draw.randrange(10, 5_000)
    return [WORDS[draw.randrange(8) + (draw.randrange(more) if row > place else 0)] for row in range(count)]


def bursts(draw, count):
    bursts = {draw.randrange(40) for _ in range(4)}
    return ["" if row * 40 // count in bursts else str(row % 3_000) for row in range(count)]


def sparse(draw, count):
    share = draw.choice([0.1, 0.01, 0.001])
    return ["7.25" if draw.random() < share else "" for _ in range(count)]


def long_text(draw, count):
    place = late(draw, count)
    return [" ".join(draw.choices(WORDS, k=draw.randrange(1, 7 if row < place else 25))) for row in range(count)]


def quoted(draw, count):
    return ['"' + "\n".join(f'{word}, ""x""' for word in draw.choices(WORDS, k=draw.randrange(1, 5))) + '"'
            for _ in range(count)]


def dates(draw, count):
    return [f"20{draw.randrange(10, 26)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}" for _ in range(count)]


def times(draw, count):
    return [f"2024-{1 + row // 40320 % 12:02}-{1 + row // 1440 % 28:02}T{row // 60 % 24:02}:{row % 60:02}:00"
            for row in range(count)]


def truth(draw, count):
    return draw.choices(["true", "false"], k=count)


def constant(draw, count):
    return ["EUR"] * count


def codes(draw, count):
    return [f"K{draw.randrange(100_000, 1_000_000)}" for _ in range(count)]


def with_one(value, fields):
    def make(draw, count):
        column = fields(draw, count)
        column[draw.randrange(count)] = value
        return column
    return make


KINDS = {
    "ids": ids, "small": numbers(0, 90), "numbers": numbers(-40_000, 90_000), "large": numbers(0, 1 << 40),
    "heavy": heavy, "price": price, "floats": floats, "few": words(12), "hundreds": words(700), "many": words(20_000),
    "zipf": zipf, "different": different, "sorted": sorted_keys, "grouped": grouped, "grows": grows,
    "turns_text": turns_text, "turns_float": turns_float, "late_words": late_words, "bursts": bursts, "sparse": sparse,
    "long": long_text, "quoted": quoted, "dates": dates, "times": times, "truth": truth, "constant": constant,
    "codes": codes, "odd_word": with_one("none?", numbers(0, 900)), "odd_number": with_one("123456789012", numbers(0, 60)),
    "odd_null": with_one("", price),
}


def make_file(path: pathlib.Path, seed: int, byte_count: int) -> list[str]:
    draw = random.Random(seed)
    names = draw.choices(list(KINDS), k=draw.randrange(2, 9))
    end = draw.choice(["\n", "\r\n"])
    trial = [KINDS[name](draw, 500) for name in names]
    width = sum(len(field.encode()) + 1 for column in trial for field in column) / 500
    count = int(byte_count / width)
    rows = zip(*(KINDS[name](draw, count) for name in names))
    ragged = draw.random() < 0.15
    with path.open("w", newline="") as out:
        out.write(",".join(f"c{place}_{name}" for place, name in enumerate(names)) + end)
        for row in rows:
            if ragged and draw.random() < 0.01:
                row = row[:-1]
            out.write(",".join(row) + end)
    return names + (["ragged"] if ragged else [])


def analyze(diet: str, path: pathlib.Path, *options: str, runs: int = 1) -> tuple[dict, float]:
    least = math.inf
    for _ in range(runs):
        start = time.perf_counter()
        output = subprocess.run(
            [diet, "analyze", str(path), "--no-measure", "--format", "json", *options], check=True, capture_output=True)
        least = min(least, time.perf_counter() - start)
    return json.loads(output.stdout), least


def figures(exact: dict, quick: dict) -> list[tuple[str, int, int, int, int]]:
    """What is so, and low, likely, high."""
    memory, own = exact["memory"], quick["memory"]
    found = [("rows", exact["input"]["rows"], quick["rows_low"], quick["rows_estimate"], quick["rows_high"]),
             ("lean", memory["after"], own["after_low"], own["after_estimate"], own["after_high"])]
    for kind in ["as", "lean_as"]:
        for name, byte_count in memory[kind].items():
            all = own[kind][name]
            found.append((f"{kind} {name}", byte_count, all["bytes_low"], all["bytes_estimate"], all["bytes_high"]))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", type=pathlib.Path, nargs="*")
    parser.add_argument("--diet", default=".build/release/diet")
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for table in options.tables:
        exact, whole = analyze(options.diet, table, runs=3)
        quick, part = analyze(options.diet, table, "--quick", runs=3)
        print(f"{table.name}: exact {whole:.2f} s, quick {part:.2f} s, ratio {whole / part:.1f}")
        if quick.get("exact", True):
            print("  read as a whole")
            continue
        for name, truth, low, likely, high in figures(exact, quick):
            held = "" if low <= truth <= high else "  MISSED"
            print(f"  {name:24} {truth:>15,} in {low:>15,} {likely:>15,} {high:>15,}"
                  f"  ({low / truth - 1:+.1%} {likely / truth - 1:+.1%} {high / truth - 1:+.1%}){held}")
    if options.tables:
        return
    misses: list[str] = []
    widths: dict[str, list[float]] = {}
    errors: dict[str, list[float]] = {}
    held_one: dict[str, int] = {}
    ratios: list[float] = []
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        path = pathlib.Path(folder) / "table.csv"
        for seed in range(options.seed, options.seed + options.files):
            kinds = make_file(path, seed, int(options.megabytes * 1e6))
            exact, whole = analyze(options.diet, path)
            quick, part = analyze(options.diet, path, "--quick")
            if quick.get("exact", True):
                raise SystemExit(f"seed {seed}: {path.stat().st_size:,} bytes were read as a whole; make files larger")
            ratios.append(whole / part)
            bad = []
            for name, truth, low, likely, high in figures(exact, quick):
                holds = low <= truth <= high
                held_one[name] = held_one.get(name, 0) + holds
                if truth:
                    widths.setdefault(name, []).append((high - low) / truth)
                    errors.setdefault(name, []).append(abs(likely / truth - 1))
                if not holds:
                    bad.append(f"{name} {truth} not in {low} {likely} {high}")
            if bad:
                misses.append(f"seed {seed} {' '.join(kinds)}: {'; '.join(bad)}")
    print(f"{options.files} files of {options.megabytes} MB: all figures held in "
          f"{options.files - len(misses)} ({(options.files - len(misses)) / options.files:.1%}); "
          f"time ratio {statistics.median(ratios):.1f} (median)")
    print("| figure | held | width, median | width, 90 % | off, median | off, 90 % |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, all in widths.items():
        tenth = len(all) * 9 // 10
        print(f"| {name} | {held_one[name] / options.files:.1%} | {sorted(all)[len(all) // 2]:.0%} "
              f"| {sorted(all)[tenth]:.0%} | {sorted(errors[name])[len(all) // 2]:.1%} "
              f"| {sorted(errors[name])[tenth]:.1%} |")
    print("\n".join(misses))


if __name__ == "__main__":
    main()
