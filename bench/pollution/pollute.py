"""Pollutions of clean tables, with the table that a reader should find in each: seeded, singly and in
pairs."""

import copy
import random
from dataclasses import dataclass, field

from tables import clean_tables


@dataclass
class Document:
    """A table on its way to bytes. A record is a list of fields; what stands in `raw` is written as
    it is."""

    header: list
    rows: list
    raw: dict = field(default_factory=dict)  # row number: the line, its delimiters as "\0"
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    quotes_all_text: bool = False
    before: list = field(default_factory=list)
    after: list = field(default_factory=list)
    between: dict = field(default_factory=dict)  # row number: lines before it
    headers: list = None  # several header records
    has_header: bool = True
    line_end: str = "\n"
    line_ends: list = None
    encoding: str = "utf-8"
    mark: bytes = b""
    pad: tuple = ("", "")  # behind and before each delimiter
    quote_pad: str = ""
    decimal: str = "."
    ends_with_line_end: bool = True

    def text_of(self, value):
        """A field as it is written."""
        if self.decimal != "." and is_decimal(value):
            value = value.replace(".", self.decimal)
        needs = any(part and part in value for part in (self.delimiter, self.quote, "\n", "\r"))
        needs = needs or self.quotes_all_text and value and not value[0].isdigit()
        needs = needs or value != value.strip()
        if self.escape:
            value = value.replace(self.escape, self.escape * 2)
            if self.quote:
                value = value.replace(self.quote, self.escape + self.quote)
            elif self.delimiter in value:
                value = value.replace(self.delimiter, self.escape + self.delimiter)
        elif self.quote:
            value = value.replace(self.quote, self.quote * 2)
        if needs and self.quote:
            return self.quote + value + self.quote + self.quote_pad
        return value

    def line_of(self, record):
        joined = self.pad[1] + self.delimiter + self.pad[0]
        return joined.join(self.text_of(value) for value in record)

    def encoded(self):
        lines = list(self.before)
        if self.has_header:
            lines += [self.line_of(record) for record in self.headers or [self.header]]
        for number, record in enumerate(self.rows):
            lines += self.between.get(number, [])
            raw = self.raw.get(number)
            lines.append(raw.replace("\0", self.delimiter) if raw is not None else self.line_of(record))
        lines += self.between.get(len(self.rows), [])
        lines += self.after
        text = ""
        for number, line in enumerate(lines):
            text += line
            if number + 1 < len(lines) or self.ends_with_line_end:
                text += self.line_ends[number % len(self.line_ends)] if self.line_ends else self.line_end
        return self.mark + text.encode(self.encoding)


@dataclass
class Truth:
    """What should be read: names (or none), and rows; `accepts` lists other readings of a field
    that lose nothing, `refusal` says that an error is as good as a reading."""

    header: list
    rows: list
    accepts: dict = field(default_factory=dict)  # (row, column): further texts
    refusal: bool = False


@dataclass
class Case:
    name: str
    kinds: tuple
    data: bytes
    truth: Truth


def is_decimal(value):
    whole, point, fraction = value.partition(".")
    return bool(point) and whole.isdigit() and fraction.isdigit()


def text_columns(document):
    return [
        column for column in range(len(document.header))
        if all(not row[column][:1].isdigit() for row in document.rows)
    ]


# ---- the kinds: each changes the document, and the truth where that follows


def delimiter(text):
    def change(document, truth, rng):
        document.delimiter = text
    return change


def single_quotes(document, truth, rng):
    document.quote = "'"
    document.quotes_all_text = True
    # A double quote in the text would be evidence for another quote.
    for rows in (document.rows, truth.rows):
        for row in rows:
            row[:] = [value.replace('"', "") for value in row]


def no_quotes(document, truth, rng):
    document.quote = ""
    for rows in (document.rows, truth.rows):
        for row in rows:
            row[:] = [value.replace('"', "").replace(",", "") for value in row]


def backslash(document, truth, rng):
    document.escape = "\\"
    row = rng.randrange(len(document.rows))
    column = text_columns(document)[0] if text_columns(document) else 0
    for rows in (document.rows, truth.rows):
        rows[row][column] = 'a "quoted", word'


def no_header(document, truth, rng):
    document.has_header = False
    truth.header = None


def several_headers(document, truth, rng):
    units = [f"({rng.choice(['kg', 'm', 'EUR', 'text', 'date'])})" for _ in document.header]
    document.headers = [document.header, units]
    truth.header = [f"{name} {unit}" for name, unit in zip(document.header, units)]


