"""How tables are read: from files, and from what other libraries have in memory."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, Mapping, Optional, Protocol, Sequence, Union

from . import _arguments, _library
from ._errors import InputError, OptionError
from ._options import DEFAULTS, Paths
from ._report import ObstacleReport, Report
from ._table import Table


class Frame(Protocol):
    """A table that another library has in memory, in Arrow's PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...


def read(paths: Paths, named: Mapping[str, Any], others: Mapping[str, Any]) -> Table:
    """The table in files: what `read_csv` does.

    named: the options by our names; others: what may be pandas' words.
    """
    given = _given_by_name("read_csv", named, others)
    with _arguments.paths(paths) as names:
        return Table(_library.read_csv(names, given))


def analyze(source: Union[Paths, Frame], **options: Any) -> Report:
    """Say what each column needs, without keeping any: bytes before and after, and why.

    source: CSV files, with the options of `read_csv`; or a table that another library has in memory,
        such as a frame of pandas or polars (anything with `__arrow_c_stream__`), with those options
        that say nothing of text or of files, such as `columns` and `threads`.
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
    options: those of `read_csv` that say nothing of text or of files, such as `columns` and `threads`.
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


def _given_by_name(
    function: str, options: Mapping[str, Any], others: Mapping[str, Any] = {}
) -> dict[str, Any]:
    """The options that were given, in our words: `others` may be in pandas'."""
    set_options = {
        name: value for name, value in options.items()
        if name not in DEFAULTS or value is not DEFAULTS[name]
    }
    both = [name for name in others if _arguments.SAME.get(name) in set_options]
    if both:
        ours = _arguments.SAME[both[0]]
        raise TypeError(f"{function}() got both '{both[0]}' and '{ours}', which are one")
    return _given(_arguments.ours(function, DEFAULTS, {**set_options, **others}))


def _given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The options that differ from the defaults, as the library takes them."""
    given = {}
    for name, default in DEFAULTS.items():
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
