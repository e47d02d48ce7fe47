"""Tables that the tests of the package read: values in Python, and the CSV file that they make."""

import csv
import datetime
import decimal
import math
import os
import random
import struct
import tempfile
import unittest

UTC = datetime.timezone.utc


def torture(rows=1000, seed=7):
    """Columns by name: what pyarrow is to see of them, and the text of each field."""
    generator = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"

    def nullable(values):
        return [None if generator.random() < 0.2 else value for value in values]

    numbers = [generator.randrange(-(10**17), 10**17) for _ in range(rows)]
    numbers[0] = 2**53 + 1
    unsigned = [generator.randrange(0, 2**64) for _ in range(rows)]
    unsigned[0] = 2**64 - 1
    floats = [generator.uniform(-1e9, 1e-9) * 1e-12 for _ in range(rows)]
    floats[0:4] = [-0.0, math.inf, -math.inf, 1e300]
    days = [datetime.date(1600, 1, 1) + datetime.timedelta(generator.randrange(300_000)) for _ in range(rows)]
    instants = [datetime.datetime.fromtimestamp(generator.randrange(-(2**31), 2**32), UTC) for _ in range(rows)]
    columns = {
        "small": [generator.randrange(-128, 128) for _ in range(rows)],
        "small with nulls": nullable([generator.randrange(-100, 100) for _ in range(rows)]),
        "beyond 2^53 with nulls": [numbers[0]] + nullable(numbers[1:]),
        "uint64": unsigned,
        "sequence": [40_000 - 3 * row for row in range(rows)],
        "near a base": [10**12 + generator.randrange(200) for _ in range(rows)],
        "constant": [-7] * rows,
        "price": [decimal.Decimal(generator.randrange(10**6)) / 100 for _ in range(rows)],
        "many digits": [decimal.Decimal(generator.randrange(10**17, 10**18)) / 10**9 for _ in range(rows)],
        "float": floats,
        "float32": [struct.unpack("f", struct.pack("f", generator.gauss(0, 1e-20)))[0] for _ in range(rows)],
        "flag": nullable([generator.random() < 0.5 for _ in range(rows)]),
        "day": days,
        "day with nulls": nullable(days),
        "time": [datetime.time(generator.randrange(24), generator.randrange(60), generator.randrange(60)) for _ in range(rows)],
        "instant": instants,
        "clock": [instant.replace(tzinfo=None) for instant in instants],
        "zip": [f"{generator.randrange(100_000):05d}" for _ in range(rows)],
        "country": generator.choices(["NA", "DE", "FR"], k=rows),
        "categories": [f"category {generator.randrange(300)}" for _ in range(rows)],
        "empty or missing": generator.choices(["", None, "x"], k=rows),
        "free": nullable(["".join(generator.choices(letters + " ,\"\nßé日", k=generator.randrange(20))) for _ in range(rows)]),
        "uuid": ["{:08x}-{:04x}-{:04x}-{:04x}-{:012x}".format(*(generator.getrandbits(bits) for bits in (32, 16, 16, 16, 48))) for _ in range(rows)],
        "ipv4": [".".join(str(generator.randrange(256)) for _ in range(4)) for _ in range(rows)],
        "letter": generator.choices("ANR", k=rows),
        "one text": ["always"] * rows,
        "nothing": [None] * rows,
        "a,\"quoted\"\nname": list(range(rows)),
    }
    return columns


def lines(rows: int, start: int = 0) -> str:
    """Numbers whose sum is beyond 32 bits, and three words."""
    return "id,word\n" + "".join(f"{2_000_000_000 - start - row},{'xyz'[row % 3]}\n" for row in range(rows))


def field(value):
    """The text of a value; text is put in quotes so that an empty one is not missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ").replace("+00:00", "Z")
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    return str(value)


def write_csv(path, columns):
    rows = len(next(iter(columns.values()))) if columns else 0
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(",".join(field(name) for name in columns) + "\n")
        for row in range(rows):
            file.write(",".join(field(values[row]) for values in columns.values()) + "\n")
    return path


def same(a, b):
    """Whether two values are one, floats to the bit."""
    if isinstance(a, float) and isinstance(b, float):
        return a == b and math.copysign(1, a) == math.copysign(1, b) or (a != a and b != b)
    if isinstance(a, decimal.Decimal) or isinstance(b, decimal.Decimal):
        # A price that binary64 holds to the digit is one there.
        return float(a) == float(b) if isinstance(a, float) or isinstance(b, float) else a == b
    return a == b and type(a) is type(b)


class TableTestCase(unittest.TestCase):
    """A test with a folder of its own, after which the library has been given back everything."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="memory-diet-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def file(self, name, text):
        path = self.path(name)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    def months(self, count: int = 3) -> str:
        """A folder with a key in the path of each file."""
        for month in range(count):
            os.makedirs(self.path(f"data/month={month}"))
            self.file(f"data/month={month}/part.csv", lines(40, 40 * month))
        return self.path("data")

    def assertSameValues(self, found, expected, message):
        self.assertEqual(len(found), len(expected), message)
        for row, (a, b) in enumerate(zip(found, expected)):
            if not same(a, b):
                self.fail(f"{message}, row {row}: {a!r}, not {b!r}")
