#!/usr/bin/env python3
"""How many values of fixtures/torture.csv each reader changes in silence, with its defaults.

A value is changed when its field cannot be had back from it: digits, zeros in front, `NA` in a column
of words, an empty string that became nothing. Run with the Python of bench/.venv; `diet` is the
release build.
"""

import datetime
import decimal
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIET = Path(os.environ.get("DIET", ROOT / ".build/release/diet"))
TORTURE = ROOT / "fixtures/torture.csv"


def fields(path):
    """The file's columns; an empty field without quotes is None."""
    names, columns = None, None
    for line in path.read_text().splitlines():
        values, start, quoted = [], 0, False
        for index, char in enumerate(line + ","):
            quoted ^= char == '"'
            if char == "," and not quoted:
                text = line[start:index]
                values.append(None if text == "" else text[1:-1].replace('""', '"')
                              if text[0] == '"' else text)
                start = index + 1
        if names is None:
            names, columns = values, [[] for _ in values]
        else:
            for column, value in zip(columns, values):
                column.append(value)
    return dict(zip(names, columns))


def late_file(folder):
    """30,000 rows of one type, then one of another."""
    path = Path(folder) / "late.csv"
    with open(path, "w") as file:
        file.write("then_fraction,then_zeros,then_instant\n")
        for row in range(30_000):
            file.write(f"{row},{row},2024-01-{row % 28 + 1:02d}\n")
        file.write("1.5,007,2024-01-02 13:45:00\n")
    return path


def had_back(text, value):
    """Whether the field can be had back from the value."""
    if value is None or value != value:
        return text is None
    if text is None:
        return False
    if isinstance(value, bool):
        return text.lower() == str(value).lower()
    if isinstance(value, int):
        return text == str(value)
    if isinstance(value, (float, decimal.Decimal)):
        try:
            number = decimal.Decimal(text)
        except decimal.InvalidOperation:
            return False
        is_id = "e" in text and "." not in text
        plain = text.isdigit() and not (len(text) > 1 and text[0] == "0")
        same = number == decimal.Decimal(repr(value) if isinstance(value, float) else value)
        return same and not is_id and (plain or "." in text)
    if isinstance(value, datetime.datetime):
        return text in (value.isoformat(" "), value.isoformat(), value.date().isoformat()
                        if value.time() == datetime.time() else None)
    if isinstance(value, datetime.date):
        return text == value.isoformat()
    return text == str(value)


def arrow_columns(table):
    return {name: table.column(name).to_pylist() for name in table.column_names}


def read_diet(path):
    import pyarrow.feather
    with tempfile.TemporaryDirectory() as folder:
        lean = f"{folder}/lean.arrow"
        subprocess.run([DIET, "apply", path, "-o", lean], check=True, capture_output=True)
        return arrow_columns(pyarrow.feather.read_table(lean, memory_map=False))


def read_pandas(path):
    import pandas
    frame = pandas.read_csv(path)
    return {name: [None if pandas.isna(v) else v.item() if hasattr(v, "item") else v
                   for v in frame[name]] for name in frame.columns}


def read_polars(path):
    import polars
    frame = polars.read_csv(path, try_parse_dates=True)
    return {name: frame[name].to_list() for name in frame.columns}


def read_pyarrow(path):
    import pyarrow.csv
    return arrow_columns(pyarrow.csv.read_csv(path))


def read_duckdb(path):
    import duckdb
    result = duckdb.sql(f"select * from read_csv('{path}')")
    names = result.columns
    return dict(zip(names, map(list, zip(*result.fetchall()))))


READERS = {"diet": read_diet, "pandas": read_pandas, "polars": read_polars,
           "pyarrow": read_pyarrow, "DuckDB": read_duckdb}


def changes(path, read):
    """For each column the number of values changed, or the error that the reader gives instead."""
    original = fields(path)
    try:
        found = read(path)
    except Exception as error:  # noqa: BLE001 - whatever a reader refuses with
        return {name: "refused" for name in original}, f"{type(error).__name__}: {error}"
    counts = {}
    for name, texts in original.items():
        values = found.get(name)
        counts[name] = len(texts) if values is None or len(values) != len(texts) else sum(
            not had_back(text, value) for text, value in zip(texts, values))
    return counts, None


def main():
    with tempfile.TemporaryDirectory() as folder:
        paths = [TORTURE, late_file(folder)]
        results = {reader: [changes(path, read) for path in paths]
                   for reader, read in READERS.items()}
    if "--json" in sys.argv:
        print(json.dumps({reader: [counts for counts, _ in parts]
                          for reader, parts in results.items()}, indent=2))
        return
    print("| column | " + " | ".join(READERS) + " |")
    print("|---|" + "--:|" * len(READERS))
    for index, path in enumerate(paths):
        for name in results["diet"][index][0]:
            cells = [results[reader][index][0][name] for reader in READERS]
            print(f"| {name} | " + " | ".join(str(c) if c else "0" for c in cells) + " |")
    for reader, parts in results.items():
        for _, error in parts:
            if error:
                print(f"\n{reader} refused: {error.splitlines()[0][:160]}", file=sys.stderr)


if __name__ == "__main__":
    main()
