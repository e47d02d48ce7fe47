"""Rows of a table in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from . import _checks

if TYPE_CHECKING:
    from ._table import Table


class GroupBy:
    """The rows of a table by the values of some columns: `table.group_by("carrier").agg(…)`."""

    def __init__(self, table: Table, keys: list[str], drop_nulls: bool, skip_nan: bool) -> None:
        self._table = table
        self._keys = keys
        self._drop_nulls = drop_nulls
        self._skip_nan = skip_nan

    def agg(self, *unnamed: Any, **named: _checks.Aggregation) -> Table:
        """A row for each group, sorted by the keys, null last: the keys, then what is asked.

            table.group_by("carrier").agg(flights="size", late=("dep_delay", "mean"), worst=("dep_delay", "max"))

        "size" counts rows. A column is asked for its `count` (of values), `sum`, `mean`, `min`, `max`, `var`, `std`
        (with `ddof` behind it, 1 unless told), `median`, `quantile` (with its fraction), `nunique`, `first`, `last`,
        `any`, `all`, `corr` (with another column). Sums are exact, in the column's type.
        """
        if unnamed:
            _checks.refuse_aggregations(unnamed)
        asked = [_checks.aggregation(name, asked, self._skip_nan) for name, asked in named.items()]
        return self._table._computed("group", by=self._keys, aggregations=asked, drop_nulls=self._drop_nulls)

    def __repr__(self) -> str:
        return f"<rows of a memory_diet.Table by {', '.join(self._keys)}: `agg(n='size', …)` asks for what>"

    def __iter__(self) -> NoReturn:
        raise TypeError("groups are asked all at once, by `agg(…)`; the rows of one are had by `filter`")

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            hint = "" if name.startswith("_") else ": `agg(total=('price', 'sum'), orders='size')` is what there is"
            raise AttributeError(f"'GroupBy' object has no attribute '{name}'{hint}")
