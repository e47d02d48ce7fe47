"""Make the benchmark inputs under bench/data/ (or --out DIR).

    flights.csv         31 MB   336,776 rows, nulls written NA (from fixtures/flights.csv.zst)
    lineitem-sf0.1.csv  73 MB   TPC-H lineitem, 600,572 rows
    lineitem-sf1.csv    766 MB  TPC-H lineitem, 6,001,215 rows
    groupby-1e6.csv     50 MB   db-benchmark table G1, N = 1e6, K = 100
    groupby-1e7.csv     510 MB  the same, N = 1e7
    join-1e6*.csv       50 MB   db-benchmark tables J1 of N = 1e6: x, and small, medium and big to join with
    join-1e7*.csv       1.0 GB  the same, N = 1e7
    orders-sf1.csv      164 MB  TPC-H orders, 1,500,000 rows
    customer-sf1.csv    24 MB   TPC-H customer, 150,000 rows
    quoted.csv          100 MB  quoted text with line ends, delimiters and doubled quotes inside

Everything is seeded: the same versions make the same bytes. A file that exists is kept.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
from quoted_text import write_quoted

HERE = Path(__file__).resolve().parent
SEED = 108  # db-benchmark's; its generator is R's, so values differ, distributions do not


def make_flights(path: Path) -> None:
    """Decompress the fixture."""
    source = HERE.parent / "fixtures" / "flights.csv.zst"
    subprocess.run(["zstd", "-q", "-d", "-f", str(source), "-o", str(path)], check=True)
    path.chmod(0o644)


def make_tpch(path: Path, table: str, scale: str) -> None:
    """A table of TPC-H with a header, by tpchgen-cli from the venv that runs this script."""
    tool = Path(sys.executable).parent / "tpchgen-cli"
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        subprocess.run(
            [str(tool), "csv", "-s", scale, "-T", table, "-o", folder, "-q"], check=True
        )
        shutil.move(str(Path(folder) / f"{table}.csv"), path)


def decimal_text(micro: np.ndarray) -> pl.Series:
    """Micro-units as decimal text, no trailing zeros or exponents (`12`, `0.5`, `0.000012`)."""
    text = pl.Series(micro / 1e6).cast(pl.String).str.strip_suffix(".0")
    small = np.flatnonzero(micro < 1000)  # here shortest float text would have an exponent
    fixed = [f"{value / 1e6:.6f}".rstrip("0").rstrip(".") for value in micro[small]]
    return text.scatter(small, fixed) if len(small) else text


def make_groupby(path: Path, rows: int, groups: int = 100) -> None:
    """db-benchmark's groupby table (`groupby-datagen.R`): id1..id3 text, id4..id6 and v1, v2
    integers, v3 6 decimals."""
    rng = np.random.default_rng(SEED)
    large = rows // groups

    def labels(count: int, width: int) -> pl.Series:
        words = pl.Series([f"id{i:0{width}d}" for i in range(1, count + 1)])
        return words.gather(rng.integers(0, count, rows, dtype=np.uint32))

    def integers(high: int) -> np.ndarray:
        return rng.integers(1, high + 1, rows, dtype=np.int32)

    frame = pl.DataFrame(
        {
            "id1": labels(groups, 3),
            "id2": labels(groups, 3),
            "id3": labels(large, 10),
            "id4": integers(groups),
            "id5": integers(groups),
            "id6": integers(large),
            "v1": integers(5),
            "v2": integers(15),
            "v3": decimal_text(rng.integers(0, 100_000_001, rows, dtype=np.int64)),
        }
    )
    frame.write_csv(path)


def make_join(path: Path, rows: int, part: str) -> None:
    """One of db-benchmark's join tables (`join-datagen.R`): of the keys of each level nine tenths are in
    both tables, a tenth in the one and a tenth in the other. id1, id2, id3 are integers of rows / 1e6,
    rows / 1e3 and rows different values, id4, id5, id6 the same as text."""
    rng = np.random.default_rng(SEED)
    levels = [max(10, rows // 1_000_000), max(100, rows // 1_000), rows]
    own, other = [], []
    for count in levels:
        keys = rng.permutation(count + count // 10).astype(np.int32) + 1
        own.append(keys[:count])
        other.append(np.concatenate([keys[: count - count // 10], keys[count:]]))
    width = {"": 3, "small": 1, "medium": 2, "big": 3}[part]
    count = rows if not part else levels[width - 1]
    rng = np.random.default_rng([SEED, width, len(part)])
    columns = {}
    for level in range(width):
        keys = own[level] if not part else other[level]
        # The last level of a table that is joined is its key: each value once.
        once = level == width - 1 and len(keys) == count
        columns[f"id{level + 1}"] = rng.permutation(keys) if once else rng.choice(keys, count)
    texts = {
        f"id{level + 4}": pl.Series(columns[f"id{level + 1}"]).cast(pl.String)
        for level in range(width)
    }
    texts = {name: pl.select(pl.lit("id") + text).to_series() for name, text in texts.items()}
    value = "v1" if not part else "v2"
    numbers = decimal_text(rng.integers(0, 100_000_001, count, dtype=np.int64))
    pl.DataFrame({**columns, **texts, value: numbers}).write_csv(path)


MAKERS = {
    "flights.csv": make_flights,
    "lineitem-sf0.1.csv": lambda path: make_tpch(path, "lineitem", "0.1"),
    "groupby-1e6.csv": lambda path: make_groupby(path, 1_000_000),
    "lineitem-sf1.csv": lambda path: make_tpch(path, "lineitem", "1"),
    "groupby-1e7.csv": lambda path: make_groupby(path, 10_000_000),
    "orders-sf1.csv": lambda path: make_tpch(path, "orders", "1"),
    "customer-sf1.csv": lambda path: make_tpch(path, "customer", "1"),
    "join-1e6.csv": lambda path: make_join(path, 1_000_000, ""),
    "join-1e6-small.csv": lambda path: make_join(path, 1_000_000, "small"),
    "join-1e6-medium.csv": lambda path: make_join(path, 1_000_000, "medium"),
    "join-1e6-big.csv": lambda path: make_join(path, 1_000_000, "big"),
    "join-1e7.csv": lambda path: make_join(path, 10_000_000, ""),
    "join-1e7-small.csv": lambda path: make_join(path, 10_000_000, "small"),
    "join-1e7-medium.csv": lambda path: make_join(path, 10_000_000, "medium"),
    "join-1e7-big.csv": lambda path: make_join(path, 10_000_000, "big"),
    "quoted.csv": lambda path: write_quoted(path, SEED, 100_000_000),
}


def main() -> None:
    """Make what is missing, each under a temporary name first."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--out", type=Path, default=HERE / "data", help="folder (default: bench/data)"
    )
    parser.add_argument("files", nargs="*", choices=[[], *MAKERS], help="which (default: all)")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name in options.files or MAKERS:
        path = options.out / name
        if not path.exists():
            partial = path.with_suffix(".partial")
            MAKERS[name](partial)
            os.replace(partial, path)
        print(f"{name:20} {path.stat().st_size:>12,} bytes", flush=True)


if __name__ == "__main__":
    main()
