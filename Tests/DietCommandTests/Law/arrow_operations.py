"""What people do with a column in pyarrow and in DuckDB."""

import io

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from columns import KEY


def written(f, c):
    file = io.BytesIO()
    pa.parquet.write_table(f.select([c]), file)
    file.seek(0)
    return pa.parquet.read_table(file)[c]


def by_key(f, c, function):
    found = f.group_by(KEY).aggregate([(c, function)])
    return dict(sorted(zip(found[KEY].to_pylist(), found[f"{c}_{function}"].to_pylist())))


ANY = {
    "count": lambda f, g, c, d, k: pc.count(f[c]),
    "count_distinct": lambda f, g, c, d, k: len([v for v in f[c].unique().to_pylist() if v is not None]),
    "== constant": lambda f, g, c, d, k: pc.sum(pc.equal(f[c], scalar(f, c, k))),
    "== column": lambda f, g, c, d, k: pc.sum(pc.equal(f[c], f[d])),
    "filter": lambda f, g, c, d, k: f.filter(pc.equal(f[c], scalar(f, c, k)))[KEY],
    "sort": lambda f, g, c, d, k: f[c].take(pc.array_sort_indices(f[c])),
    "group by it": lambda f, g, c, d, k: sorted(f.group_by(c).aggregate([([], "count_all")])["count_all"].to_pylist()),
    "drop_null": lambda f, g, c, d, k: f[c].drop_null(),
    "concat": lambda f, g, c, d, k: pa.concat_tables([f.select([c]), g.select([c])])[c],
    "concat, group by": lambda f, g, c, d, k: sorted(pa.concat_tables([f.select([c]), g.select([c])]).group_by(c).aggregate([([], "count_all")])["count_all"].to_pylist()),
    "join": lambda f, g, c, d, k: f.select([KEY, c]).join(g.select([c]).group_by(c).aggregate([]), c, join_type="inner").num_rows,
    "write and read Parquet": lambda f, g, c, d, k: written(f, c),
    "if_else": lambda f, g, c, d, k: pc.if_else(pc.equal(f[KEY].cast("string"), "north"), f[c], f[d]),
}


def scalar(f, c, k):
    kind = f[c].type
    return pa.scalar(k, kind.value_type if pa.types.is_dictionary(kind) else kind)


ORDERED = {
    "min_max": lambda f, g, c, d, k: pc.min_max(f[c]),
    "> constant": lambda f, g, c, d, k: pc.sum(pc.greater(f[c], scalar(f, c, k))),
    "<= column": lambda f, g, c, d, k: pc.sum(pc.less_equal(f[c], f[d])),
    "group of it, max": lambda f, g, c, d, k: by_key(f, c, "max"),
}

PYARROW = {
    "number": ANY | ORDERED | {
        "sum": lambda f, g, c, d, k: pc.sum(f[c]),
        "mean": lambda f, g, c, d, k: pc.mean(f[c]),
        "stddev": lambda f, g, c, d, k: pc.stddev(f[c]),
        "+ constant": lambda f, g, c, d, k: pc.add(f[c], k),
        "* 60": lambda f, g, c, d, k: pc.multiply_checked(f[c], 60),
        "+ column": lambda f, g, c, d, k: pc.add_checked(f[c], f[d]),
        "- column": lambda f, g, c, d, k: pc.subtract_checked(f[c], f[d]),
        "cumulative_sum": lambda f, g, c, d, k: pc.cumulative_sum_checked(f[c].cast("int64") if pa.types.is_integer(f[c].type) and not pa.types.is_uint64(f[c].type) else f[c]),
        "group of it, sum": lambda f, g, c, d, k: by_key(f, c, "sum"),
        "group of it, mean": lambda f, g, c, d, k: by_key(f, c, "mean"),
    },
    "nothing": {name: ANY[name] for name in ("count", "concat", "write and read Parquet")},
    "flag": ANY | {
        "sum": lambda f, g, c, d, k: pc.sum(f[c]),
        "and": lambda f, g, c, d, k: pc.sum(pc.and_(f[c], f[d])),
    },
    "day": ANY | ORDERED | {
        "year": lambda f, g, c, d, k: pc.year(f[c]),
        "days between": lambda f, g, c, d, k: pc.days_between(f[c], f[d]),
    },
    "moment": ANY | ORDERED | {
        "year": lambda f, g, c, d, k: pc.year(f[c]),
        "hour": lambda f, g, c, d, k: pc.hour(f[c]),
        "floor": lambda f, g, c, d, k: pc.floor_temporal(f[c], unit="hour"),
    },
    "clock": ANY | {name: ORDERED[name] for name in ("min_max", "> constant", "<= column")},
    "span": ANY | {name: ORDERED[name] for name in ("min_max", "> constant", "<= column")} | {
        "+ column": lambda f, g, c, d, k: pc.add(f[c], f[d]),
    },
    "text": ANY | {
        "upper": lambda f, g, c, d, k: pc.utf8_upper(f[c].cast("string")),
        "> constant": lambda f, g, c, d, k: pc.sum(pc.greater(f[c], scalar(f, c, k))),
    },
}


