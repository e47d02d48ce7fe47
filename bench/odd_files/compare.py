"""How diet and others read the files of make_odd_files.py: exactly, refused, otherwise and said, or
otherwise in silence.

    python3 compare.py DIET FOLDER [READER…]

READER is one of diet, duckdb, pandas, polars, pyarrow (all of them by default).
"""
import collections
import csv
import io
import json
import os
import subprocess
import sys


def read_by_diet(program, path):
    run = subprocess.run([program, "cat", "--text", path], capture_output=True)
    if run.returncode:
        return None, run.stderr.decode()
    records = list(csv.reader(io.StringIO(run.stdout.decode(), newline="")))
    names = [name or f"column_{i + 1}" for i, name in enumerate(records[0])] if records else []
    rows = [[field or None for field in row] for row in records[1:]]
    return (names, rows), run.stderr.decode()


def read_by_duckdb(_, path):
    import duckdb
    table = duckdb.sql(f"FROM read_csv('{path}', all_varchar=true)")
    return (table.columns, [list(row) for row in table.fetchall()]), ""


def of_frame(frame):
    rows = frame.astype(object).where(frame.notna(), None).values.tolist()
    return [str(name) for name in frame.columns], [
        [None if field is None else str(field) for field in row] for row in rows]


def read_by_pandas(_, path):
    import pandas
    return of_frame(pandas.read_csv(path, sep=None, engine="python", dtype=str,
                                    keep_default_na=False, na_values=[""])), ""


def read_by_polars(_, path):
    import polars
    frame = polars.read_csv(path, infer_schema=False)
    return (frame.columns, [list(row) for row in frame.rows()]), ""


def read_by_pyarrow(_, path):
    import pyarrow
    from pyarrow import csv as arrow_csv
    table = arrow_csv.read_csv(path)
    columns = [column.cast(pyarrow.string()).to_pylist() for column in table.columns]
    return (table.column_names, [list(row) for row in zip(*columns)]), ""


READERS = {"diet": read_by_diet, "duckdb": read_by_duckdb, "pandas": read_by_pandas,
           "polars": read_by_polars, "pyarrow": read_by_pyarrow}


def named(names):
    return [name or f"column_{i + 1}" for i, name in enumerate(names)]


def judge(name, program, folder, expected):
    try:
        table, words = READERS[name](program, os.path.join(folder, expected["file"]))
    except Exception as error:  # whatever a reader refuses with
        return "refused", str(error)
    if table is None:
        return "refused", words
    names, rows = table
    if name != "diet":
        # The first column of a frame or of R has no name, and each reader makes one of its own.
        names = [given if want else f"column_{i + 1}"
                 for i, (given, want) in enumerate(zip(names, expected["names"]))] \
            if len(names) == len(expected["names"]) else names
    said = all(word.lower() in words.lower() for word in expected["said"])
    if names == named(expected["names"]) and rows == expected["rows"]:
        if name == "diet" and not said:
            return "not said", words
        return "exact", words
    return ("otherwise", words) if words.strip() else ("silent", words)


def main():
    program, folder = sys.argv[1:3]
    readers = sys.argv[3:] or list(READERS)
    with open(os.path.join(folder, "expected.json")) as file:
        files = json.load(file)["files"]
    shown = ["exact", "not said", "refused", "otherwise", "silent"]
    print("| reader | files | " + " | ".join(shown) + " |")
    print("|:--|--:|" + "--:|" * len(shown))
    for name in readers:
        verdicts = collections.Counter()
        for expected in files:
            verdict, words = judge(name, program, folder, expected)
            verdicts[verdict] += 1
            if name == "diet" and verdict != "exact":
                print(f"{verdict}: {expected['file']}: {words.strip()[:200]!r}", file=sys.stderr)
        print(f"| {name} | {len(files)} | " + " | ".join(str(verdicts[word]) for word in shown) + " |",
              flush=True)


if __name__ == "__main__":
    main()
