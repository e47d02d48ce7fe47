"""What the library computes of tables, by the C interface: operations give tables, questions values."""

from __future__ import annotations

import ctypes
import json
import os
from typing import TYPE_CHECKING, Any, Iterable, Optional, Sequence

from . import _interruptible
from ._errors import OptionError
from ._library import (
    CancellationHandle,
    TableHandle,
    _cancel,
    _cancellation_new,
    _checked,
    _declare,
    _error,
    _made,
    _pointer,
    _taken,
    _text,
)
from ._values import values
if TYPE_CHECKING:
    from ._table import Table

_tables = ctypes.POINTER(ctypes.c_void_p)
_compute = _declare(
    "diet_table_compute", _pointer, _tables, ctypes.c_int64, _text, CancellationHandle, _error
)
_answer = _declare(
    "diet_table_answer", _pointer, _tables, ctypes.c_int64, _text, CancellationHandle, _error
)
_write = _declare("diet_table_write", ctypes.c_bool, TableHandle, _text, _text, CancellationHandle, _error)

_verify = _declare("diet_table_verify", ctypes.c_bool, TableHandle, _text, CancellationHandle, _error)


def _handed(tables: Sequence[TableHandle], words: dict[str, Any]) -> tuple:
    pointers = [TableHandle.from_param(table) for table in tables]
    array = (ctypes.c_void_p * len(pointers))(*pointers)
    # A call that Ctrl-C leaves behind goes on with them.
    setattr(array, "kept", list(tables))
    try:
        request = json.dumps(words, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise OptionError(f"{error.object[error.start : error.end]!r} is half a character: no text has it") from None
    return array, len(pointers), request


def compute(tables: Sequence[TableHandle], do: str, **words: Any) -> TableHandle:
    """The table that an operation makes of others."""
    return _made(TableHandle, _compute, *_handed(tables, {"do": do, **words}))


def answer(tables: Sequence[TableHandle], ask: str, **words: Any) -> Any:
    """What a question is answered with, as JSON has it."""
    handed = _handed(tables, {"ask": ask, **words})
    text = _interruptible.run(
        lambda cancellation: _taken(_checked(_answer, *handed, cancellation)),
        lambda: CancellationHandle.owning(_cancellation_new()),
        _cancel,
    )
    return json.loads(text)


def scalar(table: TableHandle, ask: str, **words: Any) -> Any:
    """One value."""
    return values(answer([table], ask, **words))[0]


def write(table: TableHandle, path: str, compression: Optional[str]) -> None:
    """Writes the table to a file."""
    name = os.fsencode(path)
    if b"\0" in name:
        raise ValueError("a path has a zero byte in it")
    way = None if compression is None else compression.encode("utf-8")
    _interruptible.run(
        lambda cancellation: _checked(_write, table, name, way, cancellation),
        lambda: CancellationHandle.owning(_cancellation_new()),
        _cancel,
    )


def verify(table: TableHandle, path: str) -> None:
    """Compares a file with the table; raises where they differ."""
    os.stat(path)
    name = os.fsencode(path)
    _interruptible.run(
        lambda cancellation: _checked(_verify, table, name, cancellation),
        lambda: CancellationHandle.owning(_cancellation_new()),
        _cancel,
    )


def concat(tables: Iterable[Table], *, fill_missing: bool = False) -> Table:
    """The rows of tables, one after the other. Columns are matched by their names, in the order of the first.

    fill_missing: a column that a table does not have is null in its rows; otherwise that is an error.
    """
    from ._table import Table

    given = list(tables)
    for table in given:
        if not isinstance(table, Table):
            raise TypeError(f"tables are put together, as `concat([january, february])`, not a {type(table).__name__}")
    if not given:
        raise TypeError("concat() takes a table at least")
    return given[0]._computed("concat", *given[1:], fill_missing=bool(fill_missing))
