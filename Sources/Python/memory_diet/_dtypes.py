"""dtype_diet's two functions, for pandas 3: propose narrower types for a frame, and apply them.

https://github.com/ianozsvald/dtype_diet gave them their names and signatures. Here a unit is what
it says, nothing that a value would lose by is proposed, and applying checks every value.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Optional, Union

from ._reading import analyze

if TYPE_CHECKING:
    import pandas

_UNITS = {
    "byte": 1,
    "KB": 10**3,
    "kB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "KiB": 2**10,
    "MiB": 2**20,
    "GiB": 2**30,
}


def report_on_dataframe(
    df: pandas.DataFrame,
    unit: str = "MB",
    optimize: str = "memory",
    margin: Union[float, str, None] = None,
    min_bits: Optional[int] = None,
) -> pandas.DataFrame:
    """Say which columns could be of a narrower type without changing a value.

    df: the frame; it stays as it is.
    unit: `byte`, `kB` (`KB`), `MB`, `GB` (powers of 1000) or `KiB`, `MiB`, `GiB` (powers of 1024).
    optimize: `memory`; or `computation`, which leaves out categories and nullable integers, the
        types that numpy does not compute on at once.
    margin: how many times their extremes the types of integers are to hold: `2`, `1.5` or `"2x"`.
    min_bits: integers have no fewer bits: 8, 16, 32 or 64.

    The result has a row for each column, in order: its type and the type proposed, None where there
    is none, the memory of both, and which arithmetic would wrap in silence in the type proposed, such
    as `* 60, ** 2`. Float16 is never proposed: arithmetic on it loses digits at once.
    """
    import pandas

    _check_frame("report_on_dataframe", df)
    if unit not in _UNITS:
        raise ValueError(f"unit: {unit!r} is none of {', '.join(_UNITS)}")
    if optimize not in ("memory", "computation"):
        raise ValueError(f"optimize: {optimize!r} is neither memory nor computation")
    divisor = _UNITS[unit]
    room = _Room(margin, min_bits)
    distinct = _distinct_texts(df) if optimize == "memory" else {}
    rows: list[tuple[Any, ...]] = []
    for place in range(df.shape[1]):
        column = df.iloc[:, place]
        before = _byte_count(column)
        after, name = None, _proposal(column, distinct.get(place), optimize, room)
        if name is not None:
            after = _byte_count(column.astype(name))
            # A category costs a look-up for each value: it has to be a fifth smaller.
            if after * 5 > before * 4 if name == "category" else after >= before:
                after, name = None, None
        saved = None if after is None else before - after
        share = None if saved is None else saved / before * 100
        scaled = [None if n is None else n / divisor for n in (before, after, saved)]
        rows.append((str(column.dtype), name, *scaled, share))
    rows = [(*row, words) for row, words in zip(rows, _wrapping(df, [row[1] for row in rows]))]
    names = [
        "Current dtype",
        "Proposed dtype",
        f"Current Memory ({unit})",
        f"Proposed Memory ({unit})",
        f"Ram Usage Improvement ({unit})",
        "Ram Usage Improvement (%)",
        "Wraps",
    ]
    columns = {
        name: pandas.Series(list(values), dtype=object if place in (0, 1, 6) else float)
        for place, (name, values) in enumerate(zip(names, list(zip(*rows)) or [()] * len(names)))
    }
    report = pandas.DataFrame(columns)
    report.index = _names(df)
    return report


def optimize_dtypes(df: pandas.DataFrame, proposed_df: pandas.DataFrame) -> pandas.DataFrame:
    """A frame with the types that a report proposes; `df` stays as it is.

    proposed_df: what `report_on_dataframe` gave for this frame. Its `Proposed dtype` may be edited.

    Raises ValueError where a value would change: every one is compared.
    """
    _check_frame("optimize_dtypes", df)
    _check_frame("optimize_dtypes", proposed_df)
    if not _same_names(proposed_df, df):
        raise ValueError("the report is of other columns; make it of this frame")
    lean = df.copy(deep=False)
    for place, name in enumerate(proposed_df["Proposed dtype"]):
        if name is None or name != name:
            continue
        column = df.iloc[:, place]
        try:
            converted = column.astype(name)
        except (ValueError, TypeError, OverflowError) as error:
            raise ValueError(f"column {df.columns[place]!r} cannot be {name}: {error}") from error
        row = _first_difference(column, converted)
        if row is not None:
            raise ValueError(
                f"column {df.columns[place]!r} as {name} would change a value: {column.iloc[row]!r} in"
                f" row {row} would be {converted.iloc[row]!r}"
            )
        lean.isetitem(place, converted)
    return lean


def _check_frame(function: str, frame: object) -> None:
    import pandas

    if not isinstance(frame, pandas.DataFrame):
        advice = "; files are read with `pandas.read_csv`" if isinstance(frame, str) else ""
        raise TypeError(f"{function}() takes a frame of pandas, not {type(frame).__name__}{advice}")


def _names(df: pandas.DataFrame) -> pandas.Index:
    """The names of a frame's columns, those of several levels as tuples."""
    import pandas

    return pandas.Index(list(df.columns), name="Column", dtype=object, tupleize_cols=False)


