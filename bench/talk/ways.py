"""Follows the advice of the talk in Python; prints a JSON object a line.

    ways.py flights|groupby FILE REPEATS
    ways.py files flights|groupby pandas|dask FILE...

The second form goes from files to the means once: `run` measures the process. What stands between `# Talk:` marks is
shown in docs/making-pandas-fly.md, of the flights; the large table is asked the same of other columns.
"""

import json
import sys
import time

import bottleneck as bn
import numba
import numexpr as ne
import numpy as np
import pandas as pd

NAMES = {
    "flights": {"word": "carrier", "number": "dep_delay", "a": "distance", "b": "air_time", "window": "dep_delay"},
    "groupby": {"word": "id1", "number": "v1", "a": "v3", "b": "v2", "window": "v3"},
}


# Talk: compiled
@numba.njit
def cost(delay, miles):
    result = np.empty(len(delay))
    for i in range(len(delay)):
        result[i] = delay[i] * 100 / miles[i] if delay[i] > 0 else delay[i]
    return result
# Talk: end


@numba.njit
def level_cost(level, price):
    result = np.empty(len(level))
    for i in range(len(level)):
        result[i] = level[i] * 100 / price[i] if level[i] > 2 else level[i]
    return result


class Ways:
    def __init__(self, table, path, repeats):
        self.table, self.repeats = table, repeats
        self.names = NAMES[table]
        self.plain = pd.read_csv(path)
        self.tuned = self.diet(self.plain)

    @staticmethod
    def diet(df):
        # Talk: numbers
        small = {}
        for name, column in df.items():
            if pd.api.types.is_integer_dtype(column):
                small[name] = pd.to_numeric(column, downcast="integer")
            elif pd.api.types.is_float_dtype(column):
                small[name] = column.astype("float32")
            elif column.nunique() < len(column) / 2:
                small[name] = column.astype("category")
        lean = df.assign(**small)
        # Talk: end
        return lean

    def measure(self, advice, way, work, check=lambda answer: answer, repeats=None):
        answer = work()
        times = []
        for _ in range(repeats or self.repeats):
            start = time.perf_counter()
            answer = work()
            times.append(time.perf_counter() - start)
        times.sort()
        self.line(advice, way, median=times[len(times) // 2], answer=float(check(answer)))

    def line(self, advice, way, **members):
        print(json.dumps({"advice": advice, "table": self.table, "way": way, **members}), flush=True)

    def run(self):
        df, lean, names = self.plain, self.tuned, self.names
        word, number = names["word"], names["number"]
        self.line("numbers", "pandas", bytes=int(df.memory_usage(index=False, deep=True).sum()))
        self.line("numbers", "pandas, downcast", bytes=int(lean.memory_usage(index=False, deep=True).sum()))
        self.line("categories", "pandas", bytes=int(df[word].memory_usage(index=False, deep=True)))
        self.line("categories", "pandas, category", bytes=int(lean[word].memory_usage(index=False, deep=True)))
        self.line("categories", "pandas, object",
                  bytes=int(df[word].astype(object).memory_usage(index=False, deep=True)))
        objects = df[[word, number]].astype({word: object})
        self.measure("categories", "pandas, object", lambda: objects.groupby(word)[number].mean(), np.sum)
        self.measure("categories", "pandas", lambda: df.groupby(word)[number].mean(), np.sum)
        categories = df[[number]].assign(**{word: lean[word]})
        self.measure("categories", "pandas, category",
                     lambda: categories.groupby(word, observed=True)[number].mean(), np.sum)
        self.measure("arrays", "pandas", lambda: df[number].sum())
        values = df[number].to_numpy()
        self.measure("arrays", "numpy", lambda: np.nansum(values))
        self.measure("arrays", "bottleneck", lambda: bn.nansum(values))
        self.windows()
        self.expressions()
        self.compiled()
        if self.table == "flights":
            self.line("wrapping", "pandas", answer=float((df.hour * 60 + df.minute).sum()))
            self.line("wrapping", "pandas, downcast", answer=float((lean.hour * 60 + lean.minute).sum()))
        else:
            self.line("rounding", "pandas", answer=float(df["v3"].sum()))
            self.line("rounding", "pandas, downcast", answer=float(lean["v3"].sum()),
                      changed=int((lean["v3"].astype("float64") != df["v3"]).sum()))

    def windows(self):
        df, number = self.plain, self.names["window"]
        values = df[number].to_numpy("float64")
        # Talk: windows
        slow = lambda: df[number].rolling(100, min_periods=1).median()
        fast = lambda: bn.move_median(values, 100, min_count=1)
        # Talk: end
        self.measure("windows", "pandas", slow, np.nansum, repeats=min(self.repeats, 3))
        self.measure("windows", "bottleneck", fast, np.nansum, repeats=min(self.repeats, 3))

    def expressions(self):
        df = self.plain
        a, b = df[self.names["a"]], df[self.names["b"]]
        c, d = a.to_numpy(), b.to_numpy()
        self.measure("expressions", "pandas", lambda: (a / b * 60 > 500).sum())
        self.measure("expressions", "numpy", lambda: np.count_nonzero(c / d * 60 > 500))
        self.measure("expressions", "numexpr", lambda: np.count_nonzero(ne.evaluate("c / d * 60 > 500", {"c": c, "d": d})))
        text = f"{self.names['a']} / {self.names['b']} * 60 > 500"
        self.measure("expressions", "pandas, eval", lambda: df.eval(text).sum())

    def compiled(self):
        df = self.plain
        if self.table == "flights":
            self.measure("compiled", "pandas, apply", lambda: df.apply(
                lambda row: row.dep_delay * 100 / row.distance if row.dep_delay > 0 else row.dep_delay, axis=1),
                np.nansum, repeats=1)
            values, lengths = df.dep_delay.to_numpy(), df.distance.to_numpy("float64")
            self.measure("compiled", "numba", lambda: cost(values, lengths), np.nansum)
        else:
            values, prices = df.v1.to_numpy("float64"), df.v3.to_numpy()
            self.measure("compiled", "numba", lambda: level_cost(values, prices), np.nansum)
        self.measure("compiled", "numpy, where",
                     (lambda: np.where(values > 0, values * 100 / lengths, values)) if self.table == "flights"
                     else (lambda: np.where(values > 2, values * 100 / prices, values)), np.nansum)


def files(table, way, paths):
    word, number = NAMES[table]["word"], NAMES[table]["number"]
    if way == "dask":
        import dask.dataframe as dd
        # Talk: files
        df = dd.read_csv(paths, usecols=[word, number], assume_missing=True)
        means = df.groupby(word)[number].mean().compute()
        # Talk: end
    else:
        df = pd.concat(pd.read_csv(path, usecols=[word, number]) for path in paths)
        means = df.groupby(word)[number].mean()
    print(float(means.sum()))


if __name__ == "__main__":
    if sys.argv[1] == "files":
        files(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        Ways(sys.argv[1], sys.argv[2], int(sys.argv[3])).run()
