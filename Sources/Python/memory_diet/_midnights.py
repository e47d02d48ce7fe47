"""Days and numbers of tables in memory that pandas may have for its own."""

from __future__ import annotations

import json
import mmap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    import pyarrow


def with_midnights(table: pyarrow.Table) -> pyarrow.Table:
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


def own(values: numpy.ndarray) -> numpy.ndarray:
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
