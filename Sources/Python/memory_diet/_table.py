"""Tables, and how they are handed to other libraries."""

from __future__ import annotations

import contextlib
import copy
import difflib
import html
from typing import TYPE_CHECKING, Any, NoReturn, Optional, Sequence

from . import _computing, _library
from ._computed import ComputedTables
from ._midnights import own, with_midnights
from ._report import Report

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

# Frames with more columns than that are gathered in blocks: pandas warns of frames that are in more
# than a hundred, and computes slowly on them.
_SPLIT_LIMIT = 64


# Where a Table is taken for a frame.
_FRAMES = "`to_pandas()`, `to_polars()` and `to_arrow()` give frames"

# What other libraries call what there is.
_CALLED = {
    "agg": "`group_by(…).agg(…)`, or `table['c'].sum()` for all rows",
    "aggregate": "`group_by(…).agg(…)`",
    "append": "`memory_diet.concat([…])`",
    "apply": "`with_columns(new='a * 2')`, or `to_pandas().apply(…)`",
    "assign": "`with_columns(new='a * 2')`",
    "dtypes": "`schema`",
    "fillna": "`with_columns(a='coalesce(a, 0)')`",
    "fill_null": "`with_columns(a='coalesce(a, 0)')`",
    "groupby": "`group_by`",
    "iloc": "`table[10:20]`",
    "info": "`report()`",
    "iter_rows": "`rows()`",
    "iterrows": "`rows()`",
    "itertuples": "`rows()`",
    "loc": "`filter(…)` for rows, `select(…)` for columns",
    "melt": "`unpivot`",
    "merge": "`join`",
    "num_rows": "`len(table)`",
    "num_columns": "`shape`",
    "pivot_table": "`pivot`",
    "query": "`filter`",
    "sort": "`sort_by`",
    "sort_values": "`sort_by`",
    "to_batches": "`batches()`",
    "to_csv": "`write('table.csv')`",
    "to_dicts": "`rows()`",
    "to_dict": "`rows()`",
    "to_parquet": "`write('table.parquet')`",
    "to_pylist": "`rows()`",
    "where": "`filter`",
    "write_csv": "`write('table.csv')`",
    "write_parquet": "`write('table.parquet')`",
}


