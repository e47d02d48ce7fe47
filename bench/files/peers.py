"""Times pyarrow and polars at the work of `FileBench`, on the same lean table, and prints both.

    peers.py FOLDER REPEATS

Reads `diet-none.arrow`, which FileBench wrote, into memory (not mapped), and writes it again.
`diet.jsonl` is what FileBench printed. Parquet is compressed with zstd at level 1 by everyone.
`peers.py --wide TABLE.csv FOLDER` writes the table as pyarrow reads it, for FileBench to read.
"""

import json
import os
import sys
import time

import polars
import pyarrow
import pyarrow.csv
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet


def measure(work, engine, path, repeats, body):
    body()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        body()
        times.append(time.perf_counter() - start)
    times.sort()
    return {"work": work, "engine": engine, "median": times[len(times) // 2], "minimum": times[0],
            "bytes": os.path.getsize(path)}


def wide(csv, folder):
    table = pyarrow.csv.read_csv(csv)
    for compression in ("none", "lz4", "zstd"):
        pyarrow.feather.write_feather(
            table, f"{folder}/wide-{compression}.arrow",
            compression="uncompressed" if compression == "none" else compression)
    pyarrow.parquet.write_table(table, f"{folder}/wide-snappy.parquet")


def peers(folder, repeats):
    with open(f"{folder}/diet-none.arrow", "rb") as file:
        table = pyarrow.ipc.open_file(pyarrow.BufferReader(file.read())).read_all()
    frame = polars.from_arrow(table)
    path = f"{folder}/peer"
    for compression in ("none", "zstd"):
        named = "uncompressed" if compression == "none" else "zstd"
        level = None if compression == "none" else 1
        options = pyarrow.ipc.IpcWriteOptions(compression=None if compression == "none" else "zstd")

        def stream():
            with pyarrow.OSFile(path, "wb") as sink:
                with pyarrow.ipc.new_file(sink, table.schema, options=options) as writer:
                    writer.write_table(table)

        arrow, parquet = f"write Arrow, {compression}", f"write Parquet, {compression}"
        yield measure(arrow, "pyarrow.ipc", path, repeats, stream)
        yield measure(arrow, "pyarrow.feather", path, repeats, lambda: pyarrow.feather.write_feather(
            table, path, compression=named))
        yield measure(arrow, "polars", path, repeats, lambda: frame.write_ipc(path, compression=named))
        yield measure(parquet, "pyarrow", path, repeats, lambda: pyarrow.parquet.write_table(
            table, path, compression=compression, compression_level=level))
        yield measure(parquet, "polars", path, repeats, lambda: frame.write_parquet(
            path, compression=named, compression_level=level))
    os.remove(path)


def main(folder, repeats):
    with open(f"{folder}/diet.jsonl", encoding="utf-8") as file:
        ours = [json.loads(line) for line in file]
    found = list(peers(folder, repeats))
    size = next(row["bytes"] for row in ours if row["work"] == "write Arrow, none")
    print("| work | engine | median | GB of the plain table a second | file | time, ours / theirs | size, ours / theirs |")
    print("|---|---|---|---|---|---|---|")
    for own in ours:
        for row in [own] + [row for row in found if row["work"] == own["work"]]:
            print(f"| {row['work']} | {row['engine']} | {row['median'] * 1e3:,.0f} ms | {size / row['median'] / 1e9:.2f} "
                  f"| {row['bytes'] / 1e6:,.1f} MB ", end="")
            print("| | |" if row is own else
                  f"| {own['median'] / row['median']:.2f} | {own['bytes'] / row['bytes']:.3f} |")


if sys.argv[1] == "--wide":
    wide(sys.argv[2], sys.argv[3])
else:
    main(sys.argv[1], int(sys.argv[2]))
