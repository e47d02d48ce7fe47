"""What people do with a column in pandas."""

import io
import json

import numpy as np
import pandas as pd

from columns import FINE, KEY


def concat(f, g, name):
    return pd.concat([f[name], g[name]], ignore_index=True)


def merged(f, g, name):
    right = g[[name]].dropna().drop_duplicates().assign(found=1)
    return f[[KEY, name]].dropna().merge(right, on=name, how="left").found.count()


def written(f, name, write, read):
    file = io.BytesIO()
    write(f[[name]], file)
    file.seek(0)
    return read(file)[name]


def named(value):
    """A value as a key of an answer: 14 and 14.0 are one."""
    if hasattr(value, "year"):
        return str(pd.Timestamp(value))
    return str(value) if isinstance(value, str) else float(value) if not hasattr(value, "hour") else str(value)


def counted(counts):
    return sorted([named(k), int(n)] for k, n in counts.items() if n)


def by(grouped):
    return {"keys": list(grouped.index), "values": grouped}


# An operation has the frame of one month and of the other, the column's name, its twin's, a constant.
ANY = {
    "count": lambda f, g, c, d, k: f[c].count(),
    "nunique": lambda f, g, c, d, k: f[c].nunique(),
    "unique": lambda f, g, c, d, k: sorted(map(named, f[c].dropna().unique())),
    "isna": lambda f, g, c, d, k: f[c].isna().sum(),
    "== constant": lambda f, g, c, d, k: (f[c] == k).sum(),
    "!= constant": lambda f, g, c, d, k: (f[c] != k).sum(),
    "== column": lambda f, g, c, d, k: (f[c] == f[d]).sum(),
    "isin": lambda f, g, c, d, k: f[c].isin([k, f[c].dropna().iloc[0]]).sum(),
    "filter": lambda f, g, c, d, k: f[f[c] == k][KEY].tolist(),
    "sort_values": lambda f, g, c, d, k: f.sort_values(c, kind="stable")[KEY].tolist(),
    "sort_values of two": lambda f, g, c, d, k: f.sort_values([KEY, c], kind="stable")[c],
    "group by it": lambda f, g, c, d, k: counted(f.groupby(c, observed=True)[KEY].count()),
    "group by it, nunique": lambda f, g, c, d, k: f.groupby(c, observed=True)[KEY].nunique().sum(),
    "group by it and another": lambda f, g, c, d, k: len(f.groupby([KEY, c], observed=True).size()),
    "group of it, first": lambda f, g, c, d, k: by(f.groupby(KEY)[c].first()),
    "group of it, nunique": lambda f, g, c, d, k: by(f.groupby(KEY)[c].nunique()),
    "value_counts": lambda f, g, c, d, k: counted(f[c].value_counts()),
    "drop_duplicates": lambda f, g, c, d, k: f[c].drop_duplicates().index.tolist(),
    "duplicated": lambda f, g, c, d, k: f[c].duplicated().sum(),
    "dropna": lambda f, g, c, d, k: f.dropna(subset=[c])[c],
    "fillna constant": lambda f, g, c, d, k: f[c].fillna(k),
    "ffill": lambda f, g, c, d, k: f[c].ffill(),
    "shift": lambda f, g, c, d, k: f[c].shift(1),
    "where": lambda f, g, c, d, k: f[c].where(f[KEY] == "north"),
    "head": lambda f, g, c, d, k: f[c].head(7),
    "iloc": lambda f, g, c, d, k: f[c].iloc[5:50:3],
    "map": lambda f, g, c, d, k: f[c].map(lambda v: None if pd.isna(v) else str(pd.Timestamp(v)) if hasattr(v, "year") else v).astype(object),
    "concat": lambda f, g, c, d, k: concat(f, g, c),
    "concat of frames": lambda f, g, c, d, k: pd.concat([f[[KEY, c]], g[[KEY, c]]])[c],
    "concat, group by": lambda f, g, c, d, k: concat(f, g, c).groupby(concat(f, g, c), observed=True).size().sort_values().tolist(),
    "merge on it": lambda f, g, c, d, k: merged(f, g, c),
    "merge on the key": lambda f, g, c, d, k: f[[KEY]].head(5).merge(g[[KEY, c]].head(9), on=KEY)[c],
    "write and read Parquet": lambda f, g, c, d, k: written(f, c, pd.DataFrame.to_parquet, pd.read_parquet),
    "pivot, columns of it": lambda f, g, c, d, k: f.assign(n=1).pivot_table(index=KEY, columns=c, values="n", aggfunc="sum", observed=True).sum().sum(),
    "melt": lambda f, g, c, d, k: f[[KEY, c, d]].melt(id_vars=KEY)["value"].notna().sum(),
    "index by it": lambda f, g, c, d, k: len(f.dropna(subset=[c]).set_index(c).loc[[f[c].dropna().iloc[0]]]),
    "describe": lambda f, g, c, d, k: f[c].describe()["count"],
    "to_numpy": lambda f, g, c, d, k: [None if pd.isna(v) else str(pd.Timestamp(v)) if hasattr(v, "year") else v for v in f[c].to_numpy()],
    "copy and assign": lambda f, g, c, d, k: assigned(f, c),
    "assign constant": lambda f, g, c, d, k: assigned_constant(f, c, k),
}


