"""Ten clean tables, the same for every seed: what polluted files are held against."""

import random
from dataclasses import dataclass

CITIES = ["Lisbon", "New York", "São Paulo", "Oslo", "Kyoto", "Cape Town", "Zürich", "Lima"]
NAMES = ["Ann Lee", "Bo Berg", "Chen", "Dora Diaz", "Émile", "Farid Khan", "Grace", "Hugo Roy"]
NOTES = ["late, but whole", "fine", "see \"B\"", "two words", "a, b and c", "", "ok", "left side"]
ITEMS = ["bolt", "wing nut", "hinge", "oak plank", "glue", "saw", "paint", "brush"]


@dataclass
class Table:
    name: str
    header: list
    rows: list  # of lists of str; "" is a missing value


def integer(rng, low, high):
    return str(rng.randint(low, high))


def price(rng):
    return f"{rng.randint(1, 900)}.{rng.randint(0, 99):02d}"


def day(rng):
    return f"20{rng.randint(10, 25)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def clock(rng):
    return f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}"


def word(choices):
    return lambda rng: rng.choice(choices)


def number(low, high):
    return lambda rng: integer(rng, low, high)


def flag(rng):
    return rng.choice(["true", "false"])


def sparse(make):
    return lambda rng: "" if rng.random() < 0.2 else make(rng)


SHAPES = [
    ("sales", 40, [("id", number(1, 9999)), ("item", word(ITEMS)), ("price", price), ("sold", day)]),
    ("people", 25, [("name", word(NAMES)), ("age", number(18, 90)), ("city", word(CITIES))]),
    ("sensors", 60, [("time", clock), ("probe", number(1, 9)), ("reading", price), ("valid", flag)]),
    ("notes", 30, [("id", number(1, 500)), ("note", word(NOTES)), ("author", word(NAMES))]),
    ("stock", 35, [("item", word(ITEMS)), ("count", sparse(number(0, 400))), ("shelf", number(1, 30)),
                   ("cost", price), ("checked", day)]),
    ("visits", 50, [("day", day), ("city", word(CITIES)), ("guests", number(0, 80))]),
    ("wide", 20, [(f"c{k}", number(0, 99)) for k in range(9)]),
    ("letters", 16, [("first", word(NAMES)), ("second", word(CITIES)), ("third", word(ITEMS))]),
    ("orders", 45, [("order", number(1000, 9000)), ("note", word(NOTES)), ("total", price),
                    ("paid", flag), ("when", day)]),
    ("sparse", 30, [("key", number(1, 99)), ("a", sparse(price)), ("b", sparse(word(ITEMS))),
                    ("c", sparse(day))]),
]


def clean_tables():
    """The ten tables."""
    rng = random.Random(20240517)
    return [
        Table(name, [column for column, _ in columns],
              [[make(rng) for _, make in columns] for _ in range(count)])
        for name, count, columns in SHAPES
    ]