def _same_names(report: pandas.DataFrame, df: pandas.DataFrame) -> bool:
    def plain(name: object) -> object:
        # A name that is missing equals no other, not even itself.
        parts = name if isinstance(name, tuple) else (name,)
        return tuple("missing" if part != part else (part,) for part in parts)

    return [plain(name) for name in report.index] == [plain(name) for name in _names(df)]


def _is_known(kind: Any) -> bool:
    """Whether pandas itself can say what the type is. Of Arrow's newest it cannot."""
    try:
        return kind.type is not None
    except NotImplementedError:
        return False


def _byte_count(column: pandas.Series) -> int:
    return column.memory_usage(index=False, deep=True) if _is_known(column.dtype) else column.nbytes


def _is_text(column: pandas.Series) -> bool:
    import pandas

    if column.dtype == object:
        if pandas.api.types.infer_dtype(column, skipna=True) != "string":
            return False
        try:
            # Half of a surrogate pair is none.
            column.dropna().map(str.encode)
        except UnicodeEncodeError:
            return False
        return True
    return isinstance(column.dtype, pandas.StringDtype) or str(column.dtype) in (
        "string[pyarrow]",
        "large_string[pyarrow]",
    )


def _distinct_texts(df: pandas.DataFrame) -> dict[int, int]:
    """How many different texts each column of text has, by its place."""
    import pandas

    places = [place for place in range(df.shape[1]) if _is_text(df.iloc[:, place])]
    if not places:
        return {}
    texts = pandas.DataFrame({str(place): df.iloc[:, place] for place in places})
    columns = analyze(texts.reset_index(drop=True)).to_dict()["columns"]
    return {int(column["name"]): column["distinct"] for column in columns}


class _Room:
    """What integers get beyond their values."""

    def __init__(self, margin: Union[float, str, None], min_bits: Optional[int]) -> None:
        number = "1" if margin is None else str(margin).removesuffix("x")
        try:
            self.margin = Fraction(0 if "/" in number else number)
        except ValueError:
            self.margin = Fraction(0)
        if self.margin < 1:
            raise ValueError(f"margin: {margin!r} is no factor of 1 or more, such as 2 or '1.5x'")
        if min_bits not in (None, 8, 16, 32, 64):
            raise ValueError(f"min_bits: {min_bits!r} is none of 8, 16, 32, 64")
        self.min_bits = min_bits or 8

    def bits(self, low: int, high: int, is_signed: bool) -> Optional[int]:
        """The bits of the narrowest type that gives values their room; None where that is the widest."""
        low, high = min(low, low * self.margin), max(high, high * self.margin)
        for bits in (8, 16, 32):
            least, most = _limits(bits, is_signed)
            if bits >= self.min_bits and least <= low and high <= most:
                return bits
        return None


def _limits(bits: int, is_signed: bool) -> tuple[int, int]:
    return (-(1 << bits - 1), (1 << bits - 1) - 1) if is_signed else (0, (1 << bits) - 1)


def _wrapping(df: pandas.DataFrame, proposed: list[Optional[str]]) -> list[Optional[str]]:
    """Which arithmetic on each column would wrap in silence once it is of the type proposed."""
    import numpy
    import pandas

    columns: list[Optional[tuple[Any, int, int]]] = []
    for place, name in enumerate(proposed):
        column = df.iloc[:, place]
        kind = pandas.api.types.pandas_dtype(name or column.dtype)
        # Arrow's types widen, or say so. 64 bits are those of a frame without a diet.
        number = None if isinstance(kind, pandas.ArrowDtype) else getattr(kind, "numpy_dtype", kind)
        if (
            not isinstance(number, numpy.dtype)
            or number.kind not in "iu"
            or number.itemsize == 8
            or column.isna().all()
        ):
            columns.append(None)
        else:
            columns.append((kind, int(column.min()), int(column.max())))
    lows: dict[Any, list[int]] = {}
    highs: dict[Any, list[int]] = {}
    for found in columns:
        if found is not None:
            lows[found[0]] = sorted([*lows.get(found[0], []), found[1]])[:2]
            highs[found[0]] = sorted([*highs.get(found[0], []), found[2]])[-2:]
    words: list[Optional[str]] = []
    for found in columns:
        if found is None:
            words.append(None)
            continue
        kind, low, high = found
        least, most = _limits(kind.itemsize * 8, not pandas.api.types.is_unsigned_integer_dtype(kind))
        results = {"* 60": (low * 60, high * 60), "** 2": (0, max(low * low, high * high))}
        if len(lows[kind]) == 2:
            # The nearest that another column of the type comes to its ends.
            other = (lows[kind][low == lows[kind][0]], highs[kind][high != highs[kind][1]])
            results["+"] = (low + other[0], high + other[1])
        wraps = [word for word, (a, b) in results.items() if a < least or b > most]
        words.append(", ".join(wraps) or None)
    return words


