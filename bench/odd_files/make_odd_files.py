"""Files whose first lines, quotes, line ends or bytes are odd, as people meet them, and the tables that
careful people see in them: each kind alone and with each kind of another slot, from one seed.

    python3 make_odd_files.py FOLDER [SEED [COUNT]]

writes the files, and `expected.json`: for each its kinds, names, rows (null for an empty field) and
words, one of which has to be said. COUNT copies of each, of other values.
"""
import bz2
import gzip
import io
import json
import lzma
import os
import random
import sys
import zipfile


class Table:
    """A table of typed columns, and how its file is spelled."""

    def __init__(self, random, delimiter):
        self.random = random
        self.delimiter = delimiter
        self.names = ["day", "town", "temp", "rain"]
        towns = ["Oslo", "Rome", "Lima", "Bergen", "Cork"]
        self.rows = [
            [f"2024-{1 + i // 28:02}-{1 + i % 28:02}", random.choice(towns),
             f"{random.uniform(-9, 30):.1f}", str(random.randrange(40))]
            for i in range(random.randrange(40, 90))]
        self.header = None  # the fields as the file has them, where they are not the names
        self.above = []
        self.below = []
        self.behind = []
        self.between = None
        self.line_end = "\n"
        self.encode = lambda text: text.encode()
        self.wrap = lambda data: data
        self.suffix = ".csv"
        self.said = []

    def number(self, width):
        return [str(self.random.randrange(500)) for _ in range(width)]

    def line(self, fields):
        return self.delimiter.join("" if field is None else field for field in fields)

    def bytes(self):
        lines = list(self.above)
        lines.append(self.line(self.names if self.header is None else self.header))
        lines += self.below
        for number, row in enumerate(self.rows):
            if self.between and number in self.between:
                lines.append(self.between[number])
            lines.append(self.line(row))
        lines += self.behind
        text = "".join(line + self.line_end for line in lines)
        return self.wrap(self.encode(text))


KINDS = {}


def kind(slot):
    def add(function):
        KINDS[function.__name__] = (slot, function)
        return function
    return add


# The header.

@kind("header")
def labels(t):
    """A frame that was written with its index: nothing, then 0, 1, 2."""
    width = t.random.randrange(2, 7)
    t.names = [""] + [str(i) for i in range(width)]
    t.rows = [[str(i)] + t.number(width) for i in range(len(t.rows))]
    t.said = ["names"]


@kind("header")
def weeks(t):
    width = t.random.choice([12, 24, 52])
    t.names = ["store"] + [str(1 + i) for i in range(width)]
    t.rows = [[f"s{i}"] + t.number(width) for i in range(len(t.rows))]
    t.said = ["names"]


@kind("header")
def years(t):
    start = t.random.randrange(1990, 2015)
    t.names = ["country"] + [str(start + i) for i in range(6)]
    t.rows = [[t.random.choice(["Norway", "Peru", "Italy"])] + t.number(6) for _ in t.rows]


@kind("header")
def hours(t):
    t.names = [str(i) for i in range(24)]
    t.rows = [t.number(24) for _ in t.rows]
    t.said = ["names"]


@kind("header")
def months_as_days(t):
    t.names = ["shop"] + [f"2024-{1 + i:02}-01" for i in range(12)]
    t.rows = [[f"shop {i}"] + t.number(12) for i in range(len(t.rows))]


@kind("header")
def row_names(t):
    t.header = list(t.names)
    t.names = [""] + t.names
    t.rows = [[f"row {i}"] + row for i, row in enumerate(t.rows)]
    t.said = ["first column"]


@kind("header")
def two_levels(t):
    """A frame of pandas whose columns have names of two levels, written with its index."""
    t.names = ["", "bar one", "bar two", "baz one", "baz two"]
    t.header = ["", "bar", "bar", "baz", "baz"]
    t.below = [t.line(["", "one", "two", "one", "two"])]
    t.rows = [[str(i)] + t.number(4) for i in range(len(t.rows))]
    t.said = ["joined"]


# What stands above the table.

