"""Show the bytes that real engines hold for a CSV beside what was predicted, column by column.

    true_bytes.py FILE --diet .build/release/diet   what `diet analyze FILE --format json` says
    true_bytes.py FILE --json analyze.json          the same from a file
    true_bytes.py FILE --model                      what the model in before_bytes.py says; slow

Measures: pandas `memory_usage(index=False, deep=True)`; polars the lengths of all its Arrow
buffers, views and long text included, each buffer once; pyarrow `get_total_buffer_size` after
`combine_chunks`. pandas reads with two threads, as docs/before-bytes.md section 4 says, unless
--workers tells otherwise. Exit code 1 if a total differs by more than 0 bytes (pandas, arrow)
or 1 % (polars).
"""

import argparse
import json
import subprocess
import sys
import warnings

import pandas as pd
from before_bytes import ENGINES, pandas_bytes
from fields import read_columns
from observed_bytes import READERS, Observed, arrow_observed, polars_observed
from pandas_blocks import blocks

TOLERANCE = {
    "pandas": 0.0,
    "pandas-nullable": 0.0,
    "polars": 0.01,
    "arrow": 0.0,
}  # share of the observed bytes


def analysed(options: argparse.Namespace) -> dict:
    """The JSON of `diet analyze`, from a file or from the program."""
    if options.json:
        with open(options.json, encoding="utf-8") as file:
            return json.load(file)
    command = [options.diet, "analyze", options.file, "--no-measure", "--format", "json"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def modelled(path: str, workers: int) -> dict[str, dict[str, int]]:
    """Engine -> column -> bytes by the reference model."""
    columns = read_columns(path)
    rows = len(next(iter(columns.values())))
    cut = blocks(path, rows, len(columns), workers)
    said = {
        engine: {name: predict(fields).bytes for name, fields in columns.items()}
        for engine, predict in ENGINES.items()
    }
    for engine in ("pandas", "pandas-nullable"):
        nullable = engine == "pandas-nullable"
        said[engine] = {
            name: pandas_bytes(fields, nullable, cut).bytes for name, fields in columns.items()
        }
    return said


def show_columns(engine: str, seen: Observed, said: dict[str, int] | None) -> None:
    """One line per column: the engine's type, observed, predicted, difference."""
    print(f"\n{engine:34}{'type':24}{'observed':>14}{'predicted':>14}{'diff':>8}")
    for name, (kind, size) in seen.items():
        predicted = said.get(name) if said else None
        tail = "" if predicted is None else f"{predicted:>14,}{predicted - size:>+8,}"
        print(f"  {name:32}{kind:24}{size:>14,}{tail}")


def show_total(label: str, seen: int, said: int, share: float) -> bool:
    """One line for a total; whether it is within `share` of what was observed."""
    good = abs(said - seen) <= share * seen
    print(f"{label:34}{seen:>16,}{said:>16,}{said - seen:>+10,}  {'ok' if good else 'DIFFERS'}")
    return good


def main() -> int:
    """Observe, predict, compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--diet")
    source.add_argument("--json")
    source.add_argument("--model", action="store_true")
    parser.add_argument("--workers", type=int, default=2, help="threads of pandas (default 2)")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    pd.set_option("mode.max_threads", options.workers)

    seen = {engine: read(options.file) for engine, read in READERS.items()}
    per_column: dict[str, dict[str, int]] = {}
    if options.model:
        per_column = modelled(options.file, options.workers)
        totals = {engine: sum(columns.values()) for engine, columns in per_column.items()}
    else:
        report = analysed(options)
        totals = report["memory"]["as"]
        baseline = report["memory"]["baseline"]
        per_column[baseline] = {
            column["name"]: column["bytes"]["before"] for column in report["columns"]
        }
    for engine, columns in seen.items():
        show_columns(engine, columns, per_column.get(engine))

    print(f"\n{'total':34}{'observed':>16}{'predicted':>16}{'diff':>10}")
    good = [
        show_total(
            engine, sum(size for _, size in columns.values()), totals[engine], TOLERANCE[engine]
        )
        for engine, columns in seen.items()
    ]
    joined = sum(size for _, size in polars_observed(options.file, one_chunk=True).values())
    show_total("polars, chunks joined", joined, totals["polars"], TOLERANCE["polars"])
    chunked = sum(size for _, size in arrow_observed(options.file, one_chunk=False).values())
    print(f"{'arrow, as read (1 MB blocks)':34}{chunked:>16,}")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
