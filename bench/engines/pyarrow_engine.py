"""pyarrow: all threads, defaults; diet by narrow integers, float32 and dictionaries with
8/16/32-bit indices."""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from . import DISTINCT, FILES_WITH_LINE_ENDS_IN_FIELDS, SAMPLE, base_name

MEASURE = "get_total_buffer_size()"
INTEGERS = [(pa.int8(), 2**7), (pa.int16(), 2**15), (pa.int32(), 2**31)]


def load(path: str) -> pa.Table:
    """`read_csv` as it is; line ends inside fields allowed only where there are any."""
    parse = pa.csv.ParseOptions(
        newlines_in_values=base_name(path) in FILES_WITH_LINE_ENDS_IN_FIELDS
    )
    return pa.csv.read_csv(path, parse_options=parse)


def held(table: pa.Table) -> int:
    """Bytes of all buffers."""
    return table.get_total_buffer_size()


def narrow(wide: pa.Array) -> pa.Array:
    """The narrowest signed integers that hold all values."""
    bounds = pc.min_max(wide)
    low, high = bounds["min"].as_py(), bounds["max"].as_py()
    for kind, limit in INTEGERS:
        if low is None or -limit <= low and high < limit:
            return wide.cast(kind)
    return wide


def as_dictionary(wide: pa.Array) -> pa.Array:
    """A dictionary with the narrowest indices where that is smaller."""
    sample = wide.slice(0, SAMPLE)
    if pc.count_distinct(sample).as_py() > len(sample) * DISTINCT:
        return wide
    coded = wide.dictionary_encode()
    lean = pa.DictionaryArray.from_arrays(narrow(coded.indices), coded.dictionary)
    return lean if lean.get_total_buffer_size() < wide.get_total_buffer_size() else wide


def lean_column(wide: pa.Array) -> pa.Array:
    """The narrowest exact form of one column."""
    if pa.types.is_integer(wide.type):
        return narrow(wide)
    coded = as_dictionary(wide)
    if coded is wide and pa.types.is_float64(wide.type):
        small = wide.cast(pa.float32(), safe=False)
        return small if same(small, wide) else wide
    return coded


def same(lean: pa.Array, wide: pa.Array) -> bool:
    """Equal in every row, nulls with nulls."""
    back = lean.dictionary_decode() if pa.types.is_dictionary(lean.type) else lean.cast(wide.type)
    return back.equals(wide)


def diet(table: pa.Table) -> pa.Table:
    """Column by column, each checked before it takes the wide one's place."""
    lean = []
    for column in table.columns:
        wide = column.combine_chunks()
        wide = wide if isinstance(wide, pa.Array) else pa.concat_arrays(wide.chunks)
        narrowed = lean_column(wide)
        lean.append(narrowed if narrowed is wide or same(narrowed, wide) else wide)
    return pa.table(lean, names=table.column_names)
