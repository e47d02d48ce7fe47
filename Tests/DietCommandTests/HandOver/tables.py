"""Makes the tables that engines are to read: the same bytes every time.

    tables.py FOLDER
"""

import random
import sys
from datetime import date, timedelta
from pathlib import Path

import pyarrow

ROWS = 3000


def lineitem(rows=20_000):
    """As TPC-H's: keys, prices of two decimals, flags, dates, free text."""
    dice = random.Random(1)
    words = "carefully ideas furiously deposits sleep quickly accounts pending bold".split()
    yield (
        "l_orderkey,l_partkey,l_suppkey,l_linenumber,l_quantity,l_extendedprice,l_discount,l_tax,"
        "l_returnflag,l_linestatus,l_shipdate,l_commitdate,l_receiptdate,l_shipinstruct,"
        "l_shipmode,l_comment"
    )
    for row in range(rows):
        shipped = date(1992, 1, 2) + timedelta(dice.randrange(2526))
        yield ",".join([
            str(row // 4 * 8 + 1), str(dice.randrange(1, 20_001)), str(dice.randrange(1, 1001)),
            str(row % 4 + 1), f"{dice.randrange(1, 51)}.00",
            f"{dice.randrange(90_000, 10_494_950) / 100:.2f}", f"0.{dice.randrange(11):02d}",
            f"0.{dice.randrange(9):02d}", dice.choice("ANR"), dice.choice("FO"), str(shipped),
            str(shipped + timedelta(dice.randrange(-60, 60))),
            str(shipped + timedelta(dice.randrange(30))),
            dice.choice(["COLLECT COD", "DELIVER IN PERSON", "NONE", "TAKE BACK RETURN"]),
            dice.choice(["AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK"]),
            " ".join(dice.choices(words, k=dice.randrange(1, 7))),
        ])


def groupby(rows=20_000):
    """As db-benchmark's."""
    dice = random.Random(2)
    yield "id1,id2,id3,id4,id5,id6,v1,v2,v3"
    for _ in range(rows):
        yield ",".join([
            f"id{dice.randrange(1, 101):03d}", f"id{dice.randrange(1, 101):03d}",
            f"id{dice.randrange(1, rows // 100 + 1):010d}", str(dice.randrange(1, 101)),
            str(dice.randrange(1, 101)), str(dice.randrange(1, rows // 100 + 1)),
            str(dice.randrange(1, 6)), str(dice.randrange(1, 16)),
            f"{dice.randrange(100_000_001) / 1e6:.6f}",
        ])


def torture():
    """Columns that readers change in silence."""
    dice = random.Random(3)
    yield (
        "big_int,u64,u64_blank,price,long_price,ratio,zip,country,note,zero,not_a_number,day,old_day,moment,"
        "instant,clock,fine,flag,flag_blank,category,few,rare,empty,uuid,host,constant,letter,"
        "numbers_as_text,plus"
    )
    for row in range(ROWS):
        blank = row % 50 == 7
        day = date(1969, 12, 1) + timedelta(row % 90)
        time = f"{row % 24:02d}:{row % 60:02d}:{row * 7 % 60:02d}"
        yield ",".join([
            "" if blank else str(2**53 + 1 + 2 * row), str(2**64 - 1 - row),
            "" if blank else str(2**64 - 1 - row * 1000),
            f"{dice.randrange(100, 100_000) / 100:.2f}",
            f"{dice.randrange(10**13, 10**16)}.{dice.randrange(100):02d}",
            repr(dice.random()), f"{row % 1000:05d}", dice.choice(["NA", "DE", "FR", ""]),
            dice.choice(["", '""', "x", '"a, ""b"""', '"two\nlines"']),
            dice.choice(["-0.0", "0.0", "1.5e3", "-2.5e-7"]),
            dice.choice(["nan", "1.25e0", "", "inf", "-inf"]),
            str(day), f"{dice.randrange(1, 1900):04d}-{row % 12 + 1:02d}-{row % 28 + 1:02d}",
            f"{day} {time}", f"{day}T{time}.{row % 1000:03d}Z", time,
            f"{time}.{dice.randrange(10**9):09d}", dice.choice(["true", "false"]),
            dice.choice(["true", "false", "NA"]), f"category {dice.randrange(300)}",
            dice.choice(["5000000000", "7000000000"]), "1" if row == 17 else "", "",
            "-".join(f"{dice.randrange(16**n):0{n}x}" for n in (8, 4, 4, 4, 12)),
            ".".join(str(dice.randrange(256)) for _ in range(4)), "always", dice.choice("ANR"),
            dice.choice(["1e10", "0e12", "7e3"]), f"+{row}" if row % 2 else str(row),
        ])


def names():
    """Names and values that break careless code."""
    yield ",".join([
        '"say ""hi"""', "'it''s'", "back\\slash", '"two\nlines"', "ünï 漢字", "{brace} $x %d",
        "select", "", "a", "a", '"semi;colon, comma"', "class", "\\n", "#hash", '""""""""',
    ])
    dice = random.Random(4)
    texts = ["'", '""', "\\", "é", "{}", "NA", "None", "x y", "\\n"]
    for row in range(500):
        yield ",".join(
            f'"{dice.choice(texts)}"' if column % 2 else str(row * (column + 1) % 300)
            for column in range(15)
        )


def european():
    """A semicolon, decimal commas, days before months, and words for null."""
    dice = random.Random(5)
    yield "id;betrag;anteil;tag;ort;menge;leer"
    for row in range(1000):
        yield ";".join([
            str(row), "" if row % 13 == 0 else f"{dice.randrange(-99_999, 99_999) / 100:.2f}".replace(".", ","),
            f"0,{dice.randrange(1000):03d}", f"{row % 28 + 1:02d}.{row % 12 + 1:02d}.2024",
            dice.choice(["Köln", "NA", "Straße 1; Haus 2", ""]).join(['"', '"']),
            dice.choice(["1", "-7", "n/a", "NULL", "NA", ""]), "NA",
        ])


def nulls():
    """Ways to be null in columns of every type, quoted and not."""
    dice = random.Random(6)
    words = ["", '""', "NA", '"NA"', "null", "None", "#N/A", "n/a", "N/A", "NULL"]
    yield "int,float,price,date,moment,clock,flag,text,category,plain"
    for row in range(1500):
        def some(value):
            return dice.choice(words) if dice.randrange(4) == 0 else value
        yield ",".join([
            some(str(row % 200 - 100)), some(f"{row}e-2"), some(f"{row}.{row % 100:02d}"),
            some(f"2024-{row % 12 + 1:02d}-{row % 28 + 1:02d}"),
            some(f"2024-01-01T00:{row % 60:02d}:00"), some(f"{row % 24:02d}:{row % 60:02d}:00"),
            some(dice.choice(["True", "False"])), some(f"t{row}"),
            some(dice.choice(["red", "green"])), str(row),
        ])


def preamble():
    """Lines before the table, and a header of its own."""
    yield "Export of 2024"
    yield ""
    yield "id,name,amount"
    for row in range(300):
        yield f"{row},name {row % 7},{row * 3}.50"


TABLES = {
    "lineitem": lineitem, "groupby": groupby, "torture": torture, "names": names,
    "european": european, "nulls": nulls, "preamble": preamble,
}

if __name__ == "__main__":
    for name, table in TABLES.items():
        text = "".join(line + "\n" for line in table())
        Path(sys.argv[1], f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    fixture = Path(__file__).resolve().parents[3] / "fixtures" / "flights.csv.zst"
    with pyarrow.input_stream(str(fixture)) as flights:
        Path(sys.argv[1], "flights.csv").write_bytes(flights.read())