def _proposal(
    column: pandas.Series, distinct: Optional[int], optimize: str, room: _Room
) -> Optional[str]:
    """The name of a narrower type that holds every value; None where there is none."""
    import numpy
    import pandas

    kind = column.dtype
    if distinct is not None:
        return "category" if 0 < distinct < len(column) else None
    if kind == object:
        if pandas.api.types.infer_dtype(column, skipna=True) != "boolean":
            return None
        return "boolean" if column.isna().any() else "bool"
    if not _is_known(kind) or isinstance(kind, pandas.SparseDtype):
        return None
    if kind == numpy.longdouble:
        # Who asks for it wants to compute in its digits.
        return None
    if pandas.api.types.is_bool_dtype(kind) or not pandas.api.types.is_numeric_dtype(kind):
        return None
    if pandas.api.types.is_integer_dtype(kind):
        return _narrow_integer(kind, column, room)
    if pandas.api.types.is_float_dtype(kind):
        return _narrow_float(kind, column, optimize, room)
    return None


def _narrow_integer(kind: Any, column: pandas.Series, room: _Room) -> Optional[str]:
    import pandas

    if column.isna().all():
        return None
    is_signed = not pandas.api.types.is_unsigned_integer_dtype(kind)
    bits = room.bits(int(column.min()), int(column.max()), is_signed)
    if bits is None:
        return None
    name = f"{'' if is_signed else 'u'}int{bits}"
    return _in_family(kind, name)


def _narrow_float(
    kind: Any, column: pandas.Series, optimize: str, room: _Room
) -> Optional[str]:
    import numpy

    values = column.dropna().to_numpy(dtype=numpy.float64)
    if not len(values):
        return None
    has_nulls = len(values) < len(column)
    is_whole = numpy.isfinite(values).all() and (values == numpy.floor(values)).all()
    # -0.0 is no integer.
    if is_whole and not (numpy.signbit(values) & (values == 0)).any():
        bits = room.bits(int(values.min()), int(values.max()), is_signed=True)
        if bits is not None and not has_nulls:
            return _in_family(kind, f"int{bits}")
        if bits is not None and optimize == "memory":
            name = _in_family(kind, f"int{bits}")
            return name.replace("int", "Int") if name.startswith("int") and "[" not in name else name
    if optimize == "computation":
        # What is computed of 32 bits has 32 bits.
        return None
    with numpy.errstate(over="ignore"):
        narrow = values.astype(numpy.float32).astype(numpy.float64)
    return _in_family(kind, "float32") if (narrow == values).all() else None


def _in_family(kind: Any, name: str) -> Optional[str]:
    """The type of that name beside `kind`: numpy's, nullable, or Arrow's."""
    import pandas

    if isinstance(kind, pandas.ArrowDtype):
        return f"{'float' if name == 'float32' else name}[pyarrow]"
    if isinstance(kind, pandas.api.extensions.ExtensionDtype):
        return name.replace("uint", "UInt") if name[0] == "u" else name[0].upper() + name[1:]
    return name


def _first_difference(before: pandas.Series, after: pandas.Series) -> Optional[int]:
    """The first row whose value is another one; None where there is none."""
    import numpy
    import pandas

    missing = before.isna().to_numpy()
    differs = missing != after.isna().to_numpy()
    if not differs.any():
        present = numpy.flatnonzero(~missing)
        old, new = before.iloc[present], after.iloc[present]
        if isinstance(after.dtype, pandas.CategoricalDtype):
            # Each category is compared with the values that it stands for.
            new = new.cat.categories.take(new.cat.codes)
        numeric = pandas.api.types.is_float_dtype(before.dtype)
        common = numpy.longdouble if before.dtype == numpy.longdouble else numpy.float64
        a = old.to_numpy(dtype=common if numeric else object)
        b = numpy.asarray(new, dtype=common if numeric else object)
        unequal = a != b
        if numeric:
            unequal |= (numpy.signbit(a) != numpy.signbit(b)) & (a == 0)
        differs = numpy.zeros(len(before), dtype=bool)
        differs[present] = unequal
    rows = numpy.flatnonzero(differs)
    return int(rows[0]) if len(rows) else None
