"""The values of arrays as the tests compare them."""

import pyarrow


def texts(array):
    """The values of a pyarrow array, null as None: integers in digits, dates as days and times as
    nanoseconds, because engines choose their own units; floats as repr; decimals in digits; text as
    it is."""
    if isinstance(array, pyarrow.ChunkedArray):
        array = array.combine_chunks()
        if isinstance(array, pyarrow.ChunkedArray):
            array = pyarrow.array([], array.type)
    if pyarrow.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind = array.type
    if pyarrow.types.is_date64(kind):
        array = array.cast(pyarrow.date32()).cast(pyarrow.int32())
    elif pyarrow.types.is_date32(kind):
        array = array.cast(pyarrow.int32())
    elif pyarrow.types.is_temporal(kind):
        factor = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}[kind.unit]
        width = pyarrow.int32() if pyarrow.types.is_time32(kind) else pyarrow.int64()
        return [None if v is None else str(v * factor) for v in array.cast(width).to_pylist()]
    if pyarrow.types.is_float16(kind):
        array = array.cast(pyarrow.float32())
    if pyarrow.types.is_floating(kind):
        return [None if v is None else repr(v) for v in array.to_pylist()]
    if pyarrow.types.is_boolean(kind):
        return [None if v is None else str(int(v)) for v in array.to_pylist()]
    if pyarrow.types.is_fixed_size_binary(kind) or pyarrow.types.is_binary(kind):
        return [None if v is None else v.decode() for v in array.to_pylist()]
    return [None if v is None else format(v, "f") if pyarrow.types.is_decimal(kind) else str(v)
            for v in array.to_pylist()]
