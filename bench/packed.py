"""Show what `--policy packed` costs and saves on a file, beside Vortex, DuckDB, polars and Parquet.

    packed.py FILE... --diet .build/release/diet [--runs 3] [--no-peers]

Bytes: those that `diet apply` counts, and what `diet analyze` foretells of text; Vortex's of `vortex.compress`,
DuckDB's of a database file with this one table, polars' of all Arrow buffers, Parquet's of a file of zstd level 3. All peers
get the typed table that diet writes as Arrow.

Speed: each kernel's time under `packed` as a share of that under `fast`. Both are measured against the same wide form in
the same process, so that the shares compare although the machine's speed changes: a share is the quotient of the two
speed-ups, the middle one of the runs.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile

POLICIES = ("fast", "packed")  # whose speed is compared


def run(diet: str, *arguments: str) -> str:
    """The standard output of a call of diet."""
    return subprocess.run([diet, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def own_bytes(diet: str, path: str, folder: str) -> dict[str, int]:
    """The bytes of the lean columns by policy, as they are made, and as they are foretold where that differs."""
    memory = json.loads(run(diet, "analyze", path, "--no-measure", "--format", "json"))["memory"]
    sizes: dict[str, int] = {}
    for policy, foretold in memory["policies"].items():
        output = os.path.join(folder, f"{policy}.arrow")
        call = [diet, "apply", path, "-o", output, "--policy", policy, "--format", "json"]
        sizes[policy] = json.loads(run(*call))["bytes"]["lean"]
        os.unlink(output)
        if not memory["policies_exact"][policy]:
            sizes[f"{policy}, foretold"] = foretold
    return sizes


def peer_bytes(diet: str, path: str, folder: str) -> dict[str, int]:
    """What others take for the same typed table, each kept where it is installed."""
    import pyarrow.ipc
    import pyarrow.parquet

    arrow = os.path.join(folder, "table.arrow")
    run(diet, "apply", path, "-o", arrow, "--quiet")
    table = pyarrow.ipc.open_file(arrow).read_all()
    bytes_of: dict[str, int] = {}
    parquet = os.path.join(folder, "table.parquet")
    pyarrow.parquet.write_table(table, parquet, compression="zstd", compression_level=3)
    bytes_of["parquet zstd 3"] = os.path.getsize(parquet)
    try:
        import vortex

        plain = vortex.array(table.combine_chunks().to_batches()[0].to_struct_array())
        bytes_of["vortex"] = vortex.compress(plain).nbytes
    except ImportError:
        pass
    try:
        import duckdb

        database = os.path.join(folder, "table.duckdb")
        with duckdb.connect(database) as connection:
            connection.execute(f"create table t as from '{parquet}'")
            connection.execute("checkpoint")
        bytes_of["duckdb"] = os.path.getsize(database)
    except ImportError:
        pass
    try:
        import polars

        frame = polars.from_arrow(table).to_arrow()
        bytes_of["polars"] = frame.nbytes
    except ImportError:
        pass
    return bytes_of


def shares(diet: str, path: str, count: int) -> dict[tuple[str, str], float]:
    """Column and kernel -> time under packed / time under fast."""
    found: dict[tuple[str, str], list[float]] = {}
    for _ in range(count):
        by_policy = {}
        for policy in POLICIES:
            report = json.loads(run(diet, "bench", path, "--policy", policy, "--format", "json"))
            by_policy[policy] = {
                (result["column"], result["kernel"]): result["ratio"]
                for result in report["results"]
                if result["ratio"]
            }
        for key, ratio in by_policy["packed"].items():
            if key in by_policy["fast"]:
                found.setdefault(key, []).append(by_policy["fast"][key] / ratio)
    return {key: statistics.median(values) for key, values in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--diet", default=".build/release/diet")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    for path in options.files:
        print(f"## {os.path.basename(path)}\n")
        with tempfile.TemporaryDirectory() as folder:
            sizes = own_bytes(options.diet, path, folder)
            if not options.no_peers:
                sizes |= peer_bytes(options.diet, path, folder)
        for name, size in sizes.items():
            print(f"{name:18} {size / 1e6:10.2f} MB")
        kernels: dict[str, list[float]] = {}
        for (_, kernel), share in shares(options.diet, path, options.runs).items():
            kernels.setdefault(kernel, []).append(share)
        print("\nkernel              columns  least  middle  most   (packed / fast)")
        for kernel, values in sorted(kernels.items()):
            print(
                f"{kernel:20} {len(values):6} {min(values):6.2f} {statistics.median(values):7.2f}"
                f" {max(values):6.2f}"
            )
        print()


if __name__ == "__main__":
    main()
