"""Writes the columns that both sides read: numbers as little-endian files, texts as a CSV."""

import sys
from pathlib import Path

import numpy as np


def main(folder: Path, rows: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(20260101)
    columns = {
        "i8": random.integers(-100, 100, rows).astype(np.int8),
        "j8": random.integers(-100, 100, rows).astype(np.int8),
        "i16": random.integers(-30000, 30000, rows).astype(np.int16),
        "i64": random.integers(-(2**60), 2**60, rows),
        "key100": random.integers(0, 100, rows),
        "key100k": random.integers(0, 100_000, rows),
        "a": random.random(rows), "b": random.random(rows),
        "c": random.random(rows), "d": random.random(rows),
    }
    for name, values in columns.items():
        values.tofile(folder / f"{name}.bin")
    names = np.array([f"C{k:03d}" for k in range(100)])[columns["key100"]]
    (folder / "category.csv").write_text("category\n" + "\n".join(names) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(float(sys.argv[2])))
