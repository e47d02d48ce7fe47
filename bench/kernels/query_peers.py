"""Times polars and DuckDB on the questions that `QueryBench` answers; prints a JSON object a line.

    query_peers.py FOLDER SIZE REPEATS [groupby] [join] [tpch]

Each engine has its table in memory in its own best types: polars has text both as it was read and as
Categorical. Answers are made in full; DuckDB's are handed over as Arrow tables. Money of TPC-H is
DECIMAL(15,2) in DuckDB, as its own TPC-H has it, and a float in polars, whose decimals are slower.
"""

import json
import sys
import time

import duckdb
import polars as pl

FOLDER, SIZE, REPEATS = sys.argv[1], sys.argv[2], int(sys.argv[3])
PARTS = sys.argv[4:] or ["groupby", "join", "tpch"]


def check(frame: pl.DataFrame) -> float:
    """The sum of all numbers of the answer."""
    total = 0.0
    for column in frame.iter_columns():
        if column.dtype.is_numeric():
            total += float(column.cast(pl.Float64).sum())
    return total


def measure(question, engine, work):
    answer = work()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        answer = work()
        times.append(time.perf_counter() - start)
    times.sort()
    frame = answer if isinstance(answer, pl.DataFrame) else pl.from_arrow(answer)
    print(json.dumps({
        "question": question, "engine": engine, "median": times[len(times) // 2],
        "minimum": times[0], "rows": frame.height, "check": check(frame),
    }), flush=True)


def groups():
    path = f"{FOLDER}/groupby-{SIZE}.csv"
    plain = pl.read_csv(path)
    texts = ["id1", "id2", "id3"]
    tables = {
        "polars": plain,
        "polars, Categorical": plain.with_columns(pl.col(texts).cast(pl.Categorical)),
    }
    c = pl.col
    for engine, x in tables.items():
        questions = {
            "group 1: sum v1 by id1": lambda: x.group_by("id1").agg(c("v1").sum()),
            "group 2: sum v1 by id1:id2": lambda: x.group_by("id1", "id2").agg(c("v1").sum()),
            "group 3: sum v1 mean v3 by id3":
                lambda: x.group_by("id3").agg(c("v1").sum(), c("v3").mean()),
            "group 4: mean v1:v3 by id4": lambda: x.group_by("id4").agg(c("v1", "v2", "v3").mean()),
            "group 5: sum v1:v3 by id6": lambda: x.group_by("id6").agg(c("v1", "v2", "v3").sum()),
            "group 6: median v3 sd v3 by id4 id5":
                lambda: x.group_by("id4", "id5").agg(
                    c("v3").median().alias("median"), c("v3").std().alias("sd")),
            "group 7: max v1 - min v2 by id3":
                lambda: x.group_by("id3").agg((c("v1").max() - c("v2").min()).alias("range")),
            "group 8: largest two v3 by id6":
                lambda: x.group_by("id6").agg(c("v3").top_k(2)).explode("v3"),
            "group 9: regression v1 v2 by id2 id4":
                lambda: x.group_by("id2", "id4").agg((pl.corr("v1", "v2") ** 2).alias("r2")),
            "group 10: sum v3 count by id1:id6":
                lambda: x.group_by("id1", "id2", "id3", "id4", "id5", "id6")
                .agg(c("v3").sum(), c("v1").len().alias("count")),
        }
        for question, work in questions.items():
            measure(question, engine, work)
    del tables, plain
    db = duckdb.connect()
    db.execute(f"create table x as select * from read_csv('{path}')")
    queries = {
        "group 1: sum v1 by id1": "id1, sum(v1)::bigint from x group by id1",
        "group 2: sum v1 by id1:id2": "id1, id2, sum(v1)::bigint from x group by id1, id2",
        "group 3: sum v1 mean v3 by id3": "id3, sum(v1)::bigint, avg(v3) from x group by id3",
        "group 4: mean v1:v3 by id4": "id4, avg(v1), avg(v2), avg(v3) from x group by id4",
        "group 5: sum v1:v3 by id6":
            "id6, sum(v1)::bigint, sum(v2)::bigint, sum(v3) from x group by id6",
        "group 6: median v3 sd v3 by id4 id5":
            "id4, id5, median(v3), stddev(v3) from x group by id4, id5",
        "group 7: max v1 - min v2 by id3": "id3, max(v1) - min(v2) from x group by id3",
        "group 8: largest two v3 by id6":
            "id6, unnest(max(v3, 2)) from x group by id6",
        "group 9: regression v1 v2 by id2 id4":
            "id2, id4, pow(corr(v1, v2), 2) from x group by id2, id4",
        "group 10: sum v3 count by id1:id6":
            "id1, id2, id3, id4, id5, id6, sum(v3), count(*) from x"
            " group by id1, id2, id3, id4, id5, id6",
    }
    for question, query in queries.items():
        measure(question, "DuckDB", lambda: db.sql("select " + query).to_arrow_table())


def joins():
    names = {"x": f"join-{SIZE}"} | {n: f"join-{SIZE}-{n}" for n in ("small", "medium", "big")}
    t = {name: pl.read_csv(f"{FOLDER}/{file}.csv") for name, file in names.items()}
    x = t["x"]
    questions = {
        "join 1: small inner on int": lambda: x.join(t["small"], on="id1"),
        "join 2: medium inner on int": lambda: x.join(t["medium"], on="id2"),
        "join 3: medium left on int": lambda: x.join(t["medium"], on="id2", how="left"),
        "join 4: medium inner on text": lambda: x.join(t["medium"], on="id5"),
        "join 5: big inner on int": lambda: x.join(t["big"], on="id3"),
    }
    for question, work in questions.items():
        measure(question, "polars", work)
    del t, x
    db = duckdb.connect()
    for name, file in names.items():
        db.execute(f"create table {name} as select * from read_csv('{FOLDER}/{file}.csv')")
    queries = {
        "join 1: small inner on int": ("small", "id1", ["id4"]),
        "join 2: medium inner on int": ("medium", "id2", ["id1", "id4", "id5"]),
        "join 3: medium left on int": ("medium", "id2", ["id1", "id4", "id5"]),
        "join 4: medium inner on text": ("medium", "id5", ["id1", "id2", "id4"]),
        "join 5: big inner on int": ("big", "id3", ["id1", "id2", "id4", "id5", "id6"]),
    }
    for question, (other, key, doubled) in queries.items():
        kind = "left join" if "left" in question else "join"
        names = ", ".join(f"{name} as {name}_right" for name in doubled)
        rest = f"(select * rename ({names}) from {other}) using ({key})"
        measure(question, "DuckDB",
                lambda: db.sql(f"select * from x {kind} {rest}").to_arrow_table())


def tpch():
    from datetime import date

    def read(name):
        return pl.read_csv(f"{FOLDER}/{name}-sf1.csv", try_parse_dates=True)

    lineitem, orders, customer = read("lineitem"), read("orders"), read("customer")
    lineitem = lineitem.drop("l_comment")
    c = pl.col
    price = c("l_extendedprice") * (1 - c("l_discount"))

    def first():
        return (
            lineitem.lazy().filter(c("l_shipdate") <= date(1998, 9, 2))
            .group_by("l_returnflag", "l_linestatus")
            .agg(
                c("l_quantity").sum().alias("q"), c("l_extendedprice").sum().alias("p"),
                price.sum().alias("d"), (price * (1 + c("l_tax"))).sum().alias("c"),
                c("l_quantity").mean().alias("mq"), c("l_extendedprice").mean().alias("mp"),
                c("l_discount").mean().alias("md"), pl.len())
            .sort("l_returnflag", "l_linestatus").collect()
        )

    def third():
        return (
            customer.lazy().filter(c("c_mktsegment") == "BUILDING")
            .join(orders.lazy().filter(c("o_orderdate") < date(1995, 3, 15)),
                  left_on="c_custkey", right_on="o_custkey")
            .join(lineitem.lazy().filter(c("l_shipdate") > date(1995, 3, 15)),
                  left_on="o_orderkey", right_on="l_orderkey")
            .group_by("o_orderkey", "o_orderdate", "o_shippriority")
            .agg(price.sum().alias("revenue"))
            .sort(["revenue", "o_orderdate"], descending=[True, False]).head(10)
            .select("o_orderkey", "revenue", "o_shippriority").collect()
        )

    def sixth():
        return (
            lineitem.lazy().filter(
                c("l_shipdate").is_between(date(1994, 1, 1), date(1995, 1, 1), closed="left")
                & c("l_discount").is_between(0.05, 0.07) & (c("l_quantity") < 24))
            .select((c("l_extendedprice") * c("l_discount")).sum()).collect()
        )

    for question, work in {"TPC-H 1": first, "TPC-H 3": third, "TPC-H 6": sixth}.items():
        measure(question, "polars", work)
    del lineitem, orders, customer
    db = duckdb.connect()
    money = "{'l_quantity': 'DECIMAL(15,2)', 'l_extendedprice': 'DECIMAL(15,2)'," \
        " 'l_discount': 'DECIMAL(15,2)', 'l_tax': 'DECIMAL(15,2)'}"
    for name in ("lineitem", "orders", "customer"):
        types = f", types={money}" if name == "lineitem" else ""
        db.execute(
            f"create table {name} as select * from read_csv('{FOLDER}/{name}-sf1.csv'{types})")
    queries = {
        "TPC-H 1": """select l_returnflag, l_linestatus, sum(l_quantity), sum(l_extendedprice),
            sum(l_extendedprice * (1 - l_discount)),
            sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)), avg(l_quantity),
            avg(l_extendedprice), avg(l_discount), count(*) from lineitem
            where l_shipdate <= date '1998-09-02' group by 1, 2 order by 1, 2""",
        "TPC-H 3": """select l_orderkey, sum(l_extendedprice * (1 - l_discount)) revenue,
            o_shippriority from customer, orders, lineitem
            where c_mktsegment = 'BUILDING' and c_custkey = o_custkey
            and l_orderkey = o_orderkey and o_orderdate < date '1995-03-15'
            and l_shipdate > date '1995-03-15'
            group by l_orderkey, o_orderdate, o_shippriority
            order by revenue desc, o_orderdate limit 10""",
        "TPC-H 6": """select sum(l_extendedprice * l_discount) from lineitem
            where l_shipdate >= date '1994-01-01' and l_shipdate < date '1995-01-01'
            and l_discount between 0.05 and 0.07 and l_quantity < 24""",
    }
    for question, query in queries.items():
        measure(question, "DuckDB", lambda: db.sql(query).to_arrow_table())


for part, work in {"groupby": groups, "join": joins, "tpch": tpch}.items():
    if part in PARTS:
        work()
