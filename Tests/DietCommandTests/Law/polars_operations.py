"""What people do with a column in polars."""

import datetime as dt
import io

import polars as pl

from columns import FINE, KEY


def counted(f, c):
    return {str(row[0]): row[1] for row in f[c].value_counts().sort("count", pl.col(c).cast(pl.String)).iter_rows()}


def written(f, c, write, read):
    file = io.BytesIO()
    getattr(f.select(c), write)(file)
    file.seek(0)
    return read(file)[c]



def set_far(f, c):
    f = f.clone()
    f[0, c] = 2**40
    return f[c]


# An operation has the frame of one month and of the other, the column's name, its twin's, a constant.
ANY = {
    "count": lambda f, g, c, d, k: f[c].count(),
    "n_unique": lambda f, g, c, d, k: f[c].n_unique(),
    "is_null": lambda f, g, c, d, k: f[c].is_null().sum(),
    "== constant": lambda f, g, c, d, k: (f[c] == k).sum(),
    "!= constant": lambda f, g, c, d, k: (f[c] != k).sum(),
    "== column": lambda f, g, c, d, k: (f[c] == f[d]).sum(),
    "== other month": lambda f, g, c, d, k: (f[c] == g[c]).sum(),
    "is_in": lambda f, g, c, d, k: f.filter(pl.col(c).is_in([k])).height,
    "filter": lambda f, g, c, d, k: f.filter(pl.col(c) == k)[KEY],
    "sort": lambda f, g, c, d, k: f.sort(c, maintain_order=True)[KEY],
    "sort of two": lambda f, g, c, d, k: f.sort(KEY, c, maintain_order=True)[c],
    "group by it": lambda f, g, c, d, k: f.group_by(c).len().sort(pl.col(c).cast(pl.String))["len"],
    "group by it and another": lambda f, g, c, d, k: f.group_by(KEY, c).len().height,
    "group of it, first": lambda f, g, c, d, k: f.sort(KEY, maintain_order=True).group_by(KEY, maintain_order=True).agg(pl.col(c).first())[c],
    "value_counts": lambda f, g, c, d, k: counted(f, c),
    "unique": lambda f, g, c, d, k: f[c].unique(maintain_order=True),
    "drop_nulls": lambda f, g, c, d, k: f[c].drop_nulls(),
    "fill_null": lambda f, g, c, d, k: f.select(pl.col(c).fill_null(k))[c],
    "forward fill": lambda f, g, c, d, k: f[c].fill_null(strategy="forward"),
    "shift": lambda f, g, c, d, k: f[c].shift(1),
    "when": lambda f, g, c, d, k: f.select(pl.when(pl.col(KEY) == "north").then(pl.col(c)))[c],
    "when, otherwise a column": lambda f, g, c, d, k: f.select(pl.when(pl.col(KEY) == "north").then(pl.col(c)).otherwise(pl.col(d)))[c],
    "concat": lambda f, g, c, d, k: pl.concat([f.select(c), g.select(c)])[c],
    "concat, group by": lambda f, g, c, d, k: pl.concat([f.select(c), g.select(c)]).group_by(c).len()["len"].sort(),
    "vstack, sort": lambda f, g, c, d, k: f.select(c).vstack(g.select(c)).sort(c)[c],
    "append": lambda f, g, c, d, k: f[c].clone().append(g[c]),
    "join": lambda f, g, c, d, k: f.join(g.select(c).unique(), on=c).height,
    "join of two columns": lambda f, g, c, d, k: f.join(g.select(d).unique(), left_on=c, right_on=d).height,
    "anti join": lambda f, g, c, d, k: f.join(g, on=c, how="anti").height,
    "join on the key": lambda f, g, c, d, k: f.head(5).join(g.select(KEY, c).head(9), on=KEY, maintain_order="left_right")[c + "_right"],
    "write and read Parquet": lambda f, g, c, d, k: written(f, c, "write_parquet", pl.read_parquet),
    "write and read IPC": lambda f, g, c, d, k: written(f, c, "write_ipc", pl.read_ipc),
    "pivot, columns of it": lambda f, g, c, d, k: f.drop_nulls(c).with_columns(n=1).pivot(c, index=KEY, values="n", aggregate_function="sum").height,
    "unpivot": lambda f, g, c, d, k: f.select(KEY, c, d).unpivot(index=KEY)["value"].count(),
    "describe": lambda f, g, c, d, k: f.select(c).describe()[c][0],
    "row": lambda f, g, c, d, k: f.select(c).row(3)[0],
    "sql": lambda f, g, c, d, k: f.rename({c: "c"}).sql("select c from self where c is not null limit 5")["c"],
    "lazy": lambda f, g, c, d, k: f.lazy().filter(pl.col(c).is_not_null()).select(c).collect()[c],
}

