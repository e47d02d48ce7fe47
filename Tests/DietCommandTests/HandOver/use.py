"""Does with lean tables what people do with tables, and says where the answer differs.

    use.py FOLDER

The folder has prices.csv, part-1.csv and part-2.csv (which `use.py FOLDER --make` writes), and of
each a lean file of every name `prices.WORDS.arrow`, `.parquet`, …. Prints a line for each operation
whose outcome is not that of the plain table, and how many there were.
"""

import datetime
import math
import random
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])


def make():
    dice = random.Random(7)
    prices = [f"{dice.uniform(1, 300):.2f}" for _ in range(50)]
    keys = [str(dice.randrange(10**6)) for _ in range(40)]
    with open(FOLDER / "prices.csv", "w") as file:
        file.write("shop,price,sold,day,moment,clock,same,key,ratio\n")
        for row in range(9000):
            file.write(
                f"{dice.choice(['Oslo', 'Rome'])},{dice.choice(prices)},{dice.choice(['', '5', '70000'])},"
                f"2024-02-{1 + row % 9:02d},2024-02-{1 + row % 9:02d}T12:00:0{row % 7},"
                f"1{row % 9}:00:00,7,{dice.choice(keys)},{dice.choice(['1.5e0', '2.5e-3', '7e10'])}\n"
            )
    for part, towns in ((1, ["Bergen", "Oslo", "Rome"]), (2, [f"t{n}" for n in range(300)] + ["Oslo"])):
        with open(FOLDER / f"part-{part}.csv", "w") as file:
            file.write("town,to,qty\n")
            for _ in range(3000):
                file.write(f"{dice.choice(towns)},{dice.choice(['Oslo', 'Cork', ''])},{dice.randrange(90)}\n")


