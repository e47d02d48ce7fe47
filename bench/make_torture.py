#!/usr/bin/env python3
"""Writes fixtures/torture.csv: columns that readers change in silence. The same bytes every time."""

import random
import sys

ROWS = 2000


def rows():
    random.seed(2024)
    yield "big_int,price,ratio,zip,country,sex,hexid,u64,note,late"
    for row in range(ROWS):
        big = "" if row % 50 == 7 else str(2**53 + 1 + row * 2 + random.randrange(10**6))
        price = f"{random.randrange(100, 100_000) / 100:.2f}"
        ratio = f"{random.random():.16f}"
        code = f"{row % 1000:05d}"
        country = random.choice(["NA", "DE", "FR", "SE"])
        sex = random.choice("FM")
        hexid = random.choice(["1e10", "0e12", "7e3", "2e64"])
        u64 = str(2**64 - 1 - row)
        note = random.choice(["", '""', "x", '"a, ""b"""'])
        late = "N/K" if row >= 1997 else str(row % 90)
        yield ",".join([big, price, ratio, code, country, sex, hexid, u64, note, late])


if __name__ == "__main__":
    path = sys.argv[1] if len(sys.argv) > 1 else "fixtures/torture.csv"
    with open(path, "w", newline="") as file:
        for row in rows():
            file.write(row + "\n")
