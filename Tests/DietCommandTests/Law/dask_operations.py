"""What people do with a column in Dask: what it puts together of partitions. In each, pandas computes."""

import dask
import dask.dataframe as dd

from columns import KEY
from pandas_operations import counted

# Threads only cost here. Objects are not to become text, which truth values with missing ones are not.
dask.config.set({"scheduler": "synchronous", "dataframe.convert-string": False})

# Each operation costs 50 ms and more: a column of each type that is another one once it is lean.
KINDS = [
    "number of 8 bits", "number of 32 bits, large", "number of 8 bits, some missing", "flag, some missing",
    "day, some missing", "text of few words", "text of few words, some missing",
]


def by(grouped):
    return grouped.compute().sort_index()


# An operation has the frame of both months, a partition each, that of the second, the column's name,
# its twin's, a constant.
ANY = {
    "nunique": lambda f, g, c, d, k: f[c].nunique().compute(),
    "== constant": lambda f, g, c, d, k: (f[c] == k).sum().compute(),
    "== column": lambda f, g, c, d, k: (f[c] == f[d]).sum().compute(),
    "filter": lambda f, g, c, d, k: f[f[c] == k][KEY].compute().tolist(),
    "fillna": lambda f, g, c, d, k: f[c].fillna(k).compute(),
    "group by it": lambda f, g, c, d, k: counted(f.groupby(c, observed=True)[KEY].count().compute()),
    "value_counts": lambda f, g, c, d, k: counted(f[c].value_counts().compute()),
    "concat": lambda f, g, c, d, k: dd.concat([f[[c]], g[[c]]])[c].compute(),
    "merge on it": lambda f, g, c, d, k: len(f[[KEY, c]].dropna().merge(g[[c]].dropna().drop_duplicates(), on=c).compute()),
    "sort_values": lambda f, g, c, d, k: f[[c]].dropna().sort_values(c)[c].compute().tolist(),
}

ORDERED = {
    "min, max": lambda f, g, c, d, k: [f[c].min().compute(), f[c].max().compute()],
    "> constant": lambda f, g, c, d, k: (f[c] > k).sum().compute(),
    "group of it, max": lambda f, g, c, d, k: by(f.groupby(KEY)[c].max()),
}

OPERATIONS = {
    "number": ANY | ORDERED | {
        "sum": lambda f, g, c, d, k: f[c].sum().compute(),
        "std": lambda f, g, c, d, k: f[c].std().compute(),
        "* 60": lambda f, g, c, d, k: (f[c] * 60).compute(),
        "+ column": lambda f, g, c, d, k: (f[c] + f[d]).compute(),
        "cumsum": lambda f, g, c, d, k: f[c].cumsum().compute(),
        "group of it, sum": lambda f, g, c, d, k: by(f.groupby(KEY)[c].sum()),
    },
    "flag": ANY | {"sum": lambda f, g, c, d, k: f[c].sum().compute()},
    "day": ANY | ORDERED | {"year": lambda f, g, c, d, k: f[c].dt.year.compute()},
    "text": ANY | {
        "upper": lambda f, g, c, d, k: f[c].str.upper().compute(),
        "len": lambda f, g, c, d, k: f[c].str.len().compute(),
        "contains": lambda f, g, c, d, k: f[c].str.contains("o").fillna(False).sum().compute(),
        "+ text": lambda f, g, c, d, k: (f[c] + "!").compute(),
        "min, max": ORDERED["min, max"],
        "group of it, max": ORDERED["group of it, max"],
        "group by it and another": lambda f, g, c, d, k: len(f.groupby([KEY, c], observed=True).size().compute()),
        "categorize": lambda f, g, c, d, k: counted(f[[c]].categorize()[c].value_counts().compute()),
    },
}
