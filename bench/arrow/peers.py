"""Times pyarrow and polars at the work of `ArrowBench`, on the same lean table; prints JSON lines.

    peers.py FOLDER REPEATS

Reads `diet-none.arrow`, which ArrowBench wrote, into memory (not mapped), and writes it again.
`peers.py --wide TABLE.csv FOLDER` writes the table as pyarrow reads it, for ArrowBench to read.
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


def measure(work, engine, path, repeats, body):
    body()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        body()
        times.append(time.perf_counter() - start)
    times.sort()
    print(json.dumps({"work": work, "engine": engine, "median": times[len(times) // 2],
                      "minimum": times[0], "bytes": os.path.getsize(path)}), flush=True)


def wide(csv, folder):
    table = pyarrow.csv.read_csv(csv)
    for compression in ("none", "lz4", "zstd"):
        pyarrow.feather.write_feather(
            table, f"{folder}/wide-{compression}.arrow",
            compression="uncompressed" if compression == "none" else compression)


def main(folder, repeats):
    with open(f"{folder}/diet-none.arrow", "rb") as file:
        table = pyarrow.ipc.open_file(pyarrow.BufferReader(file.read())).read_all()
    frame = polars.from_arrow(table)
    for compression in ("none", "zstd"):
        path = f"{folder}/peer.arrow"
        options = pyarrow.ipc.IpcWriteOptions(compression=None if compression == "none" else "zstd")

        def write():
            with pyarrow.OSFile(path, "wb") as sink:
                with pyarrow.ipc.new_file(sink, table.schema, options=options) as writer:
                    writer.write_table(table)

        def feather():
            pyarrow.feather.write_feather(
                table, path, compression="uncompressed" if compression == "none" else "zstd")

        measure(f"write {compression}", "pyarrow.ipc", path, repeats, write)
        measure(f"write {compression}", "pyarrow.feather", path, repeats, feather)
        measure(f"write {compression}", "polars", path, repeats, lambda: frame.write_ipc(
            path, compression="uncompressed" if compression == "none" else "zstd"))
        os.remove(path)


if sys.argv[1] == "--wide":
    wide(sys.argv[2], sys.argv[3])
else:
    main(sys.argv[1], int(sys.argv[2]))