@kind("above")
def key_values(t):
    keys = [("Station", "Berlin"), ("Lat", "52.5"), ("Height", "34"), ("Owner", "DWD")]
    t.above = [t.delimiter.join(pair) for pair in keys[:t.random.randrange(2, 5)]]
    t.said = ["preamble"]


@kind("above")
def title(t):
    t.above = ["Weather report 2024", "made by the station"][:t.random.randrange(1, 3)] + [""]
    t.said = ["preamble"]


@kind("above")
def title_with_delimiter(t):
    t.above = [t.delimiter.join(["My Table", "v2"])] + [""] * t.random.randrange(2)
    t.said = ["preamble"]


@kind("above")
def title_as_wide(t):
    width = len(t.names if t.header is None else t.header)
    t.above = [t.delimiter.join(["My Table", "v2", "by hand", "of May", "x"][:width]), ""]
    if width > 5:
        return False
    t.said = ["preamble"]


@kind("above")
def prose(t):
    """One line, whose punctuation is the delimiter, above two columns of numbers."""
    if t.delimiter not in ",;" or t.header is not None or t.names[0] != "day":
        return False
    t.names = ["id", "hr"]
    t.rows = [[str(i), str(t.random.randrange(60, 90))] for i in range(len(t.rows))]
    t.above = [t.random.choice(["Patient: John Doe", "Measured at noon by hand"])
               + t.delimiter + " born 1970"]
    t.said = ["preamble"]


@kind("above")
def several_widths(t):
    t.above = [t.delimiter.join(["Export", "v2"]), "all stations", t.delimiter.join(["a", "b", "c"])]
    t.said = ["preamble"]


@kind("above")
def hashes(t):
    t.above = ["##format=1" + t.delimiter + "x", "##build=" + str(t.random.randrange(90))]
    header = list(t.names if t.header is None else t.header)
    if header[0]:
        header[0] = "#" + header[0]
    t.header = header
    t.said = ["preamble"]


@kind("above")
def remarks(t):
    t.above = ["# station, height, owner", "# measured at noon, by hand"]
    t.said = ["preamble"]


@kind("above")
def logger(t):
    t.above = [t.delimiter.join(["TOA5", "CR1000", "4711", "v32", "CPU:prog.CR1", "9", "Met"])]
    t.said = ["preamble"]


# What stands below the names.

@kind("below")
def units(t):
    if t.names[0] != "day":
        return False
    t.below = [t.delimiter.join(["TS", "", "degC", "mm"])]
    t.said = ["units"]


@kind("below")
def units_and_ways(t):
    if t.names[0] != "day":
        return False
    t.below = [t.delimiter.join(["TS", "RN", "°C", "mm"]), t.delimiter.join(["", "Smp", "Avg", "Tot"])]
    t.said = ["units"]


@kind("below")
def questions(t):
    """A survey as Qualtrics exports it."""
    if t.header is not None or "" in t.names:
        return False
    t.below = [t.line([f"What is {name}?" for name in t.names]),
               t.line(['"{""ImportId"":""QID' + str(i) + '""}"' for i in range(len(t.names))])]
    t.said = ["questions"]


# What stands behind the table.

@kind("behind")
def source(t):
    if t.delimiter not in ",;":
        return False
    t.behind = [""] * t.random.randrange(2) + ["Source: World Bank" + t.delimiter + " 2020"]
    t.said = ["footer"]


@kind("behind")
def filled_up(t):
    rest = t.delimiter * (len(t.rows[0]) - 1)
    t.behind = ["Source: World Bank" + rest, "Last updated: 3 May 2020" + rest]
    t.said = ["footer"]


@kind("behind")
def filled_apart(t):
    rest = t.delimiter * (len(t.rows[0]) - 1)
    t.behind = [rest, "Data from the World Bank" + rest]
    t.said = ["footer"]


# Quotes that are text.

@kind("quotes")
def stray_quotes(t):
    text = next((i for i, field in enumerate(t.rows[0]) if field[:1].isalpha()), None)
    if text is None or any('"' in line for line in t.below):
        return False
    for row in t.rows[3:]:
        row[text] = t.random.choice([row[text], '"' + row[text], row[text] + '"', '5" ' + row[text]])
    t.rows[-1][text] = "last"
    t.rows[3][text], t.rows[5][text] = '"opens', 'closes"'
    t.said = ["quotes"]


