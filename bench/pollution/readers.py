"""How each engine reads a file with its defaults: names and rows, or an exception."""

import json
import subprocess


class Refused(Exception):
    """The engine says that it cannot read the file."""


def diet(path, program):
    """`diet cat`: typed values, a JSON object a line; what it says goes to `notes`."""
    run = subprocess.run([program, "cat", path, "--format", "jsonl"], capture_output=True, timeout=30)
    if run.returncode < 0:
        return [], [], f"ended by signal {-run.returncode}"
    notes = run.stderr.decode()
    if run.returncode:
        raise Refused(notes.strip() or f"exit code {run.returncode}")
    rows = [json.loads(line) for line in run.stdout.decode().splitlines()]
    names = list(rows[0]) if rows else []
    return names, [list(row.values()) for row in rows], notes


def pandas(path, _):
    import pandas
    frame = pandas.read_csv(path)
    frame = frame.astype(object).where(frame.notna(), None)
    index = [] if isinstance(frame.index, pandas.RangeIndex) else [list(frame.index)]
    if index:
        raise Refused("fields became an index")
    return [str(name) for name in frame.columns], frame.values.tolist(), ""


def polars(path, _):
    import polars
    frame = polars.read_csv(path)
    return frame.columns, [list(row) for row in frame.rows()], ""


def pyarrow(path, _):
    import pyarrow.csv
    table = pyarrow.csv.read_csv(path)
    return table.column_names, [list(row) for row in zip(*table.to_pydict().values())], ""


def duckdb(path, _):
    import duckdb
    relation = duckdb.connect().execute("select * from read_csv(?)", [path])
    names = [column[0] for column in relation.description]
    return names, [list(row) for row in relation.fetchall()], ""


READERS = {"diet": diet, "duckdb": duckdb, "pandas": pandas, "polars": polars, "pyarrow": pyarrow}
