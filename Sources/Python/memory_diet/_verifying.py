"""Files held against the tables that they were written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _computing, _library
from ._errors import InputError

if TYPE_CHECKING:
    from ._table import Table


def verify(table: Table, path: str) -> None:
    """Raises where a file does not have the values of a table."""
    if path.endswith(".csv"):
        # Text has no types: it is read as what the columns are.
        plan = table.plan()
        found = _library.read_csv_part(path, (0, 2**63 - 1), None, plan, {})
    else:
        found = _library.read_csv([path], {})
    answer = _computing.answer([table._handle, found], "equal")
    if answer["equal"]:
        return
    mine, theirs = answer["rows"]
    if mine != theirs:
        raise InputError(f"{path}: it has {theirs:,} rows, the table has {mine:,}")
    names = _library.table_names(found)
    if names != table.columns:
        raise InputError(f"{path}: its columns are {', '.join(names)}, those of the table {', '.join(table.columns)}")
    raise InputError(f"{path}: column `{answer['column']}` has other values than the table")
