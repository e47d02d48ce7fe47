"""What is computed of a table: other tables, columns and values."""

from __future__ import annotations

import inspect
import json
import os
from typing import TYPE_CHECKING, Any, Iterator, List, Mapping, Optional, Sequence, Tuple, Union, overload

from . import _checks, _computing, _library
from ._column import Column
from ._errors import OptionError
from ._grouping import GroupBy

if TYPE_CHECKING:
    from ._parts import Plan
    from ._table import Table

# Rows that are fetched at once.
_BLOCK = 1 << 16


class ComputedTables:
    """The part of a table that computes: by the library, on the lean columns. Results are tables, which share with
    it what they have in common, or values of Python. No table ever changes."""

    _handle: _library.TableHandle

    def _made(self, handle: _library.TableHandle, keeps_rows: bool = False) -> Table:
        raise NotImplementedError

    def _computed(self, do: str, *others: Table, keeps_rows: bool = False, **words: Any) -> Table:
        handles = [self._handle, *(other._handle for other in others)]
        return self._made(_computing.compute(handles, do, **words), keeps_rows)

    @property
    def schema(self) -> dict[str, str]:
        """What each column means, by its name: `integer`, `decimal(2)`, `timestamp(ms, UTC)`."""
        return {column["name"]: column["type"] for column in _computing.answer([self._handle], "schema")}

    # Rows

    def filter(self, condition: str) -> Table:
        """The rows for which a condition is true; null is not.

            table.filter("dep_delay > 60 and carrier == 'UA'")

        Names with spaces stand in backticks; `memory_diet.literal(value)` spells a value of Python.
        """
        return self._computed("filter", where=_checks.text(condition))

    def head(self, n: int = 5) -> Table:
        """The first rows; all but the last where `n` is below 0."""
        return self._computed("slice", end=_checks.count(n, "how many rows"))

    def tail(self, n: int = 5) -> Table:
        """The last rows; all but the first where `n` is below 0."""
        n = _checks.count(n, "how many rows")
        rows = _library.table_row_count(self._handle)
        return self._computed("slice", start=max(0, rows - n) if n >= 0 else min(rows, -n))

    def sample(self, n: int, *, seed: int = 0) -> Table:
        """So many different rows by chance, in their order; the same seed takes the same."""
        seed = _checks.count(seed, "a seed") % 2**63
        return self._computed("sample", count=_checks.count(n, "how many rows"), seed=seed)

    def sort_by(self, *keys: _checks.SortKey, nulls_first: bool = False, **words: object) -> Table:
        """The rows sorted by columns, the first before the others; equal rows stay as they stand.

            table.sort_by("carrier", ("dep_delay", "descending"))

        Nulls come last unless told otherwise; NaN is greater than all numbers.
        """
        if words:
            raise TypeError(
                f"sort_by() takes no '{next(iter(words))}': an order stands beside its column, as"
                " `sort_by((\"dep_delay\", \"descending\"))`"
            )
        given: Sequence[Any] = keys
        if len(keys) == 1 and isinstance(keys[0], list):
            given = keys[0]
        if not given:
            raise TypeError("sort_by() takes the columns to sort by")
        sorted_by = [{**_checks.sort_key(key), "nulls_first": bool(nulls_first)} for key in given]
        return self._computed("sort", keys=sorted_by)

    # Columns

    def select(self, *columns: Union[str, Sequence[str]]) -> Table:
        """Some columns, in this order."""
        return self._computed("select", keeps_rows=True, columns=_checks.names(columns))

    def drop(self, *columns: Union[str, Sequence[str]]) -> Table:
        """All columns but some."""
        return self._computed("drop", keeps_rows=True, columns=_checks.names(columns))

    def rename(self, names: Mapping[str, str]) -> Table:
        """Columns under other names: `rename({"dep_delay": "delay"})`. All at once: two may exchange theirs."""
        if not isinstance(names, Mapping):
            raise TypeError(f'names are told as {{"old": "new"}}, not {_checks._said(names)}')
        new = {_checks.name(old): _checks.name(new) for old, new in names.items()}
        return self._computed("rename", keeps_rows=True, names=new)

    def evaluate(self, expression: str, *, name: Optional[str] = None) -> Column:
        """The values of an expression as a column, under that name or the expression itself.

            table.evaluate("distance / air_time * 60", name="mph").mean()
        """
        named = _checks.optional_name(name, _checks.text(expression, "an expression"))
        column = {"name": named, "expression": expression}
        return Column(self._computed("evaluate", keeps_rows=True, columns=[column]), named)

    def with_columns(self, **expressions: Union[str, Column]) -> Table:
        """The table with further columns, each of an expression over those that there were, or with others in the
        place of those of the same name.

            table.with_columns(mph="distance / air_time * 60", late="dep_delay > 60")
        """
        table = self._itself()
        texts = {name: given for name, given in expressions.items() if not isinstance(given, Column)}
        if texts:
            columns = [{"name": name, "expression": _checks.text(text, "an expression")} for name, text in texts.items()]
            table = table._computed("evaluate", keeps_rows=True, columns=columns, beside=True)
        for name, given in expressions.items():
            if isinstance(given, Column):
                table = table._computed("attach", given._alone(), keeps_rows=True, name=name)
        return table

    def _itself(self) -> Table:
        return self  # type: ignore[return-value]

    @overload
    def __getitem__(self, key: str) -> Column: ...
    @overload
    def __getitem__(self, key: Union[List[str], Tuple[str, ...], slice]) -> Table: ...

    def __getitem__(self, key: Any) -> Any:
        """A column by its name, several by a list of names, or rows: `table[10:20]`."""
        if isinstance(key, str):
            column = Column(self._itself(), str(key))
            _ = column.null_count  # An error where there is no such column.
            return column
        if isinstance(key, slice):
            if key.step not in (None, 1):
                raise TypeError("rows are taken one after the other: a slice has no step")
            ends: dict[str, Any] = {"start": key.start, "end": key.stop}
            words = {end: _checks.count(row, "a row") for end, row in ends.items() if row is not None}
            return self._made(_computing.compute([self._handle], "slice", **words))
        if isinstance(key, (list, tuple)) and all(isinstance(name, str) for name in key):
            return self.select(*key) if key else self.select([])
        raise TypeError(
            "a Table gives a column by its name, `table['a']`, several by their names, `table[['a', 'b']]`,"
            f" and rows as `table[10:20]`; `filter(\"a > 1\")` chooses rows. Not {_checks._said(key)};"
            " `to_pandas()`, `to_polars()` and `to_arrow()` give frames"
        )

    def __contains__(self, name: object) -> bool:
        return name in _library.table_names(self._handle)

    # Groups and other tables

    def group_by(
        self, *keys: Union[str, Sequence[str]], drop_nulls: bool = False, skip_nan: bool = False
    ) -> GroupBy:
        """The rows by the values of columns: `table.group_by("carrier").agg(mean=("dep_delay", "mean"))`.

        drop_nulls: rows with a null among the keys belong to no group, as in pandas; otherwise null is a key.
        skip_nan: NaN is left out of sums, means, variances and quantiles.
        """
        names = _checks.names(keys)
        if not names:
            raise TypeError("group_by() takes the columns to group by; `table['a'].sum()` asks all rows")
        self._computed("select", columns=list(dict.fromkeys(names)))
        return GroupBy(self._itself(), names, bool(drop_nulls), bool(skip_nan))

    def join(self, other: Table, on: _checks.JoinKeys, how: str = "inner") -> Table:
        """The rows beside those of another table with equal keys, in the order of this one.

        on: a name, several, or left names with right ones: `{"customer": "id"}`; of each pair one column remains.
        how: "inner", "left", "right", "full", "semi" (rows with a partner, once), "anti" (those without).

        A null key has no partner. Columns of `other` that have a name of this table get the suffix `_right`.
        """
        if not isinstance(other, ComputedTables):
            raise TypeError(f"a Table is joined with a Table: `memory_diet.lean(frame)` makes one, not {_checks._said(other)}")
        return self._computed("join", other, on=_checks.join_keys(on), how=_checks.join_kind(how))

    def pivot(self, rows: Union[str, Sequence[str]], columns: str, values: _checks.Aggregation) -> Table:
        """A row for each combination of values in `rows`, a column for each value of `columns`:
        `table.pivot("carrier", "month", ("dep_delay", "mean"))`."""
        asked = _checks.aggregation("values", values)
        return self._computed("pivot", rows=_checks.names([rows]), columns=_checks.name(columns), values=asked)

    def unpivot(self, keep: Union[str, Sequence[str]], variable: str = "variable", value: str = "value") -> Table:
        """A row for each row and each column that is not kept, with the column's name and its value."""
        names = [_checks.name(variable), _checks.name(value)]
        return self._computed("melt", keep=_checks.names([keep]), variable=names[0], value=names[1])

    def equals(self, other: Table) -> bool:
        """Whether both have the same names, types, nulls and values in the same order, however they are stored."""
        if not isinstance(other, ComputedTables):
            return False
        return _computing.answer([self._handle, other._handle], "equal")["equal"]

    # Going through it

    def batches(self, rows: int = _BLOCK) -> Iterator[Table]:
        """The table in pieces of so many rows, each a table."""
        rows = _checks.count(rows, "how many rows")
        if rows < 1:
            raise OptionError(f"a batch has a row at least, not {rows}")
        return (
            self._computed("slice", start=start, end=start + rows)
            for start in range(0, _library.table_row_count(self._handle), rows)
        )

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows as dicts of Python's own values, None where there is none: for looking at a few."""
        names = _library.table_names(self._handle)
        for batch in self.batches(4096):
            columns = [_computing.values(found) for found in _computing.answer([batch._handle], "values")]
            for values in zip(*columns):
                yield dict(zip(names, values))

    # Files and plans

    def write(self, path: Union[str, os.PathLike[str]], *, compression: Optional[str] = None) -> None:
        """Writes the table to a file, which appears complete or not at all, by the suffix of its name: `.parquet`,
        `.arrow`, `.feather`, `.arrows` (a stream), `.csv`.

        compression: "zstd" or "none"; unless told, zstd for Parquet and none for others.
        """
        _computing.write(self._handle, os.fspath(path), compression)

    def verify(self, path: Union[str, os.PathLike[str]]) -> None:
        """Reads a file back and compares every value with the table; raises InputError with the first value that
        differs."""
        _computing.verify(self._handle, os.fspath(path))

    def plan(self, *, closed_categories: bool = False) -> dict[str, Any]:
        """What each column is and how it is stored, as `memory_diet.plan` gives it for files: for `read_csv_part`,
        `apply_plan`, and for engines that read files like it.

        closed_categories: whether words that are not there are errors later.
        """
        return json.loads(_computing.answer([self._handle], "plan", closed_categories=bool(closed_categories)))

    def apply_plan(self, plan: Optional[Plan] = None) -> Table:
        """The table stored as a plan says; a value that does not fit is an error. Without a plan, as leanly as its
        values can be: what was computed may have room to spare.

        plan: what `Table.plan`, `Profile.plan` or `memory_diet.plan` gives, or the path of one.
        """
        from ._parts import plan_of

        words = {} if plan is None else {"plan": json.dumps(plan_of(plan))}
        return self._computed("apply", keeps_rows=True, **words)


# In what Python itself says of wrong arguments they are the table's.
for _name, _method in vars(ComputedTables).items():
    if inspect.isfunction(_method):
        _method.__qualname__ = f"Table.{_name}"
