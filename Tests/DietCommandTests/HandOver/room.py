"""Room for arithmetic: widths under a margin and least bits, and which results are said to wrap.

    room.py DIET FOLDER

Law of widths: whatever the margin and the least bits, each integer column has the narrowest type that
holds the margin times its extremes, in process, in each format and under a plan; engines read the
same values, and hold the bytes that the report foretells. Law of wrapping: the note names an
operation on a column in an engine if, and only if, the real engine gets it wrong in silence. Law of
months: a note says that widths may differ if, and only if, no plan fixes them, and what it advises puts
the real engines' tables together.

Prints what does not hold, and how much was tried.
"""

import json
import re
import subprocess
import sys
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "bench"))

import duckdb
import memory_diet
import pandas
import polars
import pyarrow
import pyarrow.feather
import pyarrow.parquet
from polars_bytes import polars_column_bytes

DIET, FOLDER = sys.argv[1], Path(sys.argv[2])
ROWS = 300
tried = 0


def check(holds, *words):
    global tried
    tried += 1
    if not holds:
        print(*words)


def cycle(*values):
    return [values[row % len(values)] for row in range(ROWS)]


KINDS = {
    "small": cycle(*range(61)),
    "whole byte": cycle(-128, 127, 0, 5),
    "below zero": cycle(-64, -1, 5, 63),
    "past a byte": cycle(0, 128, 200),
    "two bytes": cycle(*range(-20_000, 20_000, 331)),
    "four bytes": [row * row * 7_919 for row in range(ROWS)],
    "eight bytes": [row**5 * 1_000_003 for row in range(ROWS)],
    "past 63 bits": [2**63 + row * row for row in range(ROWS)],
    "some missing": cycle(None, *range(90)),
    "always the same": cycle(100),
    "the same or missing": cycle(None, 100, 100),
    "counts rows": [row + 1000 for row in range(ROWS)],
    "far from zero": [5_000_000 + row * row % 97 for row in range(ROWS)],
    "few values": cycle(70_000, 1_250_000, 33, 9_000_000),
    "few, missing": cycle(None, 70, 300, 33),
    "zero": cycle(0),
    "nothing": cycle(None),
}
MARGINS = [None, "1.5x", "2x", 3, "100x"]
LEAST = [None, 16, 32, 64]


def csv(kinds, name):
    path = FOLDER / name
    rows = zip(*kinds.values())
    cells = [",".join("" if value is None else str(value) for value in row) for row in rows]
    path.write_text("\n".join([",".join(f'"{kind}"' for kind in kinds), *cells]) + "\n")
    return path


def limits(bits, signed):
    return (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)


def roomy(values, margin, least):
    """The type, by the words of the documentation."""
    values = [value for value in values if value is not None]
    if not values:
        return "null"
    if max(values) >= 2**63:
        return "uint64"
    factor = Fraction(str(margin or 1).removesuffix("x"))
    low, high = min(min(values), floor(min(values) * factor)), max(max(values), ceil(max(values) * factor))
    for bits in (8, 16, 32):
        at_least, at_most = limits(bits, True)
        if bits >= (least or 8) and at_least <= low and high <= at_most:
            return f"int{bits}"
    return "int64"


def given(margin, least):
    return {k: v for k, v in (("margin", margin), ("min_bits", least)) if v is not None}


def words(options):
    return [word for k, v in options.items() for word in ("--" + k.replace("_", "-"), str(v))]


