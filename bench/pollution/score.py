"""Whether what was read is what should be: exact, refused with a reason, or changed."""

import datetime
import math
from decimal import Decimal, InvalidOperation


def is_null(value):
    return value is None or isinstance(value, float) and math.isnan(value)


def as_number(text):
    """The number that a text is; `None` for text, and for digits behind zeros."""
    digits = text.lstrip("+-")
    if digits[:1] == "0" and digits[1:2].isdigit():
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def same(expected, value):
    """Whether a value is what the text says, in whatever type."""
    if expected == "":
        return is_null(value) or value == ""
    if is_null(value):
        return False
    if isinstance(value, bool):
        return expected.lower() == str(value).lower()
    if isinstance(value, (int, float, Decimal)):
        number = as_number(expected)
        return number is not None and (
            number == value or isinstance(value, float) and float(number) == value)
    if isinstance(value, datetime.datetime):
        return expected in (value.isoformat(), value.isoformat(" "), value.date().isoformat())
    if isinstance(value, (datetime.date, datetime.time)):
        return expected == value.isoformat()
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    text = str(value)
    if text == expected:
        return True
    # A number in other digits is the same number, if it is one to both.
    ours, theirs = as_number(text), as_number(expected)
    return ours is not None and ours == theirs


def outcome(truth, names, rows):
    """`exact`, or `changed` and what is."""
    width = max([len(row) for row in truth.rows] + [len(truth.header or [])])
    if truth.header is not None:
        for expected, name in zip(truth.header, names):
            if expected is not None and expected != name:
                return "changed", f"a column is named {name!r}, not {expected!r}"
    if len(rows) != len(truth.rows):
        return "changed", f"{len(rows)} rows, not {len(truth.rows)}"
    for number, (expected, row) in enumerate(zip(truth.rows, rows)):
        row = list(row)
        while len(row) > width and is_null(row[-1]):
            row.pop()
        if len(row) != width:
            return "changed", f"{len(row)} columns, not {width}"
        for column, (text, value) in enumerate(zip(expected, row)):
            readings = [text] + truth.accepts.get((number, column), [])
            if not any(same(reading, value) for reading in readings):
                return "changed", f"row {number + 1}, column {column + 1}: {value!r}, not {text!r}"
    return "exact", ""
