"""Makes twelve monthly exports and a table of customers: make_months.py FOLDER ROWS SEED"""

import csv
import random
import sys
from datetime import date, datetime, timedelta

NAMES = [
    "order", "customer", "ordered", "shipped", "price", "quantity", "discount", "category", "comment",
    "express", "zip", "weight", "number",
]
CATEGORIES = ["Bücher", "Garten", "Küche", "Sport", "Spiele, Puzzles", "Gift"]
WORDS = ["fast", "slow", 'he said "no"', "Grüße", "a,b", "日本", "x", "line\nbreak", "ok ", " 007"]


def write(path, names, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([row[name] for name in names] for row in rows)


def order(number, month, rng):
    def blank(share, value):
        return "" if rng.random() < share else value

    day = date(2024, month, rng.randint(1, 28))
    at = datetime(2024, month, day.day, rng.randint(0, 23), rng.randint(0, 59), rng.randint(0, 59))
    category = "News" if month == 7 and number % 50 == 0 else rng.choice(CATEGORIES)
    return {
        "order": number,
        "customer": blank(0.01, f"C{rng.randint(1, 110):05}"),
        "ordered": day.isoformat(),
        "shipped": blank(0.05, (at + timedelta(days=rng.randint(0, 9))).isoformat(" ")),
        "price": f"{rng.randint(1, 99999) / 100:.2f}",
        "quantity": 20_000 if month == 9 and number % 97 == 0 else rng.randint(1, 100),
        # A month without a discount is a column of nulls.
        "discount": "" if month == 5 else blank(0.7, f"{rng.randint(0, 500) / 100:.2f}"),
        "category": blank(0.02, category),
        "comment": blank(0.5, " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 6)))),
        "express": blank(0.1, rng.choice(["true", "false"])),
        "zip": f"{rng.randint(0, 99999):05}",
        "weight": blank(0.03, repr(rng.gauss(2, 1))),
        "number": rng.randint(10**18, 9 * 10**18),
    }


def main(folder, rows, seed):
    rng = random.Random(seed)
    for month in range(1, 13):
        # One month has its columns in another order.
        names = NAMES[5:] + NAMES[:5] if month == 11 else NAMES
        first = (month - 1) * rows + 1
        write(f"{folder}/2024-{month:02}.csv", names,
              [order(number, month, rng) for number in range(first, first + rows)])
    write(f"{folder}/customers.csv", ["code", "name", "country", "since"], [
        {"code": f"C{number:05}", "name": f"Kunde {number}",
         "country": rng.choice(["DE", "AT", "CH", ""]),
         "since": date(2015 + number % 9, 1 + number % 12, 1 + number % 28).isoformat()}
        for number in range(1, 101)
    ])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