def assigned(f, c):
    f = f[[KEY, c]].copy()
    f.loc[3, c] = f[c].dropna().iloc[-1]
    return f[c]


def assigned_constant(f, c, k):
    f = f[[KEY, c]].copy()
    f.loc[3, c] = k
    return f[c]


ORDERED = {
    "min": lambda f, g, c, d, k: f[c].min(),
    "max": lambda f, g, c, d, k: f[c].max(),
    "> constant": lambda f, g, c, d, k: (f[c] > k).sum(),
    "<= column": lambda f, g, c, d, k: (f[c] <= f[d]).sum(),
    "between": lambda f, g, c, d, k: f[c].between(f[c].min(), k).sum(),
    "group of it, max": lambda f, g, c, d, k: by(f.groupby(KEY)[c].max()),
    "rank": lambda f, g, c, d, k: f[c].rank(),
    "nlargest": lambda f, g, c, d, k: f.nlargest(5, c)[c],
    "sort descending": lambda f, g, c, d, k: f[c].sort_values(ascending=False).tolist(),
    "idxmax": lambda f, g, c, d, k: f[c].idxmax(),
    "cummax": lambda f, g, c, d, k: f[c].cummax(),
}

NUMBER = ORDERED | {
    "sum": lambda f, g, c, d, k: f[c].sum(),
    "mean": lambda f, g, c, d, k: f[c].mean(),
    "median": lambda f, g, c, d, k: f[c].median(),
    "std": lambda f, g, c, d, k: f[c].std(),
    "quantile": lambda f, g, c, d, k: f[c].quantile(0.9),
    "+ constant": lambda f, g, c, d, k: f[c] + k,
    "* 2": lambda f, g, c, d, k: f[c] * 2,
    "* 1.1": lambda f, g, c, d, k: f[c] * 1.1,
    "* 60": lambda f, g, c, d, k: f[c] * 60,
    "/ 4": lambda f, g, c, d, k: f[c] / 4,
    "// 7": lambda f, g, c, d, k: f[c] // 7,
    "% 7": lambda f, g, c, d, k: f[c] % 7,
    "** 2": lambda f, g, c, d, k: f[c] ** 2,
    "- of it": lambda f, g, c, d, k: -f[c],
    "2 ** it": lambda f, g, c, d, k: 2 ** f[c],
    "** -1": lambda f, g, c, d, k: f[c] ** -1,
    "// 0": lambda f, g, c, d, k: f[c] // 0,
    "prod": lambda f, g, c, d, k: (f[c] + 1).prod(),
    "max * 100": lambda f, g, c, d, k: f[c].max() * 100,
    "max + max": lambda f, g, c, d, k: f[c].max() + f[c].max(),
    "max * max": lambda f, g, c, d, k: f[c].max() * f[c].max(),
    "* 1.5": lambda f, g, c, d, k: f[c] * 1.5,
    "+ 0.5": lambda f, g, c, d, k: f[c] + 0.5,
    "flag + it": lambda f, g, c, d, k: (f[KEY] == "north") + f[c],
    "flag * it": lambda f, g, c, d, k: (f[KEY] == "north") * f[c],
    "to_timedelta": lambda f, g, c, d, k: pd.to_timedelta(f[c], unit="s").dt.total_seconds(),
    "1 - it": lambda f, g, c, d, k: 1 - f[c],
    "* 9 / 5": lambda f, g, c, d, k: f[c] * 9 / 5,
    "max - min": lambda f, g, c, d, k: f[c].max() - f[c].min(),
    "dot": lambda f, g, c, d, k: f[c].dot(f[d]),
    "np.diff": lambda f, g, c, d, k: np.diff(f[c].to_numpy()),
    "+ far": lambda f, g, c, d, k: f[c] + 2**40,
    "fillna far": lambda f, g, c, d, k: f[c].fillna(2**40),
    "assign far": lambda f, g, c, d, k: assigned_constant(f, c, 2**40),
    "fillna fraction": lambda f, g, c, d, k: f[c].fillna(30.5),
    "clip fraction": lambda f, g, c, d, k: f[c].clip(upper=30.5),
    "replace fraction": lambda f, g, c, d, k: f[c].replace(f[c].max(), 30.5),
    "where fraction": lambda f, g, c, d, k: f[c].where(f[KEY] == "north", 30.5),
    "assign fraction": lambda f, g, c, d, k: assigned_constant(f, c, 0.5),
    "group of it, fillna mean": lambda f, g, c, d, k: f.groupby(KEY)[c].transform(lambda group: group.fillna(group.mean())),
    "group by > constant": lambda f, g, c, d, k: [int(n) for n in f.groupby(f[c] > k)[KEY].count()],
    "query not": lambda f, g, c, d, k: len(f.rename(columns={c: "c"}).query("not c > @k")),
    "== itself, all": lambda f, g, c, d, k: bool(f[c].eq(f[c]).all()),
    "run ids": lambda f, g, c, d, k: (f[c] != f[c].shift()).cumsum(),
    "> constant, astype int": lambda f, g, c, d, k: (f[c] > k).astype(int),
    "astype bool": lambda f, g, c, d, k: f[c].astype(bool),
    "astype str": lambda f, g, c, d, k: f[c].astype("str").tolist(),
    "to_csv": lambda f, g, c, d, k: f[[c]].to_csv(),
    "json of a list": lambda f, g, c, d, k: json.dumps(f[c].tolist()),
    "max of Python": lambda f, g, c, d, k: max(f[c]),
    "sorted of Python": lambda f, g, c, d, k: len(sorted(f[c])),
    "np.isnan": lambda f, g, c, d, k: np.isnan(f[c]).sum(),
    "np.issubdtype": lambda f, g, c, d, k: np.issubdtype(f[c].dtype, np.number),
    "== constant, not": lambda f, g, c, d, k: (~(f[c] == k)).sum(),
    "> constant, not": lambda f, g, c, d, k: (~(f[c] > k)).sum(),
    "> constant, mean": lambda f, g, c, d, k: (f[c] > k).mean(),
    "np.where": lambda f, g, c, d, k: np.where(f[c] > k, "more", "less"),
    "+ column": lambda f, g, c, d, k: f[c] + f[d],
    "- column": lambda f, g, c, d, k: f[c] - f[d],
    "* column": lambda f, g, c, d, k: f[c] * f[d],
    "cumsum": lambda f, g, c, d, k: f[c].cumsum(),
    "diff": lambda f, g, c, d, k: f[c].diff(),
    "abs": lambda f, g, c, d, k: f[c].abs(),
    "round": lambda f, g, c, d, k: f[c].round(1),
    "clip": lambda f, g, c, d, k: f[c].clip(upper=k),
    "fillna mean": lambda f, g, c, d, k: f[c].fillna(f[c].mean()),
    "group of it, sum": lambda f, g, c, d, k: by(f.groupby(KEY)[c].sum()),
    "group of it, mean": lambda f, g, c, d, k: by(f.groupby(KEY)[c].mean()),
    "pivot, values of it": lambda f, g, c, d, k: f.pivot_table(index=KEY, values=c, aggfunc="mean")[c],
    "rolling": lambda f, g, c, d, k: f[c].rolling(5).mean(),
    "numpy": lambda f, g, c, d, k: np.sqrt(f[c].abs()),
    "agg": lambda f, g, c, d, k: f[c].agg(["min", "max", "sum"]),
    "describe mean": lambda f, g, c, d, k: f[c].describe()["mean"],
    "corr": lambda f, g, c, d, k: f[[c, d]].corr().iloc[0, 1],
    "describe of the frame": lambda f, g, c, d, k: f[[c]].describe()[c],
    "astype float": lambda f, g, c, d, k: f[c].astype("float64"),
    "query": lambda f, g, c, d, k: len(f.rename(columns={c: "c"}).query("c > @k")),
    "eval": lambda f, g, c, d, k: f[[c]].rename(columns={c: "c"}).eval("c / 2"),
}

