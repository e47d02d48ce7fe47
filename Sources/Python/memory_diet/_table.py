"""Tables: how they are read, and how they are handed to other libraries."""

from __future__ import annotations

import copy
import json
import mmap
import os
from collections.abc import Set
from typing import IO, TYPE_CHECKING, Any, Mapping, NoReturn, Optional, Protocol, Sequence, Union

from . import _arguments, _library
from ._errors import InputError, OptionError
from ._report import ObstacleReport, Report

if TYPE_CHECKING:
    import numpy
    import pandas
    import polars
    import pyarrow

Path = Union[str, "os.PathLike[str]"]
Source = Union[Path, IO[bytes], IO[str]]
Paths = Union[Source, Sequence[Source]]
Texts = Union[str, Sequence[str]]
# What holds of all columns, or of some by their names.
Text = Union[str, Mapping[str, str]]
TextsByName = Union[Texts, Mapping[str, Texts]]


# Frames with more columns than that are gathered in blocks: pandas warns of frames that are in more
# than a hundred, and computes slowly on them.
_SPLIT_LIMIT = 64


# Where a Table is taken for a frame.
_FRAMES = "`to_pandas()`, `to_polars()` and `to_arrow()` give frames"


class Frame(Protocol):
    """A table that another library has in memory, in Arrow's PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...


def read_csv(
    path: Paths,
    *,
    columns: Optional[Sequence[str]] = None,
    drop: Optional[Sequence[str]] = None,
    unsigned: bool = False,
    categories: str = "text",
    margin: Union[float, str, None] = None,
    min_bits: Optional[int] = None,
    delimiter: Optional[str] = None,
    quote: Optional[str] = None,
    escape: Optional[str] = None,
    comment: Optional[str] = None,
    spaces: Optional[str] = None,
    header: Optional[bool] = None,
    header_records: Optional[int] = None,
    encoding: Optional[str] = None,
    invalid_utf8: str = "error",
    skip: int = 0,
    skip_footer: int = 0,
    repeated_headers: str = "keep",
    strict: bool = False,
    on_bad_record: Optional[str] = None,
    engine: str = "automatic",
    max_expansion: Optional[int] = None,
    threads: Optional[int] = None,
    union_by_name: bool = False,
    hive_partitioning: Optional[bool] = None,
    file_name_column: Optional[str] = None,
    null_token: TextsByName = (),
    type: Optional[Mapping[str, str]] = None,
    date_format: Union[Texts, Mapping[str, str]] = (),
    boolean: Optional[TextsByName] = None,
    zero_padded: Text = "text",
    decimal: Optional[Text] = None,
    thousands: Optional[Text] = None,
    number: Texts = (),
    exact: bool = False,
    **others: Any,
) -> Table:
    """Read a CSV file straight into narrow columns; the wide table is never built.

    The options are those of the command `diet`, with underscores. What is not said is found from
    all fields of all rows.

    path: a file, or several of the same columns; `.gz` and `.zst` too, `-` is standard input. Or a
        folder, for all files in it, or a pattern such as `data/*.csv`; or what is open for reading,
        such as `io.BytesIO`.
    columns: only these.
    drop: not these.
    unsigned: allow integers without a sign.
    categories: which columns of few different values other libraries get as categories: `text`, `all`
        or `none`.
    margin: how many times their extremes the types of integers are to hold: `2`, `1.5` or `"2x"`.
    min_bits: integers have no fewer bits: 8, 16, 32 or 64.
    delimiter, quote, escape, comment: characters, or `none` for the last three.
    spaces: what those at the edges of fields mean: `keep`, `quotes`, `initial` or `trim`.
    header: whether the first record names the columns; header_records: how many records it takes.
    encoding: `utf-8`, `latin-1`, `windows-1251`, `shift-jis`, …: what the C library's `iconv` knows.
    invalid_utf8: `error` or `replace`.
    skip: lines to leave out before the header; skip_footer: lines to leave out at the end.
    repeated_headers: `drop` leaves out records that equal the header.
    strict: refuse short, long and oddly quoted records; on_bad_record: `error`, `skip`, or
        `collect=` and the file to write them to.
    engine: `automatic` or `libcsv`.
    max_expansion: how many times their size compressed data may grow to.
    threads: all cores otherwise.
    union_by_name: put columns of the same name together, wherever they stand; what a file has not is
        null in its rows.
    hive_partitioning: whether `key=value` in paths makes columns; in folders and patterns otherwise.
    file_name_column: the name of a column that says which file each row is from.
    null_token: words that are null in every column, or by name: `{"c1": ["-999", "-"]}`.
    type: types of columns by name, as in `{"zip": "string", "price": "decimal(2)"}`.
    date_format: how dates are written, as in `%d/%m/%Y`, in all columns or by name.
    boolean: two words that are true and false, as in `("yes", "no")`.
    zero_padded: what digits behind zeros are: `text` or `numeric`.
    decimal, thousands: the separators in numbers. `boolean`, `zero_padded`, `decimal` and `thousands`
        may be by name, too, as in `decimal={"price": ","}`.
    number: columns of numbers with a sign of money, of percent or a unit beside them, which is left
        out; or `all`: those with a sign of money or percent in every value.
    exact: keep numbers as text where binary64 would lose digits.
    others: pandas' words where they mean the same: `sep`, `usecols`, `na_values`, `quotechar`,
        `escapechar`, `skiprows`, `skipfooter`.

    Raises FileNotFoundError, OSError and its like; InputError where the file is not what the
    options say; OptionError where an option cannot have its value.
    """
    named = {name: value for name, value in locals().items() if name in _defaults}
    given = _given_by_name("read_csv", named, others)
    with _arguments.paths(path) as paths:
        table = Table(_library.read_csv(paths, given))
    if table.shape == (0, 0) and not {"columns", "drop"} & set(given):
        table._notes.append("there is no table in the input: it has no rows and no columns")
    return table


def analyze(source: Union[Paths, Frame], **options: Any) -> Report:
    """Say what each column needs, without keeping any: bytes before and after, and why.

    source: CSV files, with the options of `read_csv`; or a table that another library has in memory,
        such as a frame of pandas or polars (anything with `__arrow_c_stream__`), with the options
        `columns`, `drop`, `unsigned`, `categories`, `margin`, `min_bits` and `threads`.
    """
    given = _given_by_name("analyze", options)
    if hasattr(source, "__arrow_c_stream__"):
        return Report(_library.analyze_stream(_stream(source), _name(source), given))
    with _arguments.paths(source) as paths:
        return Report(_library.analyze_csv(paths, given))


def why(source: Union[Paths, Frame], **options: Any) -> ObstacleReport:
    """Say which values keep columns text, or wide, where they are, and what the columns would be
    without them.

    source: as for `analyze`, with the same options; `columns` are those to look at.
    """
    given = _given_by_name("why", options)
    if hasattr(source, "__arrow_c_stream__"):
        return ObstacleReport(_library.why_stream(_stream(source), _name(source), given))
    with _arguments.paths(source) as paths:
        return ObstacleReport(_library.why_csv(paths, given))


def lean(frame: Frame, **options: Any) -> Table:
    """The lean table of one that another library has in memory; that one stays as it is.

    frame: of pandas, polars, pyarrow, or anything with `__arrow_c_stream__`.
    options: `columns`, `drop`, `unsigned`, `categories`, `margin`, `min_bits` and `threads`, as in
        `read_csv`.
    """
    given = _given_by_name("lean", options)
    if not hasattr(frame, "__arrow_c_stream__"):
        method = _arguments.laziness(frame)
        if method is not None:
            raise TypeError(f"{_name(frame)} is not computed yet: `{method}()` it first")
        raise TypeError(
            f"{_name(frame)} has no `__arrow_c_stream__`; files are read with `read_csv`"
        )
    handle = _library.read_stream(_stream(frame), _name(frame), given)
    table = Table(handle)
    if _name(frame) == "pandas.DataFrame":
        table._take_from_pandas(frame)
    return table


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
        self._notes: list[str] = []
        # Of a frame of pandas: its days go back as days, and these two go back with them.
        self._is_from_pandas = False
        self._attributes: dict[Any, Any] = {}
        self._frequency: Any = None

    def _take_from_pandas(self, frame: Any) -> None:
        """Keep what a frame of pandas has beside its columns."""
        self._is_from_pandas = True
        self._attributes = copy.deepcopy(frame.attrs)
        self._frequency = getattr(frame.index, "freq", None)

    def _growth(self) -> list[str]:
        """A note of the columns that take more in pandas than they did, where there are some."""
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
        return [
            f"larger in pandas than before: {', '.join(grown)}. Keep a column as it was by"
            ' `narrow["c"] = frame["c"]`'
        ]

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
        """What was odd in the input, which arithmetic wraps in silence, and what pandas holds in more
        bytes than the frame had: a sentence each."""
        return [*_library.table_notes(self._handle), *self._notes, *self._growth()]

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


def _stream(frame: Frame) -> object:
    """A frame's capsule. What pandas cannot hand over is said in our words."""
    try:
        return frame.__arrow_c_stream__()
    except (ValueError, TypeError, NotImplementedError, OverflowError) as error:
        if _name(frame) != "pandas.DataFrame":
            raise
        columns = frame.columns  # type: ignore[attr-defined]
        if not columns.is_unique:
            name = columns[columns.duplicated()][0]
            raise InputError(
                f"pandas.DataFrame: the name {name!r} comes more than once; name the columns anew, as"
                " by `df.columns = [...]`"
            ) from error
        if isinstance(error, OverflowError):
            name = next(name for name in columns if _overflows(frame, name))
            raise InputError(
                f"pandas.DataFrame, column `{name}`: it has integers beyond 64 bits; make them text with"
                f" `df[{name!r}].astype(\"str\")`, or leave it out with `df.drop(columns=[{name!r}])`"
            ) from error
        told = [str(part) for part in error.args]
        column = next((c for c in columns if any(f" column {c} with " in part for part in told)), None)
        if column is None:
            raise InputError(f"pandas.DataFrame cannot be handed over: {error}") from error
        raise InputError(
            f"pandas.DataFrame, column `{column}`: its values are of no one type that a column can"
            f" have ({told[0][:1].lower()}{told[0][1:]}); make them text with `df[{column!r}].astype(\"str\")`, or"
            f" leave it out with `df.drop(columns=[{column!r}])`"
        ) from error