DATABASES = []


def database(f, g):
    """The one of the tables of two months, for all queries, which only read: to open one and to show it
    its tables takes longer than they do."""
    for tables, connection in DATABASES:
        if tables[0] is f and tables[1] is g:
            return connection
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    connection.register("f", f)
    connection.register("g", g)
    DATABASES.append(((f, g), connection))
    return connection


def sql(text):
    def run(f, g, c, d, k):
        connection = database(f, g)
        text_ = text.replace("$c", f'"{c}"').replace("$d", f'"{d}"').replace("$k", "?" if "$k" in text else "")
        return connection.execute(text_, [k] * text.count("$k")).fetchall()

    return run


DUCK_ANY = {
    "count": "select count($c), count(distinct $c) from f",
    "== constant": "select count(*) from f where $c = $k",
    "== column": "select count(*) from f where $c = $d",
    "order by": "select $c from f order by $c, shop",
    "group by it": "select n from (select $c, count(*) n from f group by all) order by n",
    "union": "select count(*), count(distinct $c) from (from f union all by name from g)",
    "join": "select count(*) from f semi join g using ($c)",
    "coalesce": "select coalesce($c, $k) from f",
    "lag": "select lag($c) over (order by rowid) from (select *, row_number() over () rowid from f)",
}
DUCK_ORDERED = {
    "min, max": "select min($c), max($c) from f",
    "> constant": "select count(*) from f where $c > $k",
    "<= column": "select count(*) from f where $c <= $d",
    "group of it, max": "select shop, max($c) from f group by all order by all",
}
DUCKDB = {
    "number": DUCK_ANY | DUCK_ORDERED | {
        "sum": "select sum($c), avg($c), median($c), stddev($c) from f",
        "+ constant": "select $c + $k from f",
        "* 60": "select $c * 60 from f",
        "/ 4": "select $c / 4 from f",
        "+ column": "select $c + $d from f",
        "- column": "select $c - $d from f",
        "* column": "select $c * $d from f",
        "+ 100": "select $c + 100 from f",
        "<< 4": "select $c << 4 from f",
        "sum of * 2": "select sum($c * 2) from f",
        "// 0": "select $c // 0, $c % 0 from f",
        "** 2": "select $c ** 2, 2 ** $c from f",
        "lag with a far default": "select lag($c, 1, 1099511627776) over (order by rowid) from (select *, row_number() over () rowid from f)",
        "as text": "select $c::varchar from f",
        "cumulative sum": "select sum($c) over (order by rowid) from (select *, row_number() over () rowid from f)",
        "group of it, sum": "select shop, sum($c), avg($c) from f group by all order by all",
    },
    "nothing": {"count": DUCK_ANY["count"], "union": DUCK_ANY["union"]},
    "flag": DUCK_ANY | {"and": "select count(*) from f where $c and $d"},
    "day": DUCK_ANY | DUCK_ORDERED | {"year": "select year($c), dayofweek($c) from f", "- column": "select $c - $d from f"},
    "moment": DUCK_ANY | DUCK_ORDERED | {"hour": "select year($c), hour($c), date_trunc('hour', $c) from f", "- column": "select $c - $d from f"},
    "clock": DUCK_ANY | DUCK_ORDERED,
    "span": DUCK_ANY | DUCK_ORDERED | {"sum": "select sum($c), avg($c) from f", "- column": "select $c - $d from f"},
    "text": DUCK_ANY | DUCK_ORDERED | {
        "upper": "select upper($c), length($c), $c || '!', $c || $d from f",
        "like": "select count(*) from f where $c like '%o%'",
    },
}
DUCKDB = {family: {name: sql(text) for name, text in members.items()} for family, members in DUCKDB.items()}
