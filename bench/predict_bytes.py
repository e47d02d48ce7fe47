#!/usr/bin/env python3
"""Hold the memory that `diet analyze --budget` predicts to what engines really take to load a CSV.

    predict_bytes.py --diet .build/release/diet --library .build/release/libdietc.so [--sizes 12 40] [FILE …]

Makes tables of different kinds, so many megabytes each, and loads each (and each FILE) in each engine in a process of
its own. The process imports the engine and no more; then it has its peak forgotten, loads the table, and tells how much
its resident memory has grown: at its highest (`VmHWM`) and in the end (`VmRSS`), as the kernel counts it. For Dask the
process is a worker of one thread, which has imported Dask and pandas, that goes through blocks of --blocksize bytes;
what it holds in the end is the last of them.

With --seen what was measured is kept in a file; --jobs engines are measured at a time: peaks do not depend on that.

Prints a line for each: what was predicted and what was seen, in MB, and the share by which the prediction is too high;
then for each engine the least, the median and the most of these shares. Exit code 1 if a peak was more than predicted.
"""

import argparse
import concurrent.futures as futures
import json
import os
import pathlib
import subprocess
import sys

import numpy as np
import polars as pl

SEED = 22
HERE = pathlib.Path(__file__).resolve().parent
WORDS = ["amber", "birch", "cedar", "dune", "ember", "fjord", "grove", "heath", "inlet", "juniper"]

# ---- in the process that is measured


def memory(field: str) -> int:
    """A field of the kernel's about this process, in bytes."""
    for line in pathlib.Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) * 1024
    raise SystemExit(f"no {field}")


def forget_peak() -> int:
    """Has the kernel count the peak anew, and tells what is resident now."""
    pathlib.Path("/proc/self/clear_refs").write_text("5")
    return memory("VmRSS")


def pandas_load(path: str):
    import pandas

    return pandas.read_csv(path)


def polars_load(path: str):
    import polars

    from before_bytes import OUR_WORDS

    return polars.read_csv(path, null_values=sorted(OUR_WORDS), infer_schema_length=None)


def duckdb_load(path: str):
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE t AS FROM read_csv('{path}', sample_size = -1)")
    return connection


def pandas_arrow_load(path: str):
    import pandas

    return pandas.read_feather(path)


def lean_load(path: str):
    import memory_diet

    return memory_diet.read_csv(path)


# What a process has before its table: Python and these.
MODULES = {
    "pandas": ["pandas"], "polars": ["polars", "before_bytes"], "duckdb": ["duckdb"], "lean": ["memory_diet"],
    "pandas-arrow": ["pandas"],
}
LOADERS = {"pandas": pandas_load, "polars": polars_load, "duckdb": duckdb_load, "lean": lean_load}
# Not from the text, but from the lean file: what `changes` lead to, all of them.
FROM_ARROW = {"pandas-arrow": pandas_arrow_load}


def worker(engine: str, path: str) -> None:
    """Imports the engine, then loads the table; prints how resident memory grew."""
    import gc
    import importlib

    load = (LOADERS | FROM_ARROW)[engine]
    for module in MODULES[engine]:
        importlib.import_module(module)
    gc.collect()
    before = forget_peak()
    table = load(path)
    gc.collect()
    print(json.dumps({"peak": memory("VmHWM") - before, "resident": memory("VmRSS") - before}))
    sys.stdout.flush()
    os._exit(0 if table is not None else 1)


def dask_worker(path: str, blocksize: int) -> None:
    """The same of a worker process with one thread that goes through the blocks of the table."""
    import dask.dataframe as dd
    from distributed import Client, LocalCluster

    def prepare() -> int:
        import dask.dataframe
        import pandas

        assert dask.dataframe and pandas
        return forget_peak()

    def peak() -> int:
        return memory("VmHWM")

    with (
        LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):
        before = next(iter(client.run(prepare).values()))
        dd.read_csv(path, blocksize=blocksize, assume_missing=True).map_partitions(len).sum().compute()
        most = next(iter(client.run(peak).values()))
        print(json.dumps({"peak": most - before, "resident": None}))


# ---- the tables


def labels(rng: np.random.Generator, rows: int, count: int, prefix: str) -> pl.Series:
    return pl.Series([f"{prefix}{i:05d}" for i in range(count)]).gather(
        rng.integers(0, count, rows, dtype=np.uint32))


def sentences(rng: np.random.Generator, rows: int, words: int) -> pl.Series:
    """Text of so many words and a number, hardly any twice."""
    picks = rng.integers(0, len(WORDS), (words, rows))
    columns = [pl.Series(WORDS).gather(picks[i].astype(np.uint32)).alias(f"w{i}") for i in range(words)]
    columns.append(pl.Series("n", rng.integers(0, 10**9, rows)).cast(pl.String))
    return pl.DataFrame(columns).select(pl.concat_str(pl.all(), separator=" ")).to_series()