# Lines among the records.

@kind("between")
def comments(t):
    t.between = {7: "# pump off" + t.delimiter + " see log", 20: "# pump on"}
    t.said = ["comment"]


@kind("between")
def header_again(t):
    header = t.line(t.names if t.header is None else t.header)
    t.between = {10: header, 30: header}
    again = [field or None for field in header.split(t.delimiter)]
    again += [None] * (len(t.names) - len(again))
    t.rows[10:10] = [again]
    t.rows[31:31] = [list(again)]
    t.between = None
    t.said = ["header"]


# Line ends and bytes.

@kind("ends")
def cr_cr_lf(t):
    t.line_end = "\r\r\n"
    t.said = ["CR"]


@kind("ends")
def crlf(t):
    t.line_end = "\r\n"


@kind("bytes")
def utf_16(t):
    t.encode = lambda text: text.encode(t.random.choice(["utf-16-le", "utf-16-be"]))
    t.said = ["utf-16"]


@kind("bytes")
def end_sign(t):
    t.encode = lambda text: text.encode() + b"\x1a"
    t.said = ["end"]


@kind("bytes")
def zeros_behind(t):
    t.encode = lambda text: text.encode() + bytes(t.random.randrange(1, 600))
    t.said = ["zero"]


@kind("bytes")
def mark_inside(t):
    def encode(text):
        lines = text.split("\n")
        lines[-9] = "\ufeff" + lines[-9]
        return "\ufeff".encode() + "\n".join(lines).encode()
    t.encode = encode
    t.said = ["mark"]


# Containers.

@kind("container")
def gz(t):
    t.wrap, t.suffix = gzip.compress, ".csv.gz"


@kind("container")
def bzip2(t):
    t.wrap, t.suffix = bz2.compress, ".csv.bz2"


@kind("container")
def xz(t):
    t.wrap, t.suffix = lzma.compress, ".csv.xz"


@kind("container")
def zipped(t):
    def wrap(data):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("table.csv", data)
        return out.getvalue()
    t.wrap, t.suffix = wrap, ".csv.zip"


# What is applied first changes the names that others use.
SLOTS = ["header", "above", "below", "behind", "quotes", "between", "ends", "bytes", "container"]


def combinations(kinds):
    names = sorted(kinds, key=lambda name: SLOTS.index(KINDS[name][0]))
    yield from ([name] for name in names)
    for number, first in enumerate(names):
        for second in names[number + 1:]:
            if KINDS[first][0] != KINDS[second][0]:
                yield [first, second]


def make(folder, seed, count, kinds=None):
    expected = []
    for copy in range(count):
        for number, names in enumerate(combinations(kinds or KINDS)):
            source = random.Random(f"{seed} {copy} {number}")
            table = Table(source, source.choice(",;\t|"))
            said = []
            if any(KINDS[name][1](table) is False for name in names if not said.append(name)):
                continue
            words = []
            for name in names:
                probe = Table(random.Random(1), ",")
                KINDS[name][1](probe)
                words += probe.said
            # What is no number is a name, about which nothing has to be said.
            if table.header and table.header[0].startswith("#"):
                words = [word for word in words if word != "names"]
            file = f"{copy}-{'-'.join(names)}{table.suffix}"
            with open(os.path.join(folder, file), "wb") as out:
                out.write(table.bytes())
            expected.append({
                "file": file, "kinds": names, "delimiter": table.delimiter,
                "names": table.names, "said": words,
                "rows": [[field or None for field in row] for row in table.rows]})
    with open(os.path.join(folder, "expected.json"), "w") as out:
        json.dump({"seed": seed, "files": expected}, out)
    return expected


if __name__ == "__main__":
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    seed = sys.argv[2] if len(sys.argv) > 2 else "1"
    files = make(folder, seed, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    print(f"{len(files)} files, seed {seed}")