def preamble(document, truth, rng):
    document.before = rng.choice([
        ["Monthly report", ""], ["Exported by: the office", "Date: 2024-05-17", ""],
        ["Report of all branches in 2024"]])


def padded_preamble(document, truth, rng):
    commas = document.delimiter * (len(document.header) - 1)
    document.before = ["Quarterly report" + commas, commas]


def footer(document, truth, rng):
    document.after = rng.choice([
        ["", "Source: the office of numbers"], ["", "Total rows: see above", "(all values rounded)"],
        ["End of the exported report"]])


def comments(document, truth, rng):
    for row in rng.sample(range(1, len(document.rows)), 3):
        document.between[row] = [rng.choice(["# checked by hand", "# new series begins", "# gap"])]


def blank_lines(document, truth, rng):
    for row in rng.sample(range(1, len(document.rows)), 3):
        document.between.setdefault(row, []).append("")


def spaces_behind(document, truth, rng):
    document.pad = (" ", "")


def spaces_around(document, truth, rng):
    document.pad = (" ", " ")


def spaces_behind_quotes(document, truth, rng):
    document.quote_pad = " "
    document.quotes_all_text = True


def sep_line(document, truth, rng):
    document.delimiter = rng.choice([";", "|"])
    document.before = [f"sep={document.delimiter}"]


def decimal_comma(document, truth, rng):
    document.delimiter = ";"
    document.decimal = ","


def line_end(text):
    def change(document, truth, rng):
        document.line_end = text
    return change


def mixed_line_ends(document, truth, rng):
    document.line_ends = ["\n", "\r\n", "\n", "\r"]


def no_last_line_end(document, truth, rng):
    document.ends_with_line_end = False


def byte_order_mark(document, truth, rng):
    document.mark = b"\xef\xbb\xbf"


def utf16(encoding, mark):
    def change(document, truth, rng):
        document.encoding, document.mark = encoding, mark
    return change


def latin1(document, truth, rng):
    document.encoding = "latin-1"
    row = rng.randrange(len(document.rows))
    columns = text_columns(document)
    column = columns[0] if columns else len(document.header) - 1
    for rows in (document.rows, truth.rows):
        rows[row][column] = "Zoë"
    truth.refusal = True


def row_of(document, rng):
    free = [row for row in range(2, len(document.rows)) if row not in document.raw]
    return rng.choice(free)


def short_record(document, truth, rng):
    row = row_of(document, rng)
    keep = len(document.header) - 1
    document.rows[row] = document.rows[row][:keep]
    truth.rows[row] = truth.rows[row][:keep] + [""]


def long_record(document, truth, rng):
    row = row_of(document, rng)
    document.rows[row] = document.rows[row] + ["surplus"]
    truth.rows = [values + [""] for values in truth.rows]
    truth.rows[row][-1] = "surplus"
    if truth.header:
        truth.header = truth.header + [None]


def extra_delimiters(document, truth, rng):
    for row in rng.sample(range(1, len(document.rows)), 3):
        document.rows[row] = document.rows[row] + [""]


def raw_line(document, row, column, text):
    fields = [document.text_of(value) for value in document.rows[row]]
    fields[column] = text
    document.raw[row] = "\0".join(fields)


def text_place(document, rng):
    columns = text_columns(document)
    row = row_of(document, rng)
    return row, (rng.choice(columns) if columns else len(document.header) - 1)


def stray_quote(document, truth, rng):
    row, column = text_place(document, rng)
    raw_line(document, row, column, '5" pipe')
    truth.rows[row][column] = '5" pipe'


def text_behind_quote(document, truth, rng):
    row, column = text_place(document, rng)
    raw_line(document, row, column, '"big"box')
    truth.rows[row][column] = '"big"box'
    truth.accepts[(row, column)] = ["bigbox", 'big"box']


def open_quote(document, truth, rng):
    row, column = text_place(document, rng)
    raw_line(document, row, column, '"big box')
    truth.rows[row][column] = '"big box'
    truth.refusal = True


def second_table(document, truth, rng):
    extra = [["code", "meaning"], ["1", "good"], ["2", "bad"]]
    document.after = [""] + [document.line_of(record) for record in extra]
    width = len(document.header)
    truth.rows = truth.rows + [record + [""] * (width - 2) for record in extra]


def wider_block(document, truth, rng):
    start = len(document.rows) - 5
    for row in range(start, len(document.rows)):
        document.rows[row] = document.rows[row] + ["7"]
    truth.rows = [
        values + (["7"] if row >= start else [""]) for row, values in enumerate(truth.rows)]
    if truth.header:
        truth.header = truth.header + [None]