def days(rng: np.random.Generator, rows: int) -> pl.Series:
    return (pl.Series(rng.integers(0, 9000, rows).astype(np.int32)).cast(pl.Date)).cast(pl.String)


def instants(rng: np.random.Generator, rows: int) -> pl.Series:
    seconds = pl.Series(rng.integers(0, 10**9, rows) * 1000).cast(pl.Datetime("ms"))
    return seconds.dt.strftime("%Y-%m-%d %H:%M:%S")


def with_nulls(rng: np.random.Generator, values: pl.Series, share: float) -> pl.Series:
    return pl.select(pl.when(pl.Series(rng.random(len(values)) >= share)).then(values)).to_series()


def columns(kind: str, rng: np.random.Generator, rows: int) -> dict[str, pl.Series]:
    def integers(high: int) -> pl.Series:
        return pl.Series(rng.integers(0, high, rows))

    def floats() -> pl.Series:
        return pl.Series(rng.normal(size=rows))

    match kind:
        case "small integers":
            return {f"c{i}": integers(100) for i in range(12)}
        case "large integers":
            return {f"c{i}": integers(10**15) for i in range(6)}
        case "floats":
            return {f"c{i}": floats() for i in range(6)}
        case "prices":
            return {f"c{i}": integers(10**6) / 100 for i in range(8)}
        case "few words":
            return {f"c{i}": labels(rng, rows, 50, "town") for i in range(6)}
        case "many words":
            return {f"c{i}": labels(rng, rows, 90_000, "part-number-") for i in range(4)}
        case "keys":
            return {"key": sentences(rng, rows, 0), "other": sentences(rng, rows, 1)}
        case "long text":
            return {"id": integers(10**6), "text": sentences(rng, rows, 40)}
        case "nulls":
            return {
                "i": with_nulls(rng, integers(1000), 0.5),
                "f": with_nulls(rng, floats(), 0.3),
                "w": with_nulls(rng, labels(rng, rows, 50, "town"), 0.5),
                "t": with_nulls(rng, sentences(rng, rows, 2), 0.2),
                "e": with_nulls(rng, integers(10), 0.95),
            }
        case "dates":
            return {"day": days(rng, rows), "at": instants(rng, rows), "n": integers(100)}
        case "truth values":
            return {f"b{i}": integers(2).cast(pl.Boolean) for i in range(8)}
        case "mixed":
            return {
                "id": pl.Series(np.arange(rows)), "day": days(rng, rows), "n": integers(10**6),
                "price": integers(10**6) / 100, "town": labels(rng, rows, 300, "town"),
                "note": sentences(rng, rows, 5), "x": floats(),
                "ok": with_nulls(rng, integers(2).cast(pl.Boolean), 0.1),
            }
        case "many columns":
            return {f"c{i}": integers(10**4) if i % 2 else floats() for i in range(200)}
        case "one digit":
            return {"x": integers(10)}
        case "one number":
            return {"x": integers(10**5)}
        case "one float":
            return {"x": floats()}
        case "one word":
            return {"x": labels(rng, rows, 50, "town")}
        case "one name":
            return {"x": sentences(rng, rows, 1)}
        case "one truth value":
            return {"x": integers(2).cast(pl.Boolean)}
        case "two truth values":
            return {f"b{i}": integers(2).cast(pl.Boolean) for i in range(2)}
        case "two numbers":
            return {"i": integers(1000), "f": integers(10**4) / 100}
        case "three short":
            return {"i": integers(10), "b": integers(2).cast(pl.Boolean), "w": pl.Series(["x", "y", "z"]).gather(
                rng.integers(0, 3, rows, dtype=np.uint32))}
        case "five digits":
            return {f"c{i}": integers(10) for i in range(5)}
        case "five mixed":
            return {"i": integers(10**6), "f": floats(), "d": days(rng, rows), "w": labels(rng, rows, 300, "town"),
                    "b": integers(2).cast(pl.Boolean)}
        case "sparse":
            return {f"c{i}": with_nulls(rng, integers(100) if i % 2 else labels(rng, rows, 9, "a"), 0.97)
                    for i in range(50)}
        case "thousand integers":
            return {f"c{i}": integers(10**4) for i in range(1000)}
        case "thousand mixed":
            return {f"c{i}": [integers(10), floats(), labels(rng, rows, 5, "w")][i % 3] for i in range(1000)}
        case "five thousand letters":
            return {f"c{i}": pl.Series(["a", "b", None]).gather(rng.integers(0, 3, rows, dtype=np.uint32))
                    for i in range(5000)}
    raise SystemExit(f"no such kind: {kind}")


KINDS = [
    "small integers", "large integers", "floats", "prices", "few words", "many words", "keys", "long text", "nulls",
    "dates", "truth values", "mixed", "many columns",
    "one digit", "one number", "one float", "one word", "one name", "one truth value", "two truth values",
    "two numbers", "three short", "five digits", "five mixed", "sparse", "thousand integers", "thousand mixed",
    "five thousand letters",
]


