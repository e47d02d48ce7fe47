"""The columns of the law of use: every kind of column that a CSV gives, in two months.

A kind is a name, what a cell of a row is in its type, and a constant to compare and compute with. The
name's first word says what it means: number, flag, day, moment, clock, span, text.
"""

import datetime as dt
import decimal
import random
import uuid
from dataclasses import dataclass
from typing import Any, Callable

import pyarrow as pa

ROWS = 400
D = decimal.Decimal


@dataclass
class Kind:
    name: str
    """The type that a careful reader without a diet has."""
    wide: pa.DataType
    """The value of a row of a month; the generator is seeded for the kind and the month."""
    value: Callable[[random.Random, int, int], Any]
    constant: Any
    """How the CSV spells a value."""
    spell: Callable[[Any], str] = str

    @property
    def family(self):
        return self.name.replace(",", "").split()[0]

    @property
    def midnight(self):
        """The constant, with a time of day where it is a day."""
        is_day = type(self.constant) is dt.date
        return dt.datetime.combine(self.constant, dt.time()) if is_day else self.constant

    def values(self, month):
        dice = random.Random(f"{self.name} {month}")
        return [self.value(dice, row, month) for row in range(ROWS)]


def sometimes(value, share=0.1):
    """Nothing in a tenth of the rows."""
    return lambda dice, row, month: None if dice.random() < share else value(dice, row, month)


def some(*words):
    return lambda dice, row, month: dice.choice(words)


def integers(low, high):
    return lambda dice, row, month: dice.randrange(low, high)


PRICES = [f"{random.Random(5).uniform(1, 300) + i:.2f}" for i in range(40)]
START = dt.datetime(2024, 1, 1)
TOWNS = ["Oslo", "Rome", "Lima", "Quito", "Bergen", "São Paulo", "N'Djamena", "new york"]


def town(dice, row, month):
    return dice.choice(TOWNS[:5] if month == 1 else TOWNS[3:])


def moment(dice, row, month):
    return START + dt.timedelta(days=31 * (month - 1), seconds=dice.randrange(31 * 86_400))


def iso(value):
    return value.isoformat(sep=" ")


def span(dice, row, month):
    """Some are longer than a day, and some below zero."""
    return dt.timedelta(seconds=dice.randrange(-90_000, 400_000))


def clock(value):
    seconds = abs(int(value.total_seconds()))
    return f"{'-' if value < dt.timedelta(0) else ''}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


UTC = dt.timezone.utc
# What moments in other units meet. Each is in microseconds where nobody diets.
FINE = "moment in microseconds"

