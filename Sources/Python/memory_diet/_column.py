"""One column of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, NoReturn, Optional, Union, overload

from . import _checks, _computing, _library

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._table import Table

# Values that are fetched at once.
_BLOCK = 1 << 16


class Column:
    """A column where it lies in its table: `table["price"].sum()`.

    What is asked of it is computed on the lean values. Nulls are left out; NaN makes sums, means and quantiles
    NaN unless `skip_nan=True`, and is neither the least nor the greatest value.
    """

    def __init__(self, table: Table, name: str) -> None:
        self._table = table
        self._name = name

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @property
    def type(self) -> str:
        """What its values mean: `integer`, `decimal(2)`, `timestamp(ms, UTC)`."""
        return self._table.schema[self._name]

    @property
    def nbytes(self) -> int:
        """The bytes that it takes in memory."""
        return self._alone().nbytes

    @property
    def null_count(self) -> int:
        """How many rows have no value."""
        return self._asked("null_count")

    def __len__(self) -> int:
        return len(self._table)

    def _alone(self) -> Table:
        return self._table.select(self._name)

    def _asked(self, question: str, **words: Any) -> Any:
        return _computing.scalar(self._table._handle, question, column=self._name, **words)

    def count(self) -> int:
        """How many rows have a value."""
        return self._asked("count")

    def sum(self, *, skip_nan: bool = False) -> Any:
        """The exact sum, an int or Decimal of any size, a timedelta, or a float; of booleans how many are true. 0
        where there is no value."""
        return self._asked("sum", skip_nan=bool(skip_nan))

    def mean(self, *, skip_nan: bool = False) -> Any:
        """The mean, a float, or a timedelta; None where there is no value."""
        return self._asked("mean", skip_nan=bool(skip_nan))

    def min(self) -> Any:
        """The least value, of text by its bytes; None where there is none."""
        return self._asked("min")

    def max(self) -> Any:
        """The greatest value, of text by its bytes; None where there is none."""
        return self._asked("max")

    def var(self, ddof: int = 1, *, skip_nan: bool = False) -> Optional[float]:
        """The variance, divided by the number of values less `ddof`; None where there are too few."""
        return self._asked("var", ddof=_checks.count(ddof, "ddof"), skip_nan=bool(skip_nan))

    def std(self, ddof: int = 1, *, skip_nan: bool = False) -> Any:
        """The root of the variance, a float, or a timedelta."""
        return self._asked("std", ddof=_checks.count(ddof, "ddof"), skip_nan=bool(skip_nan))

    def median(self, *, skip_nan: bool = False) -> Any:
        """The value in the middle, or the mean of the two there: a float, or a timedelta."""
        return self._asked("median", skip_nan=bool(skip_nan))

    def quantile(self, q: float, interpolation: str = "linear", *, skip_nan: bool = False) -> Any:
        """The value at a fraction of the way, from 0 to 1: a number between two with "linear", one of the values,
        of any type but text, with "lower", "higher" and "nearest"."""
        return self._asked(
            "quantile", fraction=_checks.fraction(q), interpolation=str(interpolation), skip_nan=bool(skip_nan)
        )

    def nunique(self) -> int:
        """How many different values there are, NaN once."""
        return self._asked("nunique")

    def any(self) -> bool:
        """Whether any boolean is true."""
        return self._asked("any")

    def all(self) -> bool:
        """Whether no boolean is false."""
        return self._asked("all")

    def argmin(self) -> Optional[int]:
        """The first row, from 0, with the least value."""
        return self._asked("argmin")

    def argmax(self) -> Optional[int]:
        """The first row, from 0, with the greatest value."""
        return self._asked("argmax")

    def corr(self, other: str, *, skip_nan: bool = False) -> Optional[float]:
        """Pearson's correlation with another column of the table, of the rows in which both have a value."""
        return self._asked("corr", other=_checks.name(other), skip_nan=bool(skip_nan))

    def unique(self) -> Column:
        """The different values in the order in which they first stand, null among them."""
        return Column(self._table._computed("unique", column=self._name), self._name)

    def value_counts(self, *, drop_nulls: bool = True) -> Table:
        """The different values and, as `count`, how many rows have each, the most frequent first."""
        return self._table._computed("value_counts", column=self._name, drop_nulls=bool(drop_nulls))

    def cast(self, type: str) -> Column:
        """The values in another type, exactly, or an error with the row: `cast("decimal(2)")`."""
        place = self._name.replace("`", "``")
        return self._table.evaluate(f"cast(`{place}` as {_checks.text(type, 'a type')})", name=self._name)

    def to_list(self) -> list[Any]:
        """All values as Python's own, None where there is none."""
        return list(self)

    def __iter__(self) -> Iterator[Any]:
        for start in range(0, len(self), _BLOCK):
            yield from self._values(start, start + _BLOCK)

    def _values(self, start: int, end: int) -> list[Any]:
        block = _computing.compute([self._table._handle], "slice", start=start, end=end)
        return _computing.values(_computing.answer([block], "values", columns=[self._name])[0])

    def to_text(self) -> list[str]:
        """All values as they are written out: `12.30`, `2024-02-29`, `null`."""
        return _computing.answer([self._table._handle], "texts", column=self._name)

    @overload
    def __getitem__(self, key: int) -> Any: ...
    @overload
    def __getitem__(self, key: slice) -> Column: ...

    def __getitem__(self, key: Union[int, slice]) -> Any:
        """The value of a row, from 0 or from the end, or a column of some rows."""
        if isinstance(key, slice):
            return Column(self._table[key], self._name)
        row = _checks.count(key, "a row")
        count = len(self)
        if not -count <= row < count:
            raise IndexError(f"there is no row {row}: the column has {count:,}")
        row %= count
        return self._values(row, row + 1)[0]

    def to_pandas(self) -> pandas.Series:
        """The column in pandas, as narrow as `Table.to_pandas` makes it."""
        frame = self._alone().to_pandas()
        return frame.iloc[:, 0] if frame.shape[1] else frame.index.to_series().reset_index(drop=True)

    def to_polars(self) -> polars.Series:
        """The column in polars."""
        return self._alone().to_polars().to_series()

    def to_arrow(self) -> pyarrow.ChunkedArray:
        """The column in pyarrow."""
        return self._alone().to_arrow().column(0)

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        return _library.column_streams(self._alone()._handle)[0].__arrow_c_stream__()

    def __repr__(self) -> str:
        shown = self[:10].to_text()
        rest = ", …" if len(self) > 10 else ""
        size = f"{self.type}, {len(self):,} row{'' if len(self) == 1 else 's'}, {self.nbytes:,} bytes"
        return f"<memory_diet.Column {self._name}: {size}: {', '.join(shown)}{rest}>"

    def _refused(self, *_: Any) -> NoReturn:
        raise TypeError(
            "columns are computed with in expressions of text: `table.filter(\"price > 9\")` for rows,"
            " `table.evaluate(\"price * 2\")` for values"
        )

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refused  # type: ignore[assignment]
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refused
    __and__ = __or__ = __invert__ = __neg__ = __mod__ = __pow__ = __bool__ = _refused
    __hash__ = None  # type: ignore[assignment]

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            hint = "" if name.startswith("_") else ": `to_pandas()`, `to_polars()` and `to_list()` give the values"
            raise AttributeError(f"'Column' object has no attribute '{name}'{hint}")
