"""Tables, and how they are handed to other libraries."""

from __future__ import annotations

import copy
import json
import mmap
from typing import TYPE_CHECKING, Any, NoReturn, Optional

from . import _library
from ._report import Report

if TYPE_CHECKING:
    import numpy
    import pandas
    import polars
    import pyarrow

# Frames with more columns than that are gathered in blocks: pandas warns of frames that are in more
# than a hundred, and computes slowly on them.
_SPLIT_LIMIT = 64


# Where a Table is taken for a frame.
_FRAMES = "`to_pandas()`, `to_polars()` and `to_arrow()` give frames"




class Table:
    """A table in narrow columns, which other libraries read where it lies.

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

    def _take_from_pandas(self, frame: Any) -> None:
        """Keep what a frame of pandas has beside its columns."""
        self._is_from_pandas = True
        self._attributes = copy.deepcopy(frame.attrs)
        self._frequency = getattr(frame.index, "freq", None)

    def _growth(self) -> list[tuple[str, str]]:
        """A note, with its code, of the columns that take more in pandas than they did, where there are some."""
        if not self._is_from_pandas:
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

    def to_arrow(self) -> pyarrow.Table:
        """The table in pyarrow."""
        import pyarrow

        columns = [pyarrow.chunked_array(column) for column in _library.column_streams(self._handle)]
        if not columns:
            return pyarrow.table(self)
        return pyarrow.Table.from_arrays(columns, schema=pyarrow.schema(self))

    def _arrow_for(self, engine: str) -> pyarrow.Table:
        """The table in pyarrow, in types that an engine of the command's `--for` has."""
        import pyarrow

        columns = [pyarrow.chunked_array(column) for column in _library.column_streams(self._handle, engine)]
        return pyarrow.Table.from_arrays(columns, names=self.columns)

    def to_pandas(self) -> pandas.DataFrame:
        """The table in pandas, in types as narrow: Arrow's where values are missing or numpy has no
        such type, categories for text of few different values, `datetime64[s]` for days."""
        import numpy
        import pandas
        import pyarrow

        def mapped(kind: pyarrow.DataType) -> Optional[pandas.ArrowDtype]:
            # The schema's hint cannot name a type with parameters: pandas would make objects.
            return pandas.ArrowDtype(kind) if pyarrow.types.is_decimal(kind) else None

        # Each column in memory of its own, which goes when the column goes.
        is_split = self.shape[1] <= _SPLIT_LIMIT
        table = self.to_arrow()
        if not self._is_from_pandas:
            table = _with_midnights(table)
        frame = table.to_pandas(types_mapper=mapped, split_blocks=is_split, self_destruct=True)
        # What pyarrow did not copy is still the table's, which nobody may write to.
        for place, kind in enumerate(frame.dtypes):
            if isinstance(kind, (pandas.CategoricalDtype, pandas.DatetimeTZDtype)):
                frame.isetitem(place, frame.iloc[:, place].copy())
            elif is_split and isinstance(kind, numpy.dtype) and kind.kind in "iufmM":
                values = _own(frame.iloc[:, place].to_numpy())
                frame.isetitem(place, pandas.Series(values, index=frame.index, copy=False))
        frame.attrs = copy.deepcopy(self._attributes)
        if self._frequency is not None and hasattr(frame.index, "freq"):
            frame.index.freq = self._frequency
        return frame

    def to_polars(self) -> polars.DataFrame:
        """The table in polars, text of few different values as Categorical. Integers whose rows may add
        up to more than 32 bits hold are Int64, since polars adds up Int32 in 32 bits."""
        import polars

        streams = _library.column_streams(self._handle, "polars")
        columns = [polars.Series(column) for column in streams]
        return polars.DataFrame(columns) if columns else polars.DataFrame(self)

    def report(self) -> Report:
        """What each column is, the bytes that it takes elsewhere and lean, and why."""
        return Report(_library.table_report(self._handle))

    # What a frame could do: the words say where there is one.

    def __getitem__(self, key: object) -> NoReturn:
        raise TypeError(f"a Table has no columns to take out: {_FRAMES}, as `table.to_pandas()[{key!r}]`")

    def __iter__(self) -> NoReturn:
        raise TypeError(f"a Table is not iterable: {_FRAMES}; `columns` are its names")

    def __array__(self, dtype: object = None, copy: object = None) -> NoReturn:
        raise TypeError(f"a Table is no array, nor a frame of pandas: {_FRAMES}")

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            hint = "" if name.startswith("_") else f": {_FRAMES}"
            raise AttributeError(f"'Table' object has no attribute '{name}'{hint}")

    def __repr__(self) -> str:
        rows, columns = self.shape
        return f"<memory_diet.Table: {rows:,} rows × {columns:,} columns, {self.nbytes:,} bytes>"

    def _repr_html_(self) -> str:
        return self.report()._repr_html_()


def _with_midnights(table: pyarrow.Table) -> pyarrow.Table:
    """The table with days as instants. pandas' other days are Arrow's, which text is never equal to
    and which have neither `resample` nor a mean."""
    import pyarrow

    names = table.schema.names
    days = [place for place, kind in enumerate(table.schema.types) if kind == pyarrow.date32()]
    # The schema's hint names the type that pandas is to make.
    metadata = dict(table.schema.metadata or {})
    hint = json.loads(metadata.get(b"pandas", b"{}"))
    for column in hint.get("columns", []):
        if column.get("field_name") in {names[place] for place in days}:
            column.update(pandas_type="datetime", numpy_type="datetime64[s]", metadata=None)
    for place in days:
        table = table.set_column(place, names[place], _midnights(table.column(place)))
    if days and hint:
        metadata[b"pandas"] = json.dumps(hint).encode()
    return table.replace_schema_metadata(metadata)


def _midnights(days: pyarrow.ChunkedArray) -> pyarrow.Array:
    """Days as seconds, in memory that goes when they go; missing ones as numpy has them."""
    import numpy
    import pyarrow

    seconds = _memory(len(days), numpy.dtype("int64"))
    first = 0
    for chunk in days.chunks:
        part = seconds[first : first + len(chunk)]
        numbers = numpy.frombuffer(chunk.buffers()[1] or b"", dtype="int32")
        part[:] = numbers[chunk.offset : chunk.offset + len(chunk)]
        part *= 86_400
        if chunk.null_count:
            part[chunk.is_null().to_numpy(zero_copy_only=False)] = numpy.iinfo("int64").min
        first += len(chunk)
    buffers = [None, pyarrow.py_buffer(seconds)]
    return pyarrow.Array.from_buffers(pyarrow.timestamp("s"), len(days), buffers, null_count=0)


def _own(values: numpy.ndarray) -> numpy.ndarray:
    """A copy in memory that goes when the copy goes."""
    copy = _memory(len(values), values.dtype)
    copy[:] = values
    return copy


def _memory(count: int, kind: numpy.dtype) -> numpy.ndarray:
    """Values yet to be written, in memory that goes when they go. The heap would keep what is not at
    its end."""
    import numpy

    byte_count = count * kind.itemsize
    if byte_count < mmap.PAGESIZE:
        return numpy.empty(count, dtype=kind)
    memory = mmap.mmap(-1, byte_count, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    return numpy.frombuffer(memory, dtype=kind)