def diet(*arguments):
    run = subprocess.run([DIET, *map(str, arguments)], capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{arguments}: {run.stderr}")
    return run.stdout


def held(table):
    return {name: str(table.schema.field(name).type) for name in table.column_names}


def widths():
    path = csv(KINDS, "kinds.csv")
    for number, margin in enumerate(MARGINS):
        # Each margin with two of the least bits.
        for least in LEAST[number % 2 :: 2]:
            options = given(margin, least)
            expected = {name: roomy(values, margin, least) for name, values in KINDS.items()}
            table = memory_diet.read_csv(path, **options).to_arrow()
            check(held(table) == expected, options, held(table), expected)
            check(table.to_pydict() == KINDS, options, "values")
            if number % 2 == 0:
                continue
            unsigned = memory_diet.read_csv(path, unsigned=True, **options).to_arrow()
            check(unsigned.to_pydict() == KINDS, options, "unsigned values")
            for name, kind in held(unsigned).items():
                if not kind.startswith("uint") or kind == "uint64":
                    check(kind == expected[name], options, name, kind, expected[name])
                    continue
                bits = int(kind.removeprefix("uint"))
                most = max(value for value in KINDS[name] if value is not None)
                fits = most * Fraction(str(margin or 1).removesuffix("x")) <= limits(bits, False)[1]
                narrow = (least or 8) <= bits < int(expected[name].removeprefix("int"))
                check(fits and narrow, options, name, kind, expected[name])
    for margin, least in [("2x", 16)]:
        options = given(margin, least)
        expected = {name: roomy(values, margin, least) for name, values in KINDS.items()}
        report = json.loads(diet("analyze", path, "--no-measure", "--format", "json", *words(options)))
        foretold = {column["name"]: column["bytes_as"] for column in report["columns"]}
        for form in ("arrow", "parquet"):
            lean = FOLDER / f"lean.{form}"
            diet("apply", path, "-o", lean, *words(options))
            read = (pyarrow.parquet if form == "parquet" else pyarrow.feather).read_table(lean)
            check(held(read) == expected, options, form, held(read), expected)
            check(read.to_pydict() == KINDS, options, form, "values")
            if form == "parquet":
                continue
            diet("verify", lean, "--against", path)
            frame, table = pandas.read_feather(lean), polars.read_ipc(lean)
            sizes = frame.memory_usage(index=False, deep=True)
            for place, name in enumerate(KINDS):
                seen = {
                    "pandas": int(sizes.iloc[place]),
                    "polars": polars_column_bytes(table[name]),
                    "arrow": read[name].get_total_buffer_size(),
                }
                told = {engine: foretold[name][engine] for engine in seen}
                check(seen == told, options, name, seen, told)
                check(table[name].to_list() == KINDS[name], options, name, "in polars")
                column = frame[name]
                there = [None if missing else int(value) for value, missing in zip(column, column.isna())]
                check(there == KINDS[name], options, name, "in pandas")


def plans():
    """The plan has the widths, for a month of small values too."""
    month = {name: [None if v is None else 1 for v in values] for name, values in KINDS.items() if name != "past 63 bits"}
    first = csv({name: KINDS[name] for name in month}, "first.csv")
    second = csv(month, "second.csv")
    plan = FOLDER / "plan.json"
    diet("analyze", first, "--no-measure", "--save-plan", plan, "--margin", "2x", "--min-bits", 16)
    for part, values in ((first, KINDS), (second, month)):
        lean = FOLDER / "part.arrow"
        diet("apply", part, "--plan", plan, "-o", lean)
        read = pyarrow.feather.read_table(lean)
        for name, kind in held(read).items():
            check(kind == roomy(KINDS[name], "2x", 16), "plan", name, kind)
            check(read[name].to_pylist() == values[name], "plan", name)


OPERATIONS = {
    "* 60": lambda a, b: a * 60,
    "** 2": lambda a, b: a**2,
    "+": lambda a, b: a + b,
    "sum": lambda a, b: a.sum(),
}
EXACT = {
    "* 60": lambda a, b: [None if v is None else v * 60 for v in a],
    "** 2": lambda a, b: [None if v is None else v**2 for v in a],
    "+": lambda a, b: [None if v is None else v + w for v, w in zip(a, b)],
    "sum": lambda a, b: sum(v for v in a if v is not None),
}


def listed(found):
    if isinstance(found, pandas.Series):
        return [None if missing else int(value) for value, missing in zip(found, found.isna())]
    return found.to_list() if isinstance(found, polars.Series) else int(found)


def wrong(frame, values, operation):
    """Whether the engine's answer is wrong and it does not say so."""
    try:
        found = OPERATIONS[operation](frame["a"], frame["b"])
    except pyarrow.ArrowInvalid:
        return False
    return listed(found) != EXACT[operation](values, values)


def noted(notes):
    """The operations on `a` that the notes name, by engine."""
    found = {"pandas": set(), "polars": set()}
    for note in notes:
        if not note.startswith("arithmetic wraps in silence. "):
            continue
        for engines, clauses in re.findall(r"In ([a-z ]+): (.*?)\. (?=In |Widen)", note):
            for clause in clauses.split("; "):
                operations, columns = clause.split(" of ")
                assert re.fullmatch(r"a, b \(u?int\d+\)", columns), note
                for engine in engines.split(" and "):
                    found[engine].update(re.findall("`([^`]*)`", operations))
    return found


def wrapping():
    ends = [1, 2, 3, 11, 12, 63, 64, 127, 128, 181, 182, 255, 256, 546, 547, 16_383, 16_384, 32_767, 32_768]
    ends += [65_535, 65_536, 46_340, 46_341, 7_158_278, 7_158_279, 2**30 - 1, 2**30, 2**31 - 1, 2**31, 2**32 - 1, 2**32]
    everything = [(end, {}) for end in ends] + [(-end, {}) for end in ends]
    everything += [(end, {"unsigned": True}) for end in ends[1::2]]
    everything += [(end, {"min_bits": 16}) for end in ends[:14]] + [(end, {"margin": "2x"}) for end in ends[::3]]
    for end, options in everything:
        for rows in ([end] * 3, [end, None, end]):
            path = csv({"a": rows, "b": rows}, "two.csv")
            table = memory_diet.read_csv(path, **options)
            said = noted(table.notes)
            check(not wrong(table.to_polars(), rows, "sum"), end, options, rows, "to_polars", "sum")
            for engine, frame in (("pandas", table.to_pandas()), ("polars", polars.DataFrame(table))):
                # Of 64 bits are numbers without a diet, too.
                wide = str(frame["a"].dtype).lower().startswith(("int64", "uint64"))
                expected = set() if wide else {o for o in OPERATIONS if wrong(frame, rows, o)}
                check(said[engine] == expected, end, options, rows, engine, said[engine], expected, table.notes)


def months():
    ends = {"int8": 100, "int16": 1000, "int32": 10**5, "int64": 10**10}
    lazy = {"arrow": polars.scan_ipc, "parquet": polars.scan_parquet}
    pairs = [("int8", "int16"), ("int32", "int8"), ("int64", "int64"), ("int64", "int8")]
    for kinds in pairs:
        values = [[row % 7 * ends[kind] // 7 + ends[kind] // 7 for row in range(40)] for kind in kinds]
        csvs = [csv({"n": column}, f"month-{month}.csv") for month, column in enumerate(values)]
        plan = FOLDER / "months.json"
        diet("analyze", *csvs, "--no-measure", "--save-plan", plan)
        for target in ("any", "pandas", "polars", "duckdb", "spark")[: 5 if kinds == pairs[0] else 1]:
            for form in ("arrow", "parquet"):
                for options in ([], ["--plan", plan]):
                    leans = [FOLDER / f"month-{month}.{form}" for month in range(2)]
                    for path, lean, kind in zip(csvs, leans, kinds):
                        summary = json.loads(diet("apply", path, "-o", lean, "--for", target, "--format", "json", *options))
                        said = [note for note in summary["notes"] if note.startswith("integers are as wide")]
                        wanted = kind != "int64" and target != "pandas" and not options
                        check(len(said) == wanted, "months", kinds, target, form, options, summary["notes"])
                        for note in said:
                            check(("vertical_relaxed" in note) == (target in ("any", "polars")), target, note)
                            check(("union_by_name" in note) == (target == "duckdb"), target, note)
                    frames, how = [lazy[form](lean) for lean in leans], "vertical" if options else "vertical_relaxed"
                    together = [polars.concat(frames, how=how), polars.concat([f.collect() for f in frames], how=how).lazy()]
                    if options:
                        together.append(lazy[form](leans))
                    for table in together:
                        check(table.collect()["n"].to_list() == values[0] + values[1], "months", kinds, target, form, options)
                    if form == "parquet":
                        found = duckdb.read_parquet([str(lean) for lean in leans], union_by_name=not options)
                        check([n for (n,) in found.fetchall()] == values[0] + values[1], "months", kinds, "duckdb", options)
        tables = [memory_diet.read_csv(path) for path in csvs]
        for table, kind in zip(tables, kinds):
            said = [note for note in table.notes if "vertical_relaxed" in note]
            check(len(said) == (kind != "int64") and not any("--" in note for note in said), kinds, table.notes)
        found = polars.concat([table.to_polars() for table in tables], how="vertical_relaxed")
        check(found["n"].to_list() == values[0] + values[1], "months", kinds, "in process")


widths()
plans()
months()
wrapping()
print(f"tried {tried}")
