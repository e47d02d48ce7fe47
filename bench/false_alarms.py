#!/usr/bin/env python3
"""Does `diet check` cry wolf?

Locks one month of each of ten made-up tables, then checks fifty other months of the same source, in one
file and in parts, on one thread and on two. Another month is other rows from the same distributions; no
exit code but 0 is right.

    bench/false_alarms.py .build/release/diet [tables] [months]
"""

import csv
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import uuid
from datetime import datetime, timedelta

DIET = pathlib.Path(sys.argv[1]).resolve()
ONLY = sys.argv[2].split(",") if len(sys.argv) > 2 and sys.argv[2] != "all" else None
MONTHS = int(sys.argv[3]) if len(sys.argv) > 3 else 50

COUNTRIES = ["US", "DE", "FR", "GB", "JP", "BR", "IN", "CN", "NL", "SE", "NO", "PL", "IT", "ES", "MX"]
WORDS = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor".split()


def zipf(rng, items, s=1.1):
    return rng.choices(items, [1 / (k + 1) ** s for k in range(len(items))])[0]


def orders(rng, month):
    n = rng.randint(4000, 6000)
    day = datetime(2025, 1, 1) + timedelta(days=30 * month)
    first = 100_000 + 5_000 * month
    yield ["order_id", "customer", "status", "country", "quantity", "price", "total", "ordered_at", "paid"]
    for i in range(n):
        quantity = 1 + int(rng.expovariate(0.5))
        price = round(rng.lognormvariate(3, 1), 2)
        yield [first + i, rng.randint(1, 40_000), zipf(rng, ["shipped", "open", "returned", "lost"]),
               zipf(rng, COUNTRIES), quantity, f"{price:.2f}", f"{quantity * price:.2f}",
               (day + timedelta(seconds=rng.randint(0, 30 * 86_400))).isoformat(" "),
               rng.random() < 0.9]