ORDERED = {
    "min": lambda f, g, c, d, k: f[c].min(),
    "max": lambda f, g, c, d, k: f[c].max(),
    "> constant": lambda f, g, c, d, k: (f[c] > k).sum(),
    "<= column": lambda f, g, c, d, k: (f[c] <= f[d]).sum(),
    "is_between": lambda f, g, c, d, k: f[c].is_between(f[c].min(), k).sum(),
    "group of it, max": lambda f, g, c, d, k: f.group_by(KEY).agg(pl.col(c).max()).sort(KEY)[c],
    "sort descending": lambda f, g, c, d, k: f[c].sort(descending=True),
    "arg_max": lambda f, g, c, d, k: f[c].arg_max(),
    "top_k": lambda f, g, c, d, k: f[c].top_k(3).sort(),
    "rank": lambda f, g, c, d, k: f[c].rank(),
}

OPERATIONS = {
    "number": ANY | ORDERED | {
        "sum": lambda f, g, c, d, k: f[c].sum(),
        "mean": lambda f, g, c, d, k: f[c].mean(),
        "median": lambda f, g, c, d, k: f[c].median(),
        "std": lambda f, g, c, d, k: f[c].std(),
        "quantile": lambda f, g, c, d, k: f[c].quantile(0.9),
        "+ constant": lambda f, g, c, d, k: f.select(pl.col(c) + k)[c],
        "* 2": lambda f, g, c, d, k: f.select(pl.col(c) * 2)[c],
        "* 1.1": lambda f, g, c, d, k: f.select(pl.col(c) * 1.1)[c],
        "* 60": lambda f, g, c, d, k: f.select(pl.col(c) * 60)[c],
        "/ 4": lambda f, g, c, d, k: f.select(pl.col(c) / 4)[c],
        "// 7": lambda f, g, c, d, k: f.select(pl.col(c) // 7)[c],
        "** 2": lambda f, g, c, d, k: f.select(pl.col(c) ** 2)[c],
        "2 ** it": lambda f, g, c, d, k: f.select(2 ** pl.col(c)).to_series(),
        "** -1": lambda f, g, c, d, k: f.select(pl.col(c) ** -1)[c],
        "// 0": lambda f, g, c, d, k: f.select(pl.col(c) // 0)[c],
        "% 0": lambda f, g, c, d, k: f.select(pl.col(c) % 0)[c],
        "product": lambda f, g, c, d, k: (f[c] + 1).product(),
        "max * 100": lambda f, g, c, d, k: f.select(pl.col(c).max() * 100)[c][0],
        "max + max": lambda f, g, c, d, k: f.select(pl.col(c).max() + pl.col(c).max())[c][0],
        "shift far": lambda f, g, c, d, k: f[c].shift(1, fill_value=2**40),
        "set far": lambda f, g, c, d, k: set_far(f, c),
        "scatter far": lambda f, g, c, d, k: f[c].clone().scatter(0, 2**40),
        "cast string": lambda f, g, c, d, k: f[c].cast(pl.String),
        "format": lambda f, g, c, d, k: f.select(pl.format("{} m", c)).to_series(),
        "write_csv": lambda f, g, c, d, k: f.select(c).write_csv(),
        "join with floats": lambda f, g, c, d, k: f.join(pl.DataFrame({c: [1.0, 2.0]}), on=c).height,
        "- of it": lambda f, g, c, d, k: f.select(-pl.col(c))[c],
        "+ column": lambda f, g, c, d, k: f.select(pl.col(c) + pl.col(d))[c],
        "- column": lambda f, g, c, d, k: f.select(pl.col(c) - pl.col(d))[c],
        "* column": lambda f, g, c, d, k: f.select(pl.col(c) * pl.col(d))[c],
        "cum_sum": lambda f, g, c, d, k: f[c].cum_sum(),
        "rolling_sum": lambda f, g, c, d, k: f[c].rolling_sum(5),
        "diff": lambda f, g, c, d, k: f[c].diff(),
        "abs": lambda f, g, c, d, k: f[c].abs(),
        "clip": lambda f, g, c, d, k: f[c].clip(upper_bound=k),
        "fill_null mean": lambda f, g, c, d, k: f.select(pl.col(c).fill_null(strategy="mean"))[c],
        "group of it, sum": lambda f, g, c, d, k: f.group_by(KEY).agg(pl.col(c).sum()).sort(KEY)[c],
        "group of it, mean": lambda f, g, c, d, k: f.group_by(KEY).agg(pl.col(c).mean()).sort(KEY)[c],
        "pivot, values of it": lambda f, g, c, d, k: f.with_columns(n=1).pivot("n", index=KEY, values=c, aggregate_function="mean").sort(KEY)["1"],
        "rolling": lambda f, g, c, d, k: f[c].rolling_mean(5),
        "sqrt": lambda f, g, c, d, k: f[c].abs().sqrt(),
        "cast": lambda f, g, c, d, k: f[c].cast(pl.Float64),
        "dot": lambda f, g, c, d, k: f[c].dot(f[d]),
        "max - min": lambda f, g, c, d, k: f.select(pl.col(c).max() - pl.col(c).min())[c][0],
        "sum_horizontal": lambda f, g, c, d, k: f.select(pl.sum_horizontal(c, d))[c],
        "mean_horizontal": lambda f, g, c, d, k: f.select(pl.mean_horizontal(c, d))[c],
        "clip far": lambda f, g, c, d, k: f[c].clip(0, 2**40),
        "replace far": lambda f, g, c, d, k: f[c].replace(f[c].max(), 2**40),
    },
    "nothing": {name: ANY[name] for name in ("count", "is_null", "concat", "write and read Parquet", "row")} | {
        "to_uppercase": lambda f, g, c, d, k: f[c].str.to_uppercase(),
        "contains": lambda f, g, c, d, k: f[c].str.contains("o"),
        "replace": lambda f, g, c, d, k: f[c].replace("a", "b"),
        "fill_null text": lambda f, g, c, d, k: f[c].fill_null("x"),
        "cum_max": lambda f, g, c, d, k: f[c].cum_max(),
        "join with texts": lambda f, g, c, d, k: f.join(pl.DataFrame({c: ["x"]}), on=c).height,
        "concat with texts": lambda f, g, c, d, k: pl.concat([f.select(c), pl.DataFrame({c: ["x"]})])[c],
        "== text": lambda f, g, c, d, k: (f[c] == "x").sum(),
        "is_in texts": lambda f, g, c, d, k: f[c].is_in(["x"]).sum(),
        "+ text": lambda f, g, c, d, k: f.select(pl.col(c) + "x")[c],
        "cast number": lambda f, g, c, d, k: f[c].cast(pl.Float64),
        "fill_null 0": lambda f, g, c, d, k: f.select(pl.col(c).fill_null(0))[c],
    },
    "flag": ANY | {
        "sum": lambda f, g, c, d, k: f[c].sum(),
        "mean": lambda f, g, c, d, k: f[c].mean(),
        "not": lambda f, g, c, d, k: (~f[c]).sum(),
        "and": lambda f, g, c, d, k: (f[c] & f[d]).sum(),
    },
    "day": ANY | ORDERED | {
        "year": lambda f, g, c, d, k: f[c].dt.year(),
        "weekday": lambda f, g, c, d, k: f[c].dt.weekday(),
        "strftime": lambda f, g, c, d, k: f[c].dt.strftime("%d.%m.%Y"),
        "- column": lambda f, g, c, d, k: f.select((pl.col(c) - pl.col(d)).dt.total_days())[c],
        "offset": lambda f, g, c, d, k: f[c].dt.offset_by("1mo"),
    },
    "moment": ANY | ORDERED | {
        "year": lambda f, g, c, d, k: f[c].dt.year(),
        "hour": lambda f, g, c, d, k: f[c].dt.hour(),
        "- column": lambda f, g, c, d, k: f.select((pl.col(c) - pl.col(d)).dt.total_seconds())[c],
        "truncate": lambda f, g, c, d, k: f[c].dt.truncate("1h"),
        "date": lambda f, g, c, d, k: f[c].dt.date(),
        "mean": lambda f, g, c, d, k: f[c].mean(),
        "median": lambda f, g, c, d, k: f[c].median(),
        "cast int": lambda f, g, c, d, k: f[c].cast(pl.Int64) // 10**6,
        "+ a microsecond": lambda f, g, c, d, k: f.select(pl.col(c) + dt.timedelta(microseconds=1))[c],
        "- another unit": lambda f, g, c, d, k: f.select((pl.col(FINE) - pl.col(c)).dt.total_microseconds())[FINE],
        "concat another unit": lambda f, g, c, d, k: pl.concat([f.select(c), f.select(pl.col(FINE).alias(c))])[c],
        "join another unit": lambda f, g, c, d, k: f.join(f.select(FINE).unique(), left_on=c, right_on=FINE).height,
        "group_by_dynamic": lambda f, g, c, d, k: f.drop_nulls(c).sort(c).group_by_dynamic(c, every="1d").agg(pl.len())["len"],
    },
    "clock": ANY | {name: ORDERED[name] for name in ("min", "max", "> constant", "<= column")},
    "span": ANY | ORDERED | {
        "sum": lambda f, g, c, d, k: f[c].sum(),
        "mean": lambda f, g, c, d, k: f[c].mean(),
        "total_seconds": lambda f, g, c, d, k: f[c].dt.total_seconds(),
        "+ constant": lambda f, g, c, d, k: f.select(pl.col(c) + k)[c],
        "* 2": lambda f, g, c, d, k: f.select(pl.col(c) * 2)[c],
        "- column": lambda f, g, c, d, k: f.select(pl.col(c) - pl.col(d))[c],
        "+ moment": lambda f, g, c, d, k: f.select(pl.col(FINE) + pl.col(c))[FINE],
        "cast int": lambda f, g, c, d, k: f[c].cast(pl.Int64) // 10**6,
    },
    "text": ANY | {
        "min": lambda f, g, c, d, k: f.select(pl.col(c).min())[c][0],
        "max of groups": lambda f, g, c, d, k: f.group_by(KEY).agg(pl.col(c).max()).sort(KEY)[c],
        "> constant": lambda f, g, c, d, k: f.select((pl.col(c) > k).sum())[c][0],
        "<= column": lambda f, g, c, d, k: f.select((pl.col(c) <= pl.col(d)).sum())[c][0],
        "describe, all": lambda f, g, c, d, k: f.select(c).describe()[c],
        "unpivot with a number": lambda f, g, c, d, k: f.with_columns(n=1).select(KEY, c, "n").unpivot(index=KEY)["value"],
        "fill_null 0": lambda f, g, c, d, k: f.select(pl.col(c).fill_null(0))[c],
        "shift text": lambda f, g, c, d, k: f[c].shift(1, fill_value="x"),
        "join with texts": lambda f, g, c, d, k: f.join(pl.DataFrame({c: [k]}), on=c).height,
        "to_uppercase": lambda f, g, c, d, k: f[c].str.to_uppercase(),
        "len_chars": lambda f, g, c, d, k: f[c].str.len_chars(),
        "contains": lambda f, g, c, d, k: f[c].str.contains("o").sum(),
        "slice": lambda f, g, c, d, k: f[c].str.slice(0, 2),
        "+ text": lambda f, g, c, d, k: f.select(pl.col(c) + "!")[c],
        "+ column": lambda f, g, c, d, k: f.select(pl.col(c) + pl.col(d))[c],
        "replace value": lambda f, g, c, d, k: f.select(pl.col(c).replace(k, "other"))[c],
        "cast": lambda f, g, c, d, k: f[c].cast(pl.String),
        "fill_null new": lambda f, g, c, d, k: f.select(pl.col(c).fill_null("none of them"))[c],
    },
}