ALL = [
    Kind("number of 8 bits", pa.int64(), integers(0, 60), 30),
    Kind("number below zero", pa.int64(), integers(-90, 90), -4),
    Kind("number of 16 bits", pa.int64(), integers(-2000, 2000), 100),
    Kind("number of 32 bits", pa.int64(), integers(0, 900_000), 5_000),
    Kind("number of 32 bits, large", pa.int64(), integers(10**8, 2 * 10**9), 5_000),
    Kind("number of 64 bits", pa.int64(), integers(-(10**12), 10**12), 10**9),
    Kind("number past 63 bits", pa.uint64(), integers(2**63, 2**63 + 10**6), 2**63 + 5),
    Kind("number of 8 bits, some missing", pa.int64(), sometimes(integers(0, 60)), 30),
    Kind("number of 32 bits, some missing", pa.int64(), sometimes(integers(0, 900_000)), 5_000),
    # Their doubles are not the same: they are past 53 bits.
    Kind("number of 64 bits, some missing", pa.int64(), sometimes(integers(10**16, 2 * 10**16)), 15 * 10**15),
    Kind("number, always the same", pa.int64(), some(7), 7),
    Kind("number that counts rows", pa.int64(), lambda dice, row, month: row + 1000 * month, 1005),
    Kind("number far from zero", pa.int64(), integers(5_000_000, 5_000_100), 5_000_050),
    Kind("number of few values", pa.int64(), some(70_000, 1_250_000, 33, 9_000_000), 70_000),
    Kind("number with cents, of few values", pa.float64(),
         lambda dice, row, month: float(dice.choice(PRICES)), 100.5, lambda v: f"{v:.2f}"),
    Kind("number with cents", pa.float64(),
         lambda dice, row, month: round(dice.uniform(-5, 900), 2), 100.25, lambda v: f"{v:.2f}"),
    Kind("number with cents, some missing", pa.float64(),
         sometimes(lambda dice, row, month: round(dice.uniform(-5, 900), 2)), 100.25,
         lambda v: f"{v:.2f}"),
    Kind("number of 17 digits with cents", pa.decimal128(18, 2),
         lambda dice, row, month: D(dice.randrange(10**16, 10**17)) / 100 if row else D("100000000000000.10"),
         D("200000000000000.25"), lambda v: f"{v:.2f}"),
    Kind("number that is a coordinate", pa.float64(),
         lambda dice, row, month: -70 - dice.random(), -70.5, repr),
    Kind("number of quarters", pa.float64(),
         lambda dice, row, month: dice.randrange(10**6, 10**7) / 4, 100.25, lambda v: f"{v!r}e0"),
    Kind("number with an exponent", pa.float64(),
         lambda dice, row, month: dice.uniform(-1, 1) * 10.0 ** dice.randrange(-30, 30), 0.5, repr),
    Kind("number that is whole, with a point", pa.float64(), lambda dice, row, month: float(dice.randrange(60)), 30.0, repr),
    Kind("flag", pa.bool_(), some(True, False), True, lambda v: str(v).lower()),
    Kind("flag, some missing", pa.bool_(), sometimes(some(True, False)), True, lambda v: str(v).lower()),
    Kind("day", pa.date32(), lambda *a: moment(*a).date(), dt.date(2024, 1, 15), str),
    Kind("day of few", pa.date32(),
         lambda dice, row, month: dt.date(2020 + dice.randrange(3), 5, 1), dt.date(2021, 5, 1), str),
    Kind("day, some missing", pa.date32(), sometimes(lambda *a: moment(*a).date()), dt.date(2024, 1, 15), str),
    Kind("moment in seconds", pa.timestamp("us"), moment, dt.datetime(2024, 1, 15), iso),
    Kind("moment in milliseconds", pa.timestamp("us"),
         lambda *a: moment(*a).replace(microsecond=a[0].randrange(1, 1000) * 1000), dt.datetime(2024, 1, 15),
         lambda v: v.isoformat(sep=" ", timespec="milliseconds")),
    Kind(FINE, pa.timestamp("us"),
         lambda *a: moment(*a).replace(microsecond=a[0].randrange(1, 10**6)), dt.datetime(2024, 1, 15),
         lambda v: v.isoformat(sep=" ", timespec="microseconds")),
    Kind("moment of few", pa.timestamp("us"), some(START, START + dt.timedelta(hours=5)), START, iso),
    Kind("moment with a zone", pa.timestamp("us", "UTC"), lambda *a: moment(*a).replace(tzinfo=UTC),
         dt.datetime(2024, 1, 15, tzinfo=UTC), lambda v: v.strftime("%Y-%m-%dT%H:%M:%SZ")),
    Kind("moment, some missing", pa.timestamp("us"), sometimes(moment), dt.datetime(2024, 1, 15), iso),
    Kind("clock", pa.time32("s"), lambda *a: moment(*a).time(), dt.time(12), str),
    Kind("span", pa.duration("us"), span, dt.timedelta(hours=30), clock),
    Kind("span, some missing", pa.duration("us"), sometimes(span), dt.timedelta(hours=30), clock),
    Kind("text of few words", pa.string(), town, "Lima"),
    Kind("text of few words, some missing", pa.string(), sometimes(town), "Lima"),
    Kind("text that differs", pa.string(), lambda dice, row, month: f"id {month}-{row} {dice.random():.4f}", "id 1-5"),
    Kind("text of one letter", pa.string(), some("A", "N", "R"), "N"),
    Kind("text, always the same", pa.string(), some("EUR"), "EUR"),
    Kind("text with zeros in front", pa.string(), lambda dice, row, month: f"{dice.randrange(9999):05d}", "00042"),
    Kind("text that is a UUID", pa.string(), lambda dice, row, month: str(uuid.UUID(int=dice.getrandbits(128))), "0"),
    Kind("text that is an address", pa.string(), lambda dice, row, month: f"10.0.{dice.randrange(256)}.{row % 256}", "10.0.0.1"),
    Kind("text that is a time of day", pa.string(), lambda *a: str(moment(*a).time()), "12:00:00"),
    Kind("nothing", pa.null(), lambda dice, row, month: None, 0),
]

KEY = "shop"


def keys(month):
    dice = random.Random(month)
    return [dice.choice(["north", "south", "east"]) for _ in range(ROWS)]


def wide_table(month):
    """The table of a month in wide types."""
    arrays = {KEY: pa.array(keys(month), pa.string())}
    for kind in ALL:
        arrays[kind.name] = pa.array(kind.values(month), kind.wide)
        # Of one kind with the column, as `from` and `to` are.
        arrays[kind.name + " (2)"] = pa.array(kind.values(month)[::-1], kind.wide)
    return pa.table(arrays)


def write_csv(month, path):
    rows = [[KEY, *(name for kind in ALL for name in (kind.name, kind.name + " (2)"))]]
    columns = [keys(month)]
    for kind in ALL:
        cells = ["" if value is None else kind.spell(value) for value in kind.values(month)]
        columns += [cells, cells[::-1]]
    import csv

    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows + list(zip(*columns)))
