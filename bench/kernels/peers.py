"""Times the peers on the columns that `make_columns.py` wrote; prints a JSON object a line.

Each does the same work as ours, on its own best type (polars Categorical, pandas category, int keys),
warmed up once; compilation of numba is not counted. Results of another kind than ours (a mask, a
frame) are made in full, none is left lazy.
"""

import json
import sys
import time
from pathlib import Path

import bottleneck as bn
import duckdb
import numba
import numexpr as ne
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

FOLDER, REPEATS = Path(sys.argv[1]), int(sys.argv[2])
THREADS = numba.config.NUMBA_DEFAULT_NUM_THREADS
TYPES = {"i8": "i1", "j8": "i1", "i16": "<i2"}


def measure(kernel, engine, work, threads=THREADS, repeats=REPEATS):
    try:
        answer = work()
        times = []
        for _ in range(repeats):
            start = time.perf_counter()
            answer = work()
            times.append(time.perf_counter() - start)
    except Exception as error:  # A peer that cannot is said to, not left out.
        print(json.dumps({"kernel": kernel, "engine": engine, "error": str(error)[:80]}), flush=True)
        return
    times.sort()
    print(json.dumps({
        "kernel": kernel, "engine": engine, "threads": threads,
        "median": times[len(times) // 2], "minimum": times[0], "answer": str(answer)[:24],
    }), flush=True)


def main():
    names = ["i8", "j8", "i16", "i64", "key100", "key100k", "a", "b", "c", "d"]
    n = {}
    for name in names:
        kind = TYPES.get(name, "<i8" if name[0] in "ik" else "<f8")
        n[name] = np.fromfile(FOLDER / f"{name}.bin", dtype=kind)
    rows = len(n["a"])
    category = pl.read_csv(FOLDER / "category.csv")["category"]
    frame = pl.DataFrame({**n, "category": category.cast(pl.Categorical), "text": category})
    pandas = pd.DataFrame({**n, "category": pd.Categorical(category.to_list())})
    arrow = {name: pa.array(values) for name, values in n.items()}
    codes = pa.array(category.to_arrow()).cast(pa.string()).dictionary_encode()
    db = duckdb.connect()
    plain = frame.drop("category")
    db.execute("create type category as enum (select distinct text from plain order by 1)")
    db.execute("create table t as select *, text::category as category from plain")

    read = n["i64"].view(np.uint64)
    measure("read bandwidth", "numpy max u64", lambda: read.max(), 1)
    copy = np.empty_like(n["i64"])
    measure("copy bandwidth", "numpy copy", lambda: np.copyto(copy, n["i64"]), 1)

    for name in ["i8", "i16", "i64"]:
        values, kernel = n[name], f"sum {name}"
        measure(kernel, "numpy", lambda: values.sum(dtype=np.int64), 1)
        measure(kernel, "bottleneck", lambda: bn.nansum(values), 1)
        measure(kernel, "numexpr", lambda: ne.evaluate("sum(values)", {"values": values}))
        measure(kernel, "pandas", lambda: pandas[name].sum(), 1)
        measure(kernel, "polars", lambda: frame[name].cast(pl.Int64).sum()
                if name != "i64" else frame[name].sum())
        measure(kernel, "pyarrow", lambda: pc.sum(arrow[name]).as_py())
        measure(kernel, "duckdb", lambda: db.execute(f"select sum({name}) from t").fetchone()[0])
    a, b, c, d = n["a"], n["b"], n["c"], n["d"]
    measure("sum f64", "numpy", lambda: a.sum(), 1)
    measure("sum f64", "bottleneck", lambda: bn.nansum(a), 1)
    measure("sum f64", "polars", lambda: frame["a"].sum())
    measure("variance f64", "numpy", lambda: a.var(ddof=1), 1)
    measure("variance f64", "bottleneck", lambda: bn.nanvar(a, ddof=1), 1)
    measure("variance f64", "polars", lambda: frame["a"].var())
    measure("median f64", "numpy", lambda: np.median(a), 1)
    measure("median f64", "bottleneck", lambda: bn.median(a), 1)
    measure("median f64", "polars", lambda: frame["a"].median())

    kernel = "count == 'C042'"
    measure(kernel, "polars String", lambda: (frame["text"] == "C042").sum())
    measure(kernel, "polars Categorical", lambda: (frame["category"] == "C042").sum())
    measure(kernel, "pandas category", lambda: (pandas["category"] == "C042").sum(), 1)
    measure(kernel, "pyarrow dictionary", lambda: pc.sum(pc.equal(codes, "C042")).as_py())
    measure(kernel, "duckdb enum", lambda: db.execute(
        "select count(*) from t where category = 'C042'").fetchone()[0])
    some = ["C001", "C017", "C042", "C077", "C099"]
    kernel = "isin 5 of 100"
    measure(kernel, "polars Categorical", lambda: frame["category"].is_in(some).sum())
    measure(kernel, "pandas category", lambda: pandas["category"].isin(some).sum(), 1)
    measure(kernel, "pyarrow dictionary", lambda: pc.sum(
        pc.is_in(codes, value_set=pa.array(some))).as_py())
    measure(kernel, "numpy codes", lambda: np.isin(n["key100"].astype(np.uint8),
                                                   [1, 17, 42, 77, 99]).sum(), 1)
    kernel = "value counts"
    measure(kernel, "polars Categorical", lambda: frame["category"].value_counts().height)
    measure(kernel, "pandas category", lambda: len(pandas["category"].value_counts()), 1)
    measure(kernel, "pyarrow dictionary", lambda: len(pc.value_counts(codes)))
    measure(kernel, "duckdb enum", lambda: len(db.execute(
        "select category, count(*) from t group by 1").fetchall()))
    kernel = "sort by category"
    measure(kernel, "polars Categorical", lambda: frame["category"].sort().len())
    measure(kernel, "pandas category", lambda: len(pandas["category"].sort_values()), 1)
    for key in ["key100", "key100k", "category"]:
        kernel = f"group sum by {key}"
        measure(kernel, "polars", lambda: frame.group_by(key).agg(pl.col("i16").sum()).height)
        measure(kernel, "pandas", lambda: len(pandas.groupby(key, observed=True)["i16"].sum()), 1)
        measure(kernel, "duckdb", lambda: len(db.execute(
            f"select {key}, sum(i16) from t group by 1").fetchnumpy()[key]))
    kernel = "group mean f64 by category"
    measure(kernel, "polars", lambda: frame.group_by("category").agg(pl.col("a").mean()).height)
    measure(kernel, "pandas", lambda: len(pandas.groupby("category", observed=True)["a"].mean()), 1)
    measure(kernel, "duckdb", lambda: len(db.execute(
        "select category, avg(a) from t group by 1").fetchall()))

    three = ["C001", "C017", "C042"]
    kernel = "filter and group"
    measure(kernel, "polars Categorical", lambda: frame.filter(
        pl.col("category").is_in(three)).group_by("category").agg(pl.col("i16").sum()).height)
    objects = pd.DataFrame({"text": np.array(category.to_list(), dtype=object), "i64": n["i16"].astype(np.int64)})
    measure(kernel, "pandas object", lambda: len(
        objects[objects["text"].isin(three)].groupby("text")["i64"].sum()), 1, 3)
    del objects

    measure("moving mean 100", "bottleneck", lambda: bn.move_mean(a, 100).size, 1)
    measure("moving mean 100", "pandas", lambda: pandas["a"].rolling(100).mean().size, 1, 3)
    measure("moving mean 100", "polars", lambda: frame["a"].rolling_mean(100).len())
    tenth = a[:rows // 10].copy()
    kernel = "moving median 100, a tenth of the rows"
    measure(kernel, "bottleneck", lambda: bn.move_median(tenth, 100).size, 1)
    series = pd.Series(tenth)
    measure(kernel, "pandas", lambda: series.rolling(100).median().size, 1, 1)
    column = pl.Series(tenth)
    measure(kernel, "polars", lambda: column.rolling_median(100).len(), THREADS, 3)

    @numba.njit(parallel=True)
    def fused(a, b, c, d):
        out = np.empty(a.size, dtype=np.bool_)
        for i in numba.prange(a.size):
            out[i] = (a[i] * b[i] + c[i]) > d[i]
        return out

    @numba.njit(parallel=True)
    def fused_lean(a, b, c):
        out = np.empty(a.size, dtype=np.bool_)
        for i in numba.prange(a.size):
            out[i] = (np.int32(a[i]) * b[i] + c[i]) > a[i]
        return out

    @numba.njit(parallel=True)
    def root(a, b):
        out = np.empty(a.size)
        for i in numba.prange(a.size):
            out[i] = np.sqrt(a[i] ** 2 + b[i] ** 2)
        return out

    @numba.njit(parallel=True)
    def own(n, x):
        out = np.empty(n.size)
        for i in numba.prange(n.size):
            out[i] = n[i] * x[i] if x[i] > 0.5 else x[i] - 1
        return out

    i8, j8, i16 = n["i8"], n["j8"], n["i16"]
    for threads in [1, THREADS]:
        ne.set_num_threads(threads)
        numba.set_num_threads(threads)
        measure("(a*b + c) > d", "numexpr", lambda: ne.evaluate("(a*b + c) > d", n).size, threads)
        measure("(a*b + c) > d", "numba", lambda: fused(a, b, c, d).size, threads)
        measure("(a*b + c) > d, lean", "numexpr", lambda: ne.evaluate("(i8*j8 + i16) > i8", n).size, threads)
        measure("(a*b + c) > d, lean", "numba", lambda: fused_lean(i8, j8, i16).size, threads)
        measure("sqrt(a**2 + b**2)", "numexpr", lambda: ne.evaluate("sqrt(a**2 + b**2)", n).size, threads)
        measure("sqrt(a**2 + b**2)", "numba", lambda: root(a, b).size, threads)
        measure("sqrt(a**2 + b**2), lean", "numexpr", lambda: ne.evaluate("sqrt(i8**2 + j8**2)", n).size, threads)
        measure("sqrt(a**2 + b**2), lean", "numba", lambda: root(i8, j8).size, threads)
        measure("your own kernel", "numba", lambda: own(i16, a).size, threads)
    measure("(a*b + c) > d", "numpy", lambda: ((a * b + c) > d).size, 1)
    measure("(a*b + c) > d", "polars", lambda: frame.select(
        (pl.col("a") * pl.col("b") + pl.col("c")) > pl.col("d")).height)
    measure("sqrt(a**2 + b**2)", "numpy", lambda: np.sqrt(a**2 + b**2).size, 1)


if __name__ == "__main__":
    main()