def near(a, b):
    """Whether two outcomes are the same; sums of floats may differ in their last digits."""
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(near(a[key], b[key]) for key in a)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(near(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, float) or isinstance(b, float):
        return a is not None and b is not None and math.isclose(a, b, rel_tol=1e-12)
    if isinstance(a, datetime.datetime):
        a = a.date() if a.time() == datetime.time() else a
        b = b.date() if isinstance(b, datetime.datetime) and b.time() == datetime.time() else b
    return a == b


# Operations on one table of pandas: each number, day, instant and time computes.
NUMBERS = ["price", "sold", "same", "key", "ratio"]
PANDAS = {
    **{f"{n}.{f}": (lambda t, n=n, f=f: getattr(t[n], f)()) for n in NUMBERS
       for f in ("sum", "mean", "min", "max", "median")},
    **{f"{n} * 2.0": (lambda t, n=n: float((t[n] * 2.0).sum())) for n in NUMBERS},
    **{f"{n} > 10": (lambda t, n=n: int((t[n] > 10).sum())) for n in NUMBERS},
    "two columns": lambda t: float((t["price"] * t["key"]).sum()),
    "group by": lambda t: t.groupby("shop")["price"].mean().to_dict(),
    "group by a number": lambda t: t.groupby("price")["key"].mean().to_dict(),
    "day.max": lambda t: t["day"].max(),
    "moment.max": lambda t: t["moment"].max().to_pydatetime(),
    "days": lambda t: int((t["day"] == t["day"].min()).sum()),
    "sort": lambda t: t.sort_values(["price", "key"])["key"].tolist(),
    "shop": lambda t: int((t["shop"] == "Oslo").sum()),
    "shop.str": lambda t: t["shop"].str.upper().value_counts().to_dict(),
}


def pandas_uses(report):
    import pandas

    plain = pandas.read_csv(FOLDER / "prices.csv", parse_dates=["day", "moment"])
    expected = {name: use(plain) for name, use in PANDAS.items()}
    for path in sorted(FOLDER.glob("prices.*.*.*")):
        if ".polars." in path.name or path.suffix == ".arrows":
            continue
        read = pandas.read_parquet if path.suffix == ".parquet" else pandas.read_feather
        table = read(path)
        for name, use in PANDAS.items():
            report("pandas", path, name, lambda: near(expected[name], use(table)))
        report("pandas", path, "objects", lambda: not [k for k in table.dtypes if k == object])
        first, second = (read(part) for part in parts(path))
        report("pandas", path, "concat", lambda: (
            pandas.concat([first, second])["town"].tolist() == text("town")))


def parts(path):
    return [path.with_name(path.name.replace("prices", f"part-{part}")) for part in (1, 2)]


def text(name):
    """The words of both parts."""
    import polars

    return [word for part in (1, 2) for word in polars.read_csv(FOLDER / f"part-{part}.csv")[name]]


# Operations of polars on two tables, and how the same two are scanned.
POLARS = {
    "concat": lambda pl, a, b, scan: pl.concat([a, b]).rows(),
    "scan": lambda pl, a, b, scan: scan().collect().rows(),
    "scan in a stream": lambda pl, a, b, scan: scan().collect(engine="streaming").rows(),
    "join": lambda pl, a, b, scan: sorted(
        a.join(b.unique("town"), on="town", how="left").select("town", "qty").rows()),
    "inner join": lambda pl, a, b, scan: a.join(b, on="town").height,
    "join by two columns": lambda pl, a, b, scan: a.join(b, left_on="town", right_on="to").height,
    "equal": lambda pl, a, b, scan: (a["town"] == a["to"]).sum(),
    "filter": lambda pl, a, b, scan: b.filter(pl.col("town") == pl.col("to")).height,
    "below": lambda pl, a, b, scan: a.filter(pl.col("town") < pl.col("to")).height,
    "sort": lambda pl, a, b, scan: pl.concat([a, b]).sort("town", "to", "qty").rows(),
    "group": lambda pl, a, b, scan: sorted(pl.concat([a, b]).group_by("town").len().rows()),
    "minimum": lambda pl, a, b, scan: b["town"].min(),
    "word": lambda pl, a, b, scan: a.filter(pl.col("town") == "Nowhere").height,
    "append": lambda pl, a, b, scan: a.vstack(b)["to"].null_count(),
}


def polars_uses(report):
    import polars as pl

    csv = [FOLDER / f"part-{part}.csv" for part in (1, 2)]
    first, second = (pl.read_csv(path) for path in csv)
    expected = {
        name: use(pl, first, second, lambda: pl.scan_csv(csv)) for name, use in POLARS.items()
    }
    for path in sorted(FOLDER.glob("prices.*.*.*")):
        if path.suffix == ".arrows" or ".pandas." in path.name:
            continue
        is_parquet = path.suffix == ".parquet"
        read, scan = (pl.read_parquet, pl.scan_parquet) if is_parquet else (pl.read_ipc, pl.scan_ipc)
        a, b = (read(part) for part in parts(path))
        for name, use in POLARS.items():
            report("polars", path, name, lambda: near(
                expected[name], use(pl, a, b, lambda: scan(parts(path)))))


def others(report):
    """Many parts at once. Without a plan, the widest codes come first."""
    import dask.dataframe
    import duckdb
    import pyarrow.dataset

    for path in sorted(FOLDER.glob("prices.*.*.*")):
        if path.suffix == ".arrows":
            continue
        paths = [str(part) for part in reversed(parts(path))]
        form = "parquet" if path.suffix == ".parquet" else "ipc"
        report("pyarrow", path, "dataset", lambda: sorted(
            pyarrow.dataset.dataset(paths, format=form).to_table()["town"].to_pylist()
        ) == sorted(text("town")))
        if form == "parquet":
            report("duckdb", path, "read_parquet", lambda: sorted(
                row[0] for row in duckdb.sql(f"SELECT town FROM read_parquet({paths})").fetchall()
            ) == sorted(text("town")))
            report("dask", path, "read_parquet", lambda: sorted(
                dask.dataframe.read_parquet(paths).compute()["town"].tolist()) == sorted(text("town")))


def main():
    if "--make" in sys.argv:
        return make()
    count = 0

    def report(engine, path, name, holds):
        nonlocal count
        count += 1
        try:
            if holds():
                return
            outcome = "another answer"
        except BaseException as error:  # polars panics outside of Exception
            outcome = f"{type(error).__name__}: {error}".splitlines()[0]
        print(f"{engine}, {path.name}, {name}: {outcome}")

    pandas_uses(report)
    polars_uses(report)
    others(report)
    print(count, "operations")


main()