def sensors(rng, month):
    start = datetime(2025, 1, 1) + timedelta(days=month)
    yield ["time", "sensor", "temperature", "humidity", "battery", "ok"]
    for i in range(3000):
        yield [(start + timedelta(minutes=i // 5)).strftime("%Y-%m-%dT%H:%M:%SZ"), f"S{i % 5:02d}",
               round(rng.gauss(20, 5), 3), rng.randint(20, 95), round(rng.uniform(3.1, 4.2), 2),
               rng.choice(["yes", "no"])]


def users(rng, month):
    yield ["uuid", "email", "name", "country", "signup", "age", "newsletter", "score"]
    for _ in range(rng.randint(800, 1200)):
        name = "".join(rng.choices("abcdefghijklmnop", k=rng.randint(4, 9)))
        yield [uuid.UUID(int=rng.getrandbits(128), version=4), f"{name}@example.org", name.title(),
               zipf(rng, COUNTRIES), (datetime(2020, 1, 1) + timedelta(days=rng.randint(0, 1800))).date(),
               "" if rng.random() < 0.1 else int(rng.gauss(40, 12)), rng.choice(["true", "false"]),
               round(rng.random(), 6)]


def logs(rng, month):
    yield ["ts", "ip", "method", "path", "status", "bytes", "ms", "agent"]
    for i in range(5000):
        yield [1_700_000_000 + month * 2_600_000 + i * 3, ".".join(str(rng.randint(1, 254)) for _ in range(4)),
               zipf(rng, ["GET", "POST", "PUT", "DELETE"]), "/" + "/".join(rng.choices(WORDS, k=2)),
               zipf(rng, [200, 304, 404, 301, 500]), int(rng.paretovariate(1.3) * 300),
               int(rng.lognormvariate(3, 1)), f"Agent/{rng.randint(1, 30)}.{rng.randint(0, 9)}"]


def stocks(rng, month):
    yield ["symbol", "day", "open", "high", "low", "close", "volume"]
    for i in range(2000):
        close = rng.lognormvariate(4, 0.6)
        high, low = close * (1 + rng.random() / 20), close * (1 - rng.random() / 20)
        yield [f"T{i % 100:03d}", (datetime(2025, 1, 1) + timedelta(days=30 * month + i // 100)).date(),
               f"{close:.2f}", f"{high:.2f}", f"{low:.2f}", f"{close:.2f}", int(rng.expovariate(1e-5))]


def survey(rng, month):
    yield ["respondent", "q1", "q2", "q3", "gender", "income", "comment"]
    for i in range(600):
        yield [i + 1, rng.randint(1, 5), rng.randint(1, 5), "" if rng.random() < 0.3 else rng.randint(1, 5),
               rng.choice(["f", "m", "d"]), "" if rng.random() < 0.2 else rng.randrange(10_000, 150_000, 500),
               "" if rng.random() < 0.6 else " ".join(rng.choices(WORDS, k=rng.randint(3, 20)))]


def inventory(rng, month):
    yield ["sku", "warehouse", "on_hand", "reserved", "cost", "counted"]
    for i in range(1500):
        yield [f"{rng.randint(0, 999_999):06d}", f"W{rng.randint(1, 12)}", int(rng.expovariate(0.02)),
               int(rng.expovariate(0.3)), f"{rng.uniform(0.5, 90):.3f}",
               (datetime(2025, 1, 1) + timedelta(days=30 * month + rng.randint(0, 29))).strftime("%d.%m.%Y")]


def payments(rng, month):
    yield ["id", "iban", "currency", "amount", "fee", "at"]
    for i in range(2500):
        yield [f"PAY-{month:02d}-{i:06d}", "DE" + "".join(rng.choices("0123456789", k=20)),
               zipf(rng, ["EUR", "USD", "GBP", "CHF", "PLN"]), f"{rng.expovariate(0.01):.2f}",
               f"{rng.choice([0, 0.25, 0.5])}", f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}"]


def geo(rng, month):
    yield ["lat", "lon", "elevation", "region", "population"]
    for i in range(1200):
        yield [round(rng.uniform(-90, 90), 5), round(rng.uniform(-180, 180), 5), int(rng.gauss(200, 300)),
               f"R{int(rng.paretovariate(0.8)) % 90}", int(rng.paretovariate(0.9) * 10)]


def small(rng, month):
    yield ["a", "b", "c", "d", "note"]
    for i in range(rng.randint(40, 80)):
        yield [rng.randint(0, 100), "" if rng.random() < 0.3 else rng.randint(-50, 50),
               rng.choice(["x", "y", "z"]), round(rng.gauss(0, 1), 2), rng.choice(WORDS)]


TABLES = [orders, sensors, users, logs, stocks, survey, inventory, payments, geo, small]


def write(path, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def parts(folder, rows, count):
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    head, body = rows[0], rows[1:]
    size = -(-len(body) // count)
    for k in range(count):
        write(folder / f"part{k}.csv", [head] + body[k * size:(k + 1) * size])


def main():
    alarms = runs = 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for make in TABLES:
            if ONLY and make.__name__ not in ONLY:
                continue
            lock = scratch / "lock.yaml"
            write(scratch / "month.csv", make(random.Random(f"{make.__name__}-0"), 0))
            lock.unlink(missing_ok=True)
            subprocess.run([DIET, "lock", scratch / "month.csv", "-o", lock], check=True, capture_output=True)
            found = {}
            for month in range(MONTHS):
                # The month that was locked comes first.
                rows = [list(map(str, row)) for row in make(random.Random(f"{make.__name__}-{month}"), month)]
                write(scratch / "month.csv", rows)
                parts(scratch / "parts", rows, 1 + month % 4)
                for source in ("month.csv", "parts"):
                    threads = str(1 + month % 2)
                    run = subprocess.run(
                        [DIET, "check", scratch / source, "--lock", lock, "--format", "json",
                         "--threads", threads], capture_output=True, text=True)
                    runs += 1
                    if run.returncode == 0:
                        continue
                    alarms += 1
                    if run.returncode != 1:
                        print(make.__name__, month, run.stderr)
                        continue
                    for finding in json.loads(run.stdout)["findings"]:
                        if finding["level"] == "deny":
                            key = (finding["code"], finding["column"])
                            found.setdefault(key, (month, finding["expected"], finding["found"]))
            print(f"{make.__name__}: {len(found) or 'no'} kinds of alarms", *found.items(), sep="\n  ")
    print(f"{alarms} alarms in {runs} runs")
    return alarms > 0


if __name__ == "__main__":
    sys.exit(main())
