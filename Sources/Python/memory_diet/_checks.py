"""What callers give to computing methods, checked, and in the words of the library."""

from __future__ import annotations

import operator
from typing import Any, Iterable, Mapping, NoReturn, Optional, Sequence, Tuple, Union

from ._errors import OptionError

# What is asked of each group: "size", or a column and what is asked of it, and what that takes.
Aggregation = Union[str, Tuple[str, str], Tuple[str, str, Union[float, int, str]]]
# A column to sort by, or that and "ascending" or "descending".
SortKey = Union[str, Tuple[str, str]]
# The columns to join on: of one name in both tables, or left names and the right names for them.
JoinKeys = Union[str, Sequence[str], Mapping[str, str]]

# What people say in other libraries.
_KINDS = {
    "avg": "mean", "average": "mean", "minimum": "min", "maximum": "max", "n_unique": "nunique",
    "count_distinct": "nunique", "distinct_count": "nunique", "stddev": "std", "variance": "var", "len": "size",
    "rows": "size", "total": "sum",
}
_JOINS = {"outer": "full", "full_outer": "full", "left outer": "left", "left_semi": "semi", "left_anti": "anti"}


def count(value: Any, what: str) -> int:
    """A whole number."""
    try:
        return max(-(2**62), min(2**62, operator.index(value)))
    except TypeError:
        raise TypeError(f"{what} is a whole number, not {value!r}") from None


def fraction(value: Any) -> float:
    """From 0 to 1."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"a quantile is a fraction from 0 to 1, not {value!r}") from None
    if not 0 <= number <= 1:
        raise OptionError(f"a quantile is a fraction from 0 to 1, not {value!r}")
    return number


def name(value: Any) -> str:
    """The name of a column."""
    if isinstance(value, str):
        return str(value)
    if type(value).__name__ == "Expr":
        raise TypeError(f"columns are told by their names, not by an expression of polars: {value}")
    raise TypeError(f"a column is told by its name, not {_said(value)}")


def names(values: Sequence[Any]) -> list[str]:
    """Names, one by one or in a list."""
    if len(values) == 1 and not isinstance(values[0], str) and isinstance(values[0], Iterable):
        values = list(values[0])
    return [name(value) for value in values]


def text(value: Any, what: str = "a condition") -> str:
    """An expression."""
    if isinstance(value, str):
        return value
    raise TypeError(f"{what} is text, as `dep_delay > 60 and carrier == 'UA'`, not {_said(value)}")


def sort_key(key: Any) -> dict[str, Any]:
    if isinstance(key, tuple) and len(key) == 2:
        column, order = key
        if order not in ("ascending", "descending"):
            raise OptionError(f"an order is 'ascending' or 'descending', not {order!r}")
        return {"column": name(column), "descending": order == "descending"}
    return {"column": name(key)}


def join_keys(on: Any) -> list[dict[str, str]]:
    if isinstance(on, Mapping):
        return [{"left": name(left), "right": name(right)} for left, right in on.items()]
    return [{"left": key, "right": key} for key in names([on])]


def join_kind(how: Any) -> str:
    if not isinstance(how, str):
        raise TypeError(f"`how` is text such as 'left', not {how!r}")
    if how in _JOINS:
        raise OptionError(f"a join is not '{how}': say how='{_JOINS[how]}'")
    return how


def aggregation(new_name: str, asked: Any, skip_nan: bool = False) -> dict[str, Any]:
    """One aggregation in the words of the library."""
    if isinstance(asked, str):
        if _kind(asked) != "size":
            raise OptionError(f"{new_name}: say of which column: {new_name}=('column', '{asked}')")
        return {"name": new_name, "kind": "size"}
    if not isinstance(asked, tuple) or not 2 <= len(asked) <= 3:
        raise TypeError(f"{new_name}: an aggregation is a column and what is asked of it, as ('price', 'sum'), not {_said(asked)}")
    column, kind = name(asked[0]), _kind(asked[1])
    words = {"name": new_name, "column": column, "kind": kind, "skip_nan": bool(skip_nan)}
    argument = _argument(kind, asked[2] if len(asked) == 3 else None)
    return {**words, **argument}


def _argument(kind: str, value: Any) -> dict[str, Any]:
    if kind == "quantile":
        if value is None:
            raise OptionError("a quantile takes a fraction: ('price', 'quantile', 0.9)")
        return {"fraction": fraction(value)}
    if kind == "corr":
        if value is None:
            raise OptionError("a correlation takes another column: ('price', 'corr', 'weight')")
        return {"other": name(value)}
    if value is None:
        return {}
    if kind in ("var", "std"):
        return {"ddof": count(value, "ddof")}
    raise OptionError(f"'{kind}' takes nothing beside its column, not {value!r}")


def _kind(kind: Any) -> str:
    if not isinstance(kind, str):
        raise TypeError(f"an aggregation is told by its name, as 'sum', not {_said(kind)}")
    if kind in _KINDS:
        raise OptionError(f"there is no aggregation '{kind}': say '{_KINDS[kind]}'")
    return kind


def refuse_aggregations(values: Sequence[Any]) -> NoReturn:
    """What other libraries take: a dict, a list of pairs, expressions."""
    raise TypeError(
        f"aggregations have names: agg(total=('price', 'sum'), orders='size'), not {_said(values[0])};"
        " **{'a name': …} for a name that is no word"
    )


def _said(value: Any) -> str:
    kind = type(value)
    words = repr(value)
    where = kind.__module__.split(".")[0]
    if len(words) > 60 or where in ("pandas", "polars", "pyarrow"):
        return f"a {kind.__name__}" + (f" of {where}" if where not in ("builtins", "memory_diet") else "")
    return words


def optional_name(value: Optional[str], other: str) -> str:
    return other if value is None else name(value)