def _overflows(frame: Any, name: object) -> bool:
    try:
        frame[[name]].__arrow_c_stream__()
    except OverflowError:
        return True
    return False


def _name(source: object) -> str:
    """What to call a table in memory: `pandas.DataFrame`."""
    kind = source.__class__
    return f"{kind.__module__.split('.')[0]}.{kind.__qualname__}"


_defaults = read_csv.__kwdefaults__


def _given_by_name(
    function: str, options: Mapping[str, Any], others: Mapping[str, Any] = {}
) -> dict[str, Any]:
    """The options that were given, in our words: `others` may be in pandas'."""
    set_options = {
        name: value for name, value in options.items()
        if name not in _defaults or value is not _defaults[name]
    }
    both = [name for name in others if _arguments.SAME.get(name) in set_options]
    if both:
        ours = _arguments.SAME[both[0]]
        raise TypeError(f"{function}() got both '{both[0]}' and '{ours}', which are one")
    return _given(_arguments.ours(function, _defaults, {**set_options, **others}))


def _given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The options that differ from the defaults, as the library takes them."""
    given = {}
    for name, default in _defaults.items():
        value = arguments.get(name, default)
        if value is default:
            continue
        if isinstance(value, Mapping):
            value = {
                key: one if isinstance(one, str) or not isinstance(one, Sequence) else list(one)
                for key, one in value.items()
            }
            for key, one in value.items():
                if not isinstance(one, (str, int, float, list)) and one is not None:
                    raise OptionError(f"{name}: {one!r} for {key!r} is not text")
        elif not isinstance(value, str) and hasattr(value, "tolist"):
            # Of numpy and pandas: numbers, arrays, indices.
            value = value.tolist()
        elif isinstance(value, (Sequence, Set)) and not isinstance(value, str):
            value = list(value)
        elif not isinstance(value, (str, int, float)) and value is not None:
            raise OptionError(f"{name}: a {type(value).__name__} is no value of it")
        given[name] = value
    return given