KINDS = {
    "delimiter ;": ("delimiter", delimiter(";")),
    "delimiter tab": ("delimiter", delimiter("\t")),
    "delimiter |": ("delimiter", delimiter("|")),
    "delimiter ||": ("delimiter", delimiter("||")),
    "delimiter ::": ("delimiter", delimiter("::")),
    "sep= line": ("delimiter", sep_line),
    "decimal comma": ("delimiter", decimal_comma),
    "single quotes": ("quote", single_quotes),
    "no quotes": ("quote", no_quotes),
    "backslash escapes": ("quote", backslash),
    "no header": ("header", no_header),
    "header of two lines": ("header", several_headers),
    "preamble": ("before", preamble),
    "padded preamble": ("before", padded_preamble),
    "footer": ("after", footer),
    "comment lines": ("between", comments),
    "blank lines": ("between", blank_lines),
    "space behind delimiters": ("spaces", spaces_behind),
    "spaces around delimiters": ("spaces", spaces_around),
    "space behind quotes": ("spaces", spaces_behind_quotes),
    "CRLF": ("ends", line_end("\r\n")),
    "CR": ("ends", line_end("\r")),
    "mixed line ends": ("ends", mixed_line_ends),
    "no last line end": ("ends", no_last_line_end),
    "byte order mark": ("encoding", byte_order_mark),
    "UTF-16 LE": ("encoding", utf16("utf-16-le", b"\xff\xfe")),
    "UTF-16 BE": ("encoding", utf16("utf-16-be", b"\xfe\xff")),
    "Latin-1, untold": ("encoding", latin1),
    "short record": ("record", short_record),
    "long record": ("record", long_record),
    "extra delimiters": ("record", extra_delimiters),
    "quote in a field": ("record", stray_quote),
    "text behind a quote": ("record", text_behind_quote),
    "quote never closed": ("record", open_quote),
    "two tables": ("after", second_table),
    "wider block": ("record", wider_block),
}

# The order in which changes are made: what writes lines needs delimiter and quote first.
ORDER = ["delimiter", "quote", "encoding", "ends", "header", "record", "spaces", "before", "between",
         "after"]

# Pairs that contradict each other or have no one right reading.
APART = [
    {"delimiter", "quote"}, {"spaces", "quote"}, {"spaces", "record"}, {"spaces", "delimiter"},
    {"header", "before"},
]
KINDS_APART = [
    {"two tables", "no header"}, {"two tables", "header of two lines"},
    {"sep= line", "preamble"}, {"sep= line", "padded preamble"},
]


def may_pair(first, second):
    groups = {KINDS[first][0], KINDS[second][0]}
    if len(groups) < 2 or groups in APART or {first, second} in KINDS_APART:
        return False
    if groups == {"quote", "record"}:
        return False
    if "after" in groups and "record" in groups:
        return False
    return not ("spaces around delimiters" in (first, second) and "before" in groups)


def make(number, table, kinds, seed):
    """One polluted file."""
    rng = random.Random(f"{seed} {number}")
    document = Document(list(table.header), copy.deepcopy(table.rows))
    truth = Truth(list(table.header), copy.deepcopy(table.rows))
    for kind in sorted(kinds, key=lambda kind: ORDER.index(KINDS[kind][0])):
        KINDS[kind][1](document, truth, rng)
    return Case(f"{number:03d}-{table.name}", tuple(kinds), document.encoded(), truth)


def pollutions(seed=1, count=500):
    """`count` polluted files: every kind ten times alone, then pairs."""
    tables = clean_tables()
    singles = [(kind,) for _ in range(10) for kind in KINDS]
    rng = random.Random(seed)
    pairs = [(a, b) for a in KINDS for b in KINDS if a < b and may_pair(a, b)]
    rng.shuffle(pairs)
    plan = singles + pairs
    cases = []
    for number, kinds in enumerate(plan):
        table = tables[(number // len(KINDS) + number) % len(tables)]
        # Text is what a header is told from where there are no numbers; a table of text alone has one.
        if "no header" in kinds and table.name == "letters":
            table = tables[0]
        if table.name == "letters" and set(kinds) & {"header of two lines", "padded preamble"}:
            table = tables[1]
        cases.append(make(number, table, kinds, seed))
    if count < len(cases):
        rng.shuffle(cases)
    return sorted(cases[:count], key=lambda case: case.name)
