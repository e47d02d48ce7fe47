"""Values as the library tells them in JSON, as Python's own, exactly."""

from __future__ import annotations

import datetime
import decimal
import re
from typing import Any, Callable, Mapping, Optional

from ._errors import InputError

_EPOCH = datetime.datetime(1970, 1, 1)
_UNITS = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_DAY = 86_400


def values(answer: Mapping[str, Any]) -> list[Any]:
    """The values of an answer such as `{"type": "decimal", "values": ["12.30", null]}`."""
    found = answer["values"]
    read = _reader(answer)
    return found if read is None else [None if value is None else read(value) for value in found]


def _reader(answer: Mapping[str, Any]) -> Optional[Callable[[Any], Any]]:
    kind = answer["type"]
    if kind == "decimal":
        return decimal.Decimal
    if kind == "float":
        return float
    if kind == "date":
        return _date
    if kind == "seconds":
        return lambda seconds: datetime.timedelta(seconds=float(seconds))
    per_second = _UNITS.get(answer.get("unit", ""), 1)
    if kind == "duration":
        return lambda value: _duration(value, per_second)
    if kind == "time":
        return lambda value: _time(value, per_second)
    if kind == "timestamp":
        zone = _zone(answer["zone"]) if "zone" in answer else None
        return lambda value: _instant(value, per_second, zone)
    return None


def _date(days: int) -> datetime.date:
    try:
        return datetime.date.fromordinal(days + 719_163)
    except (ValueError, OverflowError):
        raise _beyond(f"the date {days} days from 1970-01-01") from None


def _duration(value: int, per_second: int) -> datetime.timedelta:
    try:
        return datetime.timedelta(microseconds=_microseconds(value, per_second, "a duration"))
    except OverflowError:
        raise _beyond(f"a duration of {value // per_second} seconds") from None


def _time(value: int, per_second: int) -> datetime.time:
    count = _microseconds(value, per_second, "a time")
    if not 0 <= count < _DAY * 1_000_000:
        raise _beyond(f"the time {value // per_second} seconds after midnight")
    return (_EPOCH + datetime.timedelta(microseconds=count)).time()


def _instant(value: int, per_second: int, zone: Optional[datetime.tzinfo]) -> datetime.datetime:
    try:
        moment = _EPOCH + datetime.timedelta(microseconds=_microseconds(value, per_second, "a timestamp"))
        return moment if zone is None else moment.replace(tzinfo=datetime.timezone.utc).astimezone(zone)
    except OverflowError:
        raise _beyond(f"the timestamp {value // per_second} seconds from 1970-01-01") from None


def _microseconds(value: int, per_second: int, what: str) -> int:
    if per_second <= 1_000_000:
        return value * (1_000_000 // per_second)
    count, rest = divmod(value, per_second // 1_000_000)
    if rest:
        raise _beyond(f"{what} of nanoseconds")
    return count


def _beyond(what: str) -> InputError:
    return InputError(
        f"{what} is none that Python's datetime holds: take it as text, as by `cast(c as string)`, or by `to_polars()`"
    )


def _zone(name: str) -> datetime.tzinfo:
    """The zone of that name; UTC where this machine does not know it: the instants are the same."""
    fixed = re.fullmatch(r"([+-])(\d\d):?(\d\d)", name)
    if fixed:
        minutes = int(fixed[2]) * 60 + int(fixed[3])
        return datetime.timezone(datetime.timedelta(minutes=-minutes if fixed[1] == "-" else minutes))
    if name in ("UTC", "Z", "Etc/UTC", "GMT"):
        return datetime.timezone.utc
    import zoneinfo

    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.timezone.utc


def literal(value: Any) -> str:
    """A value of Python as expressions spell it, whatever is in it.

        table.filter(f"carrier == {memory_diet.literal(carrier)} and day >= {memory_diet.literal(day)}")
    """
    if hasattr(value, "item") and not hasattr(value, "__len__"):
        value = value.item()  # numpy's
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if value != value:
            return "(0e0 / 0)"
        if value in (float("inf"), float("-inf")):
            return "(1e0 / 0)" if value > 0 else "(-1e0 / 0)"
        return repr(value) if "e" in repr(value) else f"{value!r}e0"
    if isinstance(value, decimal.Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, (datetime.date, datetime.time)):
        return f"'{value.isoformat()}'"
    if isinstance(value, datetime.timedelta):
        return f"'{_clock(value)}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    raise TypeError(f"a {type(value).__name__} is no value of expressions: numbers, text, booleans, dates and None are")


def _clock(span: datetime.timedelta) -> str:
    sign, span = ("-", -span) if span < datetime.timedelta() else ("", span)
    minutes, seconds = divmod(span.days * _DAY + span.seconds, 60)
    fraction = f".{span.microseconds:06d}" if span.microseconds else ""
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}{fraction}"
