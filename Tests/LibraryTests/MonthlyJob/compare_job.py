"""Holds each file that the job wrote against polars on the plain CSV: compare_job.py DATA OUT

Prints `held N` and, for what differs, what polars says; exits with 1 then.
"""

import json
import sys
from datetime import datetime

import polars as pl
from polars.testing import assert_frame_equal

DATA, OUT = sys.argv[1:3]
TYPES = {"zip": pl.String, "discount": pl.Float64, "weight": pl.Float64}
c = pl.col
held, differing = 0, []


def plain(frame):
    """The same values in polars' own types."""
    def cast(kind):
        if isinstance(kind, (pl.Categorical, pl.Enum)):
            return pl.String
        if isinstance(kind, pl.Datetime):
            return pl.Datetime("us")
        if isinstance(kind, pl.Decimal) or kind == pl.Float32:
            return pl.Float64
        return pl.Int64 if kind.is_integer() else kind

    return frame.select(c(name).cast(cast(kind)) for name, kind in frame.schema.items())


def check(name, found, expected, keys=None):
    global held
    found, expected = plain(found), plain(expected)
    try:
        if keys:
            found, expected = (f.sort(keys, nulls_last=True) for f in (found, expected))
        assert_frame_equal(found, expected, rel_tol=1e-12, abs_tol=1e-9)
        held += 1
    except AssertionError as error:
        differing.append(f"{name}: {error}")


def written(name):
    return pl.read_parquet(f"{OUT}/{name}.parquet")


months = [
    pl.read_csv(f"{DATA}/2024-{month:02}.csv", schema_overrides=TYPES, try_parse_dates=True,
                infer_schema_length=None)
    for month in range(1, 13)
]
orders = pl.concat([month.select(months[0].columns) for month in months])
sales = orders.with_columns(
    revenue=(c("price") * c("quantity") - c("discount").fill_null(0)).round(2),
    month=c("ordered").dt.month(),
    bulk=pl.when(c("quantity") > 50).then(1).otherwise(0),
    area=c("category").fill_null("?") + "/" + c("zip").str.slice(0, 1),
)
check("sales", written("sales"), sales)
kept = sales.filter(
    (c("revenue") > 100) & (c("category") != "Gift") & c("customer").is_not_null())
check("per_month", written("per_month"), kept.group_by("category", "month").agg(
    pl.len().alias("size"), c("revenue").sum().alias("revenue_sum"),
    c("weight").mean().alias("weight_mean"), c("price").median().alias("price_median"),
    c("customer").n_unique().alias("customer_nunique"), c("comment").max().alias("comment_max"),
    c("express").any().alias("express_any"), c("order").first().alias("order_first"),
), ["category", "month"])
customers = pl.read_csv(f"{DATA}/customers.csv", try_parse_dates=True)
joined = kept.join(customers, left_on="customer", right_on="code", how="left")
order = ["country", "revenue", "order"]
descending = [False, True, False]
sorted_ = joined.sort(order, descending=descending, nulls_last=True)
check("sorted", written("sorted"), sorted_)
best = sorted_.group_by("country", maintain_order=True).head(10).select(sorted_.columns)
check("best", written("best"), best)
totals = joined.group_by("country", "month").agg(
    pl.len().alias("orders"), c("revenue").sum(), c("ordered").min().alias("first"))
for name, found in {
    "totals.parquet": written("totals"),
    "totals.arrow": pl.read_ipc(f"{OUT}/totals.arrow"),
    "totals.csv": pl.read_csv(f"{OUT}/totals.csv", try_parse_dates=True),
}.items():
    check(name, found, totals, ["country", "month"])
rows = pl.DataFrame([
    # Foundation counts from 2001.
    {**{"country": None}, **row,
     "first": datetime.fromtimestamp(row["first"] + 978307200).date()}
    for row in json.load(open(f"{OUT}/rows.json"))
])
check("rows", rows.select(totals.columns), totals, ["country", "month"])
print("\n".join(differing))
print("held", held)
sys.exit(1 if differing else 0)
