"""Measure what a lean table takes in each engine that reads it, beside what `diet analyze` foretells.

    hand_over.py --diet .build/release/diet FILE.csv …

One Markdown row per file: bytes by default (`read_csv`), of the lean Arrow file, and of the same
file without the hints for pandas. `docs/hand-over.md` shows the outcome. Exit code 1 if an
engine holds more than 1.05 times what was foretold.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather
from polars_bytes import polars_column_bytes

LIMIT = 1.05


def pandas_bytes(path: str) -> int:
    """`memory_usage(index=False, deep=True)` of the file."""
    return int(pd.read_feather(path).memory_usage(index=False, deep=True).sum())


def polars_bytes(path: str) -> int:
    """The lengths of all buffers, and the text of categories."""
    return sum(map(polars_column_bytes, pl.read_ipc(path).get_columns()))


def arrow_bytes(path: str) -> int:
    """The lengths of all buffers."""
    return pyarrow.feather.read_table(path).get_total_buffer_size()


def duckdb_bytes(path: str) -> int:
    """What a table in memory takes, unused ends of blocks included."""
    lean = pyarrow.feather.read_table(path)  # noqa: F841: read by name
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("CREATE TABLE t AS FROM lean")
        (size,) = connection.execute(
            "SELECT memory_usage_bytes FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'"
        ).fetchone()
    return size


READERS = {
    "pandas": pandas_bytes,
    "polars": polars_bytes,
    "duckdb": duckdb_bytes,
    "arrow": arrow_bytes,
}


def without_hints(path: str) -> str:
    """A copy of the file that has neither metadata of the schema nor of its fields."""
    table = pyarrow.feather.read_table(path)
    fields = [field.remove_metadata() for field in table.schema]
    plain = path.replace(".arrow", ".plain.arrow")
    pyarrow.feather.write_feather(table.cast(pa.schema(fields)), plain, compression="uncompressed")
    return plain


def megabytes(size: int) -> str:
    """`12.3`"""
    return f"{size / 1e6:.1f}"


def main() -> int:
    """One row per file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+")
    parser.add_argument("--diet", default=".build/release/diet")
    options = parser.parse_args()
    exit_code = 0
    print("| MB | engine | `read_csv` | foretold | held | without the hints |")
    print("|:---|:---|---:|---:|---:|---:|")
    for file in options.files:
        command = [options.diet, "analyze", file, "--no-measure", "--format", "json"]
        said = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        with tempfile.TemporaryDirectory() as folder:
            lean = str(Path(folder, "lean.arrow"))
            apply = [options.diet, "apply", file, "-o", lean]
            subprocess.run(apply, check=True, stdout=subprocess.DEVNULL)
            plain = without_hints(lean)
            for engine, read in READERS.items():
                foretold = said["memory"]["lean_as"][engine]
                held = read(lean)
                before = said["memory"]["as"].get(engine)
                cells = [
                    Path(file).name.removesuffix(".csv"), engine,
                    megabytes(before) if before else "", megabytes(foretold), megabytes(held),
                    megabytes(read(plain)),
                ]
                print("| " + " | ".join(cells) + " |", flush=True)
                if engine != "duckdb" and held > foretold * LIMIT:
                    exit_code = 1
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