class Table(ComputedTables):
    """A table in narrow columns, which is computed with as it is and which other libraries read where it lies.

        table.filter("dep_delay > 60").group_by("carrier").agg(flights="size", mean=("dep_delay", "mean"))

    It has Arrow's PyCapsule interface: `polars.DataFrame(table)`, `pyarrow.table(table)` and
    DuckDB's `select * from table` read it, and what lies as Arrow wants it is not copied. A table
    never changes; whatever was made from it stays valid when it is gone.
    """

    def __init__(self, handle: _library.TableHandle) -> None:
        if not isinstance(handle, _library.TableHandle):
            raise TypeError("a Table is made by `read_csv` or `lean`")
        self._handle = handle
        # Of a frame of pandas: its days go back as days, and these two go back with them.
        self._is_from_pandas = False
        self._attributes: dict[Any, Any] = {}
        self._frequency: Any = None
        # Computed of another: nothing is to be said of how it was read.
        self._is_computed = False

    def _made(self, handle: _library.TableHandle, keeps_rows: bool = False) -> Table:
        table = Table(handle)
        table._is_from_pandas = self._is_from_pandas
        table._attributes = copy.deepcopy(self._attributes)
        table._frequency = self._frequency if keeps_rows else None
        table._is_computed = True
        return table

    def _take_from_pandas(self, frame: Any) -> None:
        """Keep what a frame of pandas has beside its columns."""
        self._is_from_pandas = True
        self._attributes = copy.deepcopy(frame.attrs)
        self._frequency = getattr(frame.index, "freq", None)

    def _growth(self) -> list[tuple[str, str]]:
        """A note, with its code, of the columns that take more in pandas than they did, where there are some."""
        if not self._is_from_pandas or self._is_computed:
            return []
        grown = []
        for column in self.report().to_dict()["columns"]:
            before, after = column["bytes"]["before"], column["bytes_as"]["pandas"]
            # Not where it is a bitmap that is new.
            if after * 10 > before * 11:
                grown.append(f"{column['name']} ({before:,} → {after:,} bytes)")
        if not grown:
            return []
        sentence = (
            f"larger in pandas than before: {', '.join(grown)}. Keep a column as it was by"
            ' `narrow["c"] = frame["c"]`'
        )
        return [("largerInPandas", sentence)]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return (
            _library.table_row_count(self._handle),
            _library.table_column_count(self._handle),
        )

    @property
    def nbytes(self) -> int:
        """The bytes that the columns take in memory, exactly."""
        return _library.table_byte_count(self._handle)

    @property
    def policy(self) -> str:
        """How densely the columns are held: "fast", "packed" or "smallest", as `policy` of `read_csv` said; what is
        computed of a table is held as densely."""
        return _computing.answer([self._handle], "policy")

    @property
    def notes(self) -> list[str]:
        """What was odd in the input, how columns were read where that was in doubt, which arithmetic
        wraps in silence, and what pandas holds in more bytes than the frame had: a sentence each."""
        return [sentence for _, sentence in self._coded_notes()]

    @property
    def note_codes(self) -> list[str]:
        """What each of `notes` is about, in the same order, by the names in `docs/diagnostics.md`:
        for programs, since sentences may change."""
        return [code for code, _ in self._coded_notes()]

    @property
    def anomalies(self) -> dict[str, dict[str, Any]]:
        """What was odd about the records of text, by its kind: `short`, `long`, `blank`, `irregular`
        (stray quotes), `swallowed` (lines within quoted fields), `repeated_headers` and `rejected` (left out by `on_bad_record`). Each has its `count`, and of the first the `first_row`
        of the table, from 0, the `first_file` and its `first_line`, from 1, or None."""
        return _library.table_anomalies(self._handle)

    def _coded_notes(self) -> list[tuple[str, str]]:
        return [*_library.table_notes(self._handle), *self._growth()]

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return _library.table_names(self._handle)

    def __len__(self) -> int:
        return self.shape[0]

    def __arrow_c_schema__(self) -> object:
        return _library.schema_capsule(self._handle)

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        """The rows as a capsule. Types are the table's own, whatever the consumer would like."""
        return _library.stream_capsule(self._handle)

    def _narrowed(self, columns: Optional[Sequence[str]]) -> Table:
        return self if columns is None else self.select(columns)

    def to_arrow(self, columns: Optional[Sequence[str]] = None) -> pyarrow.Table:
        """The table, or some columns of it, in pyarrow."""
        import pyarrow

        if columns is not None:
            return self._narrowed(columns).to_arrow()
        columns = [pyarrow.chunked_array(column) for column in _library.column_streams(self._handle)]
        if not columns:
            return pyarrow.table(self)
        return pyarrow.Table.from_arrays(columns, schema=pyarrow.schema(self))

    def _arrow_for(self, engine: str) -> pyarrow.Table:
        """The table in pyarrow, in types that an engine of the command's `--for` has."""
        import pyarrow

        columns = [pyarrow.chunked_array(column) for column in _library.column_streams(self._handle, engine)]
        return pyarrow.Table.from_arrays(columns, names=self.columns)

    def to_pandas(self, columns: Optional[Sequence[str]] = None) -> pandas.DataFrame:
        """The table, or some columns of it, in pandas, in types as narrow: Arrow's where values are missing or
        numpy has no such type, categories for text of few different values, `datetime64[s]` for days. Only
        what is asked for is decoded."""
        import numpy
        import pandas
        import pyarrow

        if columns is not None:
            return self._narrowed(columns).to_pandas()

        def mapped(kind: pyarrow.DataType) -> Optional[pandas.ArrowDtype]:
            # The schema's hint cannot name a type with parameters: pandas would make objects.
            return pandas.ArrowDtype(kind) if pyarrow.types.is_decimal(kind) else None

        # Each column in memory of its own, which goes when the column goes.
        is_split = self.shape[1] <= _SPLIT_LIMIT
        table = self.to_arrow()
        if not self._is_from_pandas:
            table = with_midnights(table)
        frame = table.to_pandas(types_mapper=mapped, split_blocks=is_split, self_destruct=True)
        # What pyarrow did not copy is still the table's, which nobody may write to.
        for place, kind in enumerate(frame.dtypes):
            if isinstance(kind, (pandas.CategoricalDtype, pandas.DatetimeTZDtype)):
                frame.isetitem(place, frame.iloc[:, place].copy())
            elif is_split and isinstance(kind, numpy.dtype) and kind.kind in "iufmM":
                values = own(frame.iloc[:, place].to_numpy())
                frame.isetitem(place, pandas.Series(values, index=frame.index, copy=False))
        frame.attrs = copy.deepcopy(self._attributes)
        if self._frequency is not None and hasattr(frame.index, "freq"):
            # Days that were computed anew may have another, or none.
            with contextlib.suppress(ValueError):
                frame.index.freq = self._frequency
        return frame

    def to_polars(self, columns: Optional[Sequence[str]] = None) -> polars.DataFrame:
        """The table, or some columns of it, in polars, text of few different values as Categorical. Integers whose
        rows may add up to more than 32 bits hold are Int64, since polars adds up Int32 in 32 bits. Only what is
        asked for is decoded."""
        import polars

        if columns is not None:
            return self._narrowed(columns).to_polars()

        streams = _library.column_streams(self._handle, "polars")
        columns = [polars.Series(column) for column in streams]
        return polars.DataFrame(columns) if columns else polars.DataFrame(self)

    def report(self) -> Report:
        """What each column is, the bytes that it takes elsewhere and lean, and why."""
        return Report(_library.table_report(self._handle))

    # What a frame could do: the words say where there is one.

    def __iter__(self) -> NoReturn:
        raise TypeError(
            f"a Table is not iterable: `columns` are its names, `rows()` and `batches()` go through it; {_FRAMES}"
        )

    def __array__(self, dtype: object = None, copy: object = None) -> NoReturn:
        raise TypeError(f"a Table is no array, nor a frame of pandas: {_FRAMES}")

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            hint = f"; the column is table[{name!r}]" if name[:1] != "_" and name in self.columns else _hint(name)
            raise AttributeError(f"'Table' object has no attribute '{name}'{hint}")

    def __repr__(self) -> str:
        text = _computing.answer([self._handle], "text")
        size, _, rows = text.partition("\n")
        return f"<memory_diet.Table: {size}, {self.nbytes:,} bytes>" + (f"\n{rows}" if rows else "")

    def _repr_html_(self) -> str:
        if not self._is_computed:
            return self.report()._repr_html_()
        return _page_of(self)


def _hint(name: str) -> str:
    if name.startswith("_"):
        return ""
    if name in _CALLED:
        return f": there is {_CALLED[name]}; {_FRAMES}"
    own = [word for word in dir(Table) if not word.startswith("_")]
    near = difflib.get_close_matches(name, own, 1)
    return f": did you mean `{near[0]}`? {_FRAMES}" if near else f": {_FRAMES}"


def _page_of(table: Table) -> str:
    """The first rows of a computed table for a notebook."""
    shown = table.head(10).select(table.columns[:40])
    kinds = shown.schema
    columns = [shown[name].to_text() for name in shown.columns]

    def row(tag: str, cells: Sequence[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    rows = "".join(row("td", cells) for cells in zip(*columns))
    count, width = table.shape
    head = row("th", [f"{name} · {kinds[name]}" for name in shown.columns])
    first = f"; the first {len(shown)} rows" if count > len(shown) else ""
    more = f", and {width - 40:,} more columns" if width > 40 else ""
    return (
        f"<p>{count:,} rows × {width:,} columns, {table.nbytes:,} bytes{first}{more}</p>"
        f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    )