OPERATIONS = {
    "number": ANY | NUMBER,
    "nothing": {name: ANY[name] for name in ("count", "isna", "concat", "write and read Parquet", "head")} | {
        "fillna text": lambda f, g, c, d, k: f[c].fillna("x"),
        "fillna 0": lambda f, g, c, d, k: f[c].fillna(0),
        "fillna 0.5": lambda f, g, c, d, k: f[c].fillna(0.5),
        "sum": lambda f, g, c, d, k: f[c].sum(),
        "mean": lambda f, g, c, d, k: f[c].mean(),
        "+ constant": lambda f, g, c, d, k: f[c] + 1,
        "> constant": lambda f, g, c, d, k: (f[c] > 0).sum(),
        "cumsum": lambda f, g, c, d, k: f[c].cumsum(),
        "assign constant": lambda f, g, c, d, k: assigned_constant(f, c, 1.5),
        "merge on it": lambda f, g, c, d, k: len(f[[c]].merge(g[[c]].head(1), on=c)),
        "group of it, sum": lambda f, g, c, d, k: by(f.groupby(KEY)[c].sum()),
        "astype float": lambda f, g, c, d, k: f[c].astype("float64"),
    },
    "flag": ANY | {
        "sum": lambda f, g, c, d, k: f[c].sum(),
        "mean": lambda f, g, c, d, k: f[c].mean(),
        "any": lambda f, g, c, d, k: f[c].any(),
        "not": lambda f, g, c, d, k: (~f[c]).sum(),
        "and": lambda f, g, c, d, k: (f[c] & f[d]).sum(),
        "flag or it": lambda f, g, c, d, k: ((f[KEY] == "north") | f[c]).tolist(),
        "run ids": lambda f, g, c, d, k: (f[c] != f[c].shift()).cumsum(),
        "== constant, mean": lambda f, g, c, d, k: (f[c] == k).mean(),
        "* 2": lambda f, g, c, d, k: (f[c] * 2).sum(),
        "+ column": lambda f, g, c, d, k: (f[c] + f[d]).sum(),
        "cumsum": lambda f, g, c, d, k: f[c].cumsum(),
        "fillna 0": lambda f, g, c, d, k: f[c].fillna(0).sum(),
        "group of it, mean": lambda f, g, c, d, k: by(f.groupby(KEY)[c].mean()),
    },
    "day": ANY | ORDERED | {
        "== text": lambda f, g, c, d, k: (f[c] == str(k)[:10]).sum(),
        "> text": lambda f, g, c, d, k: (f[c] > str(k)[:10]).sum(),
        "between texts": lambda f, g, c, d, k: f[c].between("2020-01-01", "2024-01-15").sum(),
        "loc of text": lambda f, g, c, d, k: len(f.dropna(subset=[c]).set_index(c).sort_index().loc[:"2024-01-15"]),
        "mean": lambda f, g, c, d, k: f[c].mean(),
        "describe mean": lambda f, g, c, d, k: f[c].describe()["mean"],
        "group of it, transform mean": lambda f, g, c, d, k: f.groupby(KEY)[c].transform("mean"),
        "to_json": lambda f, g, c, d, k: f[[c]].to_json(),
        "convert_dtypes": lambda f, g, c, d, k: f[[c]].convert_dtypes()[c],
        "rank in groups": lambda f, g, c, d, k: f.groupby(KEY)[c].rank(),
        "cut": lambda f, g, c, d, k: f.groupby(pd.cut(f[c], 3), observed=True).size().tolist(),
        "corr": lambda f, g, c, d, k: round(f[[c, d]].corr().iloc[0, 1], 9),
        "resample": lambda f, g, c, d, k: f.dropna(subset=[c]).assign(n=1).set_index(c).resample("MS")["n"].sum().tolist(),
        "Grouper": lambda f, g, c, d, k: f.assign(n=1).groupby(pd.Grouper(key=c, freq="MS"))["n"].sum().tolist(),
        "merge on a calendar": lambda f, g, c, d, k: len(pd.DataFrame({c: pd.date_range("2024-01-01", periods=30)}).merge(f[[c, KEY]], on=c)),
        "to_period": lambda f, g, c, d, k: f[c].dropna().dt.to_period("M").astype(str).tolist(),
        "year": lambda f, g, c, d, k: f[c].dt.year,
        "month": lambda f, g, c, d, k: f[c].dt.month,
        "weekday": lambda f, g, c, d, k: f[c].dt.dayofweek,
        "strftime": lambda f, g, c, d, k: f[c].dt.strftime("%d.%m.%Y"),
        "to_datetime": lambda f, g, c, d, k: pd.to_datetime(f[c]),
        "- column": lambda f, g, c, d, k: (pd.to_datetime(f[c]) - pd.to_datetime(f[d])).dt.days,
    },
    "moment": ANY | ORDERED | {
        "year": lambda f, g, c, d, k: f[c].dt.year,
        "hour": lambda f, g, c, d, k: f[c].dt.hour,
        "date": lambda f, g, c, d, k: f[c].dt.normalize(),
        "- column": lambda f, g, c, d, k: (f[c] - f[d]).dt.total_seconds(),
        "+ a day": lambda f, g, c, d, k: f[c] + pd.Timedelta(days=1),
        "floor": lambda f, g, c, d, k: f[c].dt.floor("h"),
        "resample": lambda f, g, c, d, k: f.dropna(subset=[c]).assign(n=1).set_index(c).resample("D")["n"].sum().tolist(),
        "mean": lambda f, g, c, d, k: f[c].mean(),
        "std": lambda f, g, c, d, k: f[c].std().total_seconds(),
        "quantile": lambda f, g, c, d, k: f[c].quantile(0.37),
        "describe": lambda f, g, c, d, k: f[c].describe().astype(str).tolist(),
        "fillna mean": lambda f, g, c, d, k: f[c].fillna(f[c].mean()),
        "interpolate": lambda f, g, c, d, k: f[c].interpolate(),
        "astype int": lambda f, g, c, d, k: f[c].dropna().astype("int64") // 10**6,
        "+ a microsecond": lambda f, g, c, d, k: f[c] + pd.Timedelta(microseconds=1),
        "- another unit": lambda f, g, c, d, k: (f[FINE] - f[c]).dt.total_seconds(),
        "concat another unit": lambda f, g, c, d, k: pd.concat([f[c], f[FINE]]).astype("int64").tolist(),
    },
    "clock": ANY | {name: ORDERED[name] for name in ("min", "max", "> constant", "<= column")},
    "span": ANY | ORDERED | {
        "sum": lambda f, g, c, d, k: f[c].sum(),
        "mean": lambda f, g, c, d, k: f[c].mean(),
        "total_seconds": lambda f, g, c, d, k: f[c].dt.total_seconds(),
        "days": lambda f, g, c, d, k: f[c].dt.days,
        "+ constant": lambda f, g, c, d, k: f[c] + k,
        "* 2": lambda f, g, c, d, k: f[c] * 2,
        "/ column": lambda f, g, c, d, k: f[c] / pd.Timedelta(hours=1),
        "- column": lambda f, g, c, d, k: f[c] - f[d],
        "+ moment": lambda f, g, c, d, k: f[FINE] + f[c],
        "group of it, sum": lambda f, g, c, d, k: by(f.groupby(KEY)[c].sum()),
        "astype int": lambda f, g, c, d, k: f[c].dropna().astype("int64") // 10**6,
    },
    "text": ANY | {
        "upper": lambda f, g, c, d, k: f[c].str.upper(),
        "get_dummies": lambda f, g, c, d, k: list(f[c].str.get_dummies()),
        "isin of texts": lambda f, g, c, d, k: f[c].isin([k, "x"]).sum(),
        "map of a dictionary": lambda f, g, c, d, k: f[c].map({f[c].dropna().astype("str").iloc[0]: 1}).count(),
        "merge with texts": lambda f, g, c, d, k: pd.DataFrame({c: [str(f[c].dropna().iloc[0]), "x"]}).merge(f[[c, KEY]], on=c, how="left")[KEY].count(),
        "len": lambda f, g, c, d, k: f[c].str.len(),
        "contains": lambda f, g, c, d, k: f[c].str.contains("o").fillna(False).sum(),
        "startswith": lambda f, g, c, d, k: f[c].str.startswith("L").fillna(False).sum(),
        "slice": lambda f, g, c, d, k: f[c].str[:2],
        "replace": lambda f, g, c, d, k: f[c].str.replace("o", "0"),
        "split": lambda f, g, c, d, k: f[c].str.split(" ").str[0],
        "astype str": lambda f, g, c, d, k: f[c].dropna().astype("str").tolist(),
        "min": lambda f, g, c, d, k: f[c].dropna().min(),
        "> constant": lambda f, g, c, d, k: (f[c] > k).sum(),
        "<= column": lambda f, g, c, d, k: (f[c] <= f[d]).sum(),
        "+ text": lambda f, g, c, d, k: f[c] + "!",
        "+ column": lambda f, g, c, d, k: f[c] + f[d],
        "group of it, max": lambda f, g, c, d, k: by(f.groupby(KEY)[c].max()),
        "fillna new": lambda f, g, c, d, k: f[c].fillna("none of them"),
        "replace value": lambda f, g, c, d, k: f[c].replace(k, "other"),
        "map words": lambda f, g, c, d, k: f[c].map(lambda word: word) + "!",
        "value_counts after a filter": lambda f, g, c, d, k: len(f[f[c] != k][c].value_counts()),
        "group by it, all groups": lambda f, g, c, d, k: len(f[f[c] != k].groupby(c).size()),
    },
}