def make(kind: str, megabytes: float, folder: pathlib.Path) -> pathlib.Path:
    """A table of that kind of about so many megabytes; one that is there is kept."""
    path = folder / f"{kind.replace(' ', '-')}-{megabytes:g}.csv"
    if path.exists():
        return path
    seed = [SEED, KINDS.index(kind), int(megabytes * 10)]
    sample = 2000
    width = len(pl.DataFrame(columns(kind, np.random.default_rng(seed), sample)).write_csv())
    rows = int(megabytes * 1e6 * sample / width)
    pl.DataFrame(columns(kind, np.random.default_rng(seed), rows)).write_csv(path)
    return path


# ---- comparing


def observed(engine: str, path: pathlib.Path, options: argparse.Namespace) -> dict:
    environment = dict(os.environ)
    environment["MEMORY_DIET_LIBRARY"] = os.path.abspath(options.library)
    environment["PYTHONPATH"] = f"{HERE.parent / 'Sources' / 'Python'}:{HERE}"
    if engine in FROM_ARROW:
        path = lean_file(path, options)
    command = [sys.executable, __file__, "--worker", engine, str(path), str(options.blocksize)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def observe(path: pathlib.Path, seen: dict[tuple[str, str], dict], options: argparse.Namespace) -> None:
    """Measures what has not been seen yet of a table."""
    missing = [engine for engine in options.engines if (path.name, engine) not in seen]
    with futures.ThreadPoolExecutor(options.jobs) as pool:
        found = pool.map(lambda engine: observed(engine, path, options), missing)
    for engine, bytes_ in zip(missing, found):
        seen[path.name, engine] = bytes_
        if options.seen:
            line = {"file": path.name, "bytes": path.stat().st_size, "engine": engine}
            with options.seen.open("a") as out:
                out.write(json.dumps({**line, **bytes_}) + "\n")


def lean_file(path: pathlib.Path, options: argparse.Namespace) -> pathlib.Path:
    out = options.folder / f"{path.name}.arrow"
    if not out.exists():
        command = [options.diet, "apply", str(path), "-o", str(out)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return out


def predicted(path: pathlib.Path, options: argparse.Namespace) -> dict:
    """Engine -> resident and peak bytes, as the report says of a budget that asks for all changes."""
    command = [options.diet, "analyze", str(path), "--no-measure", "--budget", "1B", "--format", "json"]
    budget = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["budget"]
    return budget["engines"] | {"pandas-arrow": budget["pandas"]}


def title(engine: str) -> str:
    return "Dask worker" if engine == "dask" else engine


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=pathlib.Path, nargs="*")
    parser.add_argument("--diet", default=".build/release/diet")
    parser.add_argument("--library", default=".build/release/libdietc.so")
    parser.add_argument("--sizes", type=float, nargs="+", default=[12, 40])
    parser.add_argument("--kinds", nargs="*", default=KINDS)
    parser.add_argument("--engines", nargs="+", default=[*LOADERS, "pandas-arrow", "dask"])
    parser.add_argument("--blocksize", type=int, default=64_000_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("/var/tmp/predict"))
    parser.add_argument("--seen", type=pathlib.Path, help="a file of what was seen: read if there, else written")
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    seen = read_seen(options.seen)
    files = [make(kind, size, options.folder) for kind in options.kinds for size in options.sizes]
    ratios: dict[str, list[float]] = {engine: [] for engine in options.engines}
    print("| table | engine | held: foretold | peak: foretold | seen | off |\n|---|---|--:|--:|--:|--:|")
    for path in files + options.files:
        said = predicted(path, options)
        observe(path, seen, options)
        for engine in options.engines:
            peak = seen[path.name, engine]["peak"]
            foretold = said[engine]["peak_estimate"]
            ratios[engine].append(foretold / peak)
            print(
                f"| {path.stem} | {title(engine)} | {said[engine]['resident'] / 1e6:.1f} | {foretold / 1e6:.1f}"
                f" | {peak / 1e6:.1f} | {foretold / peak - 1:+.0%} |", flush=True)
    print("\n| engine | tables | lowest | median | highest |\n|---|--:|--:|--:|--:|")
    for engine, found in ratios.items():
        middle = sorted(found)[len(found) // 2]
        print(
            f"| {title(engine)} | {len(found)} | {min(found) - 1:+.0%} | {middle - 1:+.0%} | {max(found) - 1:+.0%} |")
    return 1 if min(min(found) for found in ratios.values()) < 1 else 0


def read_seen(path: pathlib.Path | None) -> dict[tuple[str, str], dict]:
    """What was seen in earlier runs; the last of each."""
    if path is None or not path.exists():
        return {}
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    return {(line["file"], line["engine"]): line for line in lines}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        engine, path, blocksize = sys.argv[2:]
        if engine == "dask":
            dask_worker(path, int(blocksize))
        else:
            worker(engine, path)
    else:
        sys.exit(main())
