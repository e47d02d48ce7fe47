"""What callers say: pandas' words for our options, names that were mistyped, and sources."""

from __future__ import annotations

import codecs
import contextlib
import difflib
import numbers
import os
import re
import shutil
import tempfile
from typing import Any, Collection, Iterator, Mapping, Optional

from ._errors import InputError, OptionError

# pandas' words that mean just what ours do.
SAME = {
    "sep": "delimiter",
    "usecols": "columns",
    "na_values": "null_token",
    "quotechar": "quote",
    "escapechar": "escape",
    "skiprows": "skip",
    "skipfooter": "skip_footer",
}

# Words of pandas that have no equal here, and what there is instead.
OTHERS = {
    "dtype": "types are found from all rows; `type={'zip': 'string'}` settles one",
    "dtype_backend": "`to_pandas()` gives numpy's types, Arrow's where numpy has none",
    "nrows": "all rows are read; `table.to_pandas().head(n)` takes the first",
    "n_rows": "all rows are read; `head(n)` of the frame takes the first",
    "names": "names are those of the header; rename columns of `to_pandas()`",
    "index_col": "a table has no index; use `to_pandas().set_index(…)`",
    "parse_dates": "dates are found from all rows; `date_format=` says how they are written",
    "dayfirst": "`date_format='%d/%m/%Y'` says how dates are written",
    "converters": "columns are converted after `to_pandas()`",
    "chunksize": "the lean table is read as a whole",
    "iterator": "the lean table is read as a whole",
    "plan": "types are found from all rows; `read_csv(…).apply_plan(plan)` stores the table as a plan says",
    "storage": "`policy=` is `fast`, `packed` or `smallest`: how densely columns are held",
    "low_memory": "types are always those of all rows",
    "memory_map": "files are read in blocks",
    "compression": "compressed files are told by their first bytes",
    "keep_default_na": "`NA` and its like are null only where the column is not text",
    "true_values": "`boolean=('yes', 'no')` names both words",
    "false_values": "`boolean=('yes', 'no')` names both words",
    "on_bad_lines": "`on_bad_record=` is `error`, `skip`, or `collect=` and a file",
    "encoding_errors": "`invalid_utf8=` is `error` or `replace`",
    "skip_blank_lines": "blank lines are no records where there are several columns",
    "skipinitialspace": "`spaces='initial'` leaves those out",
    "schema": "types are found from all rows; `type={'zip': 'string'}` settles one",
    "schema_overrides": "types are found from all rows; `type={'zip': 'string'}` settles one",
    "assume_missing": "types are found from all rows, missing values too",
    "sample": "types are found from all rows",
    "sample_rows": "types are found from all rows",
    "infer_schema_length": "types are found from all rows",
    "storage_options": "open the file with them, as by `fsspec.open(url, **options).open()`, and read that; `scan_csv`,"
    " `profile` and `dask.read_csv` take URLs",
    "include_path_column": "`file_name_column=` names a column for that",
}

# What there is instead where frames are lazy.
_PLANNED = (
    "types are found from all rows; to settle one, make the plan as by `diet plan FILES --type zip=string"
    " -o plan.json`, and give that as `plan=`"
)
OTHERS_OF_LAZY = {
    "dtype": _PLANNED,
    "schema": _PLANNED,
    "schema_overrides": _PLANNED,
    "nrows": OTHERS["n_rows"],
    "names": "names are those of the header; `rename` of the frame gives others",
    "index_col": "a table has no index; `set_index` of the frame makes one",
    "converters": "columns are converted in the frame",
    "chunksize": "`blocksize=` says how much is read at once",
    "iterator": "`blocksize=` says how much is read at once",
}
# Words of the readers that these engines have themselves.
OTHERS_OF_ENGINES = {
    "spark": {
        "inferSchema": "types are found from all rows",
        "samplingRatio": "types are found from all rows",
        "multiLine": "line ends within quotes are always read",
        "nullValue": "`null_token=` names words that are null",
        "emptyValue": "an empty field in quotes is text, another is null",
        "dateFormat": _PLANNED.replace("--type zip=string", "--date-format %d/%m/%Y"),
        "timestampFormat": _PLANNED.replace("--type zip=string", "--date-format %d/%m/%Y"),
        "mode": "what does not fit is an error; with `plan=` and `blocksize=None`, `on_bad_record='skip'` leaves it out",
        "lineSep": "line ends are told from the text",
        "ignoreLeadingWhiteSpace": "`spaces=` says how spaces around fields are read",
        "ignoreTrailingWhiteSpace": "`spaces=` says how spaces around fields are read",
        "recursiveFileLookup": "a folder is read with those within it; keys in paths are columns",
        "pathGlobFilter": "the path may be a pattern such as `data/**/*.csv`",
    },
    "ray": {
        "override_num_blocks": "`blocksize=` says how much a task reads",
        "parallelism": "`blocksize=` says how much a task reads",
        "include_paths": OTHERS["include_path_column"],
        "partitioning": "keys in paths are columns; `hive_partitioning=False` leaves them out",
        "filesystem": OTHERS["storage_options"],
        "arrow_csv_args": "`delimiter=`, `quote=` and the like say how text is read",
        "file_extensions": "the path may be a pattern such as `data/**/*.csv`",
    },
}
LAZY = frozenset({"scan_csv", "dask.read_csv", "spark.read_csv", "ray.read_csv"})


def ours(function: str, known: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The options in our words.

    Raises TypeError for names that are none, with the one that may be meant.
    """
    options = {}
    for name, value in given.items():
        if name not in known:
            name = _renamed(function, known, name)
        if name in options:
            raise TypeError(f"{function}() got '{name}' twice, once in pandas' word for it")
        options[name] = value
    if isinstance(options.get("header", 0), str) and options["header"] == "infer":
        del options["header"]
    if "header" in options:
        options["header"] = _header(options["header"])
    if isinstance(options.get("encoding"), str):
        options["encoding"] = _encoding(options["encoding"])
    for name, value in options.items():
        if callable(value):
            wanted = "names of columns" if name in ("columns", "drop") else "a value"
            raise TypeError(f"{function}() takes {wanted} for '{name}', not a function")
    for name in ("columns", "drop"):
        _check_names(function, name, options.get(name))
    return options


def _header(value: Any) -> Any:
    """Our word for what pandas says of the header: its number, None where there is none."""
    if value is None:
        return False
    return True if type(value) is int and value == 0 else value


def _check_names(function: str, option: str, value: Any) -> None:
    """Raises OptionError where columns are given by their places, which pandas allows."""
    one = value if isinstance(value, numbers.Number) else None
    if one is None and isinstance(value, Collection) and not isinstance(value, str):
        one = next((part for part in value if isinstance(part, numbers.Number)), None)
    if one is not None:
        raise OptionError(
            f"{option}: {one} is no name; {function}() takes names of columns, not their places, as in"
            f' `{option}=["price"]`'
        )


def _renamed(function: str, known: Mapping[str, Any], name: str) -> str:
    if SAME.get(name) in known:
        return SAME[name]
    message = f"{function}() got an unexpected keyword argument '{name}'"
    others = {**OTHERS, **OTHERS_OF_LAZY} if function in LAZY else OTHERS
    others = {**others, **OTHERS_OF_ENGINES.get(function.partition(".")[0], {})}
    if name in others:
        raise TypeError(f"{message}: {others[name]}")
    near = difflib.get_close_matches(name, [*known, *SAME], n=1)
    raise TypeError(message + (f". Did you mean '{near[0]}'?" if near else ""))


def _encoding(name: str) -> str:
    """Our name of an encoding that Python knows by another."""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return name
    ours = {
        "utf-8-sig": "utf-8",
        "ascii": "utf-8",
        "iso8859-1": "latin-1",
        "cp1252": "windows-1252",
        "utf-16-le": "utf-16le",
        "utf-16-be": "utf-16be",
    }
    return ours.get(known, known if known == "utf-8" else name)


@contextlib.contextmanager
def paths(source: Any) -> Iterator[list[str]]:
    """The paths of one file or several; what an open file holds is written to a temporary one.

    Raises TypeError for what is neither.
    """
    sources = [source] if _is_one(source) else list(source)
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(_path(one)) for one in sources]


def _is_one(source: Any) -> bool:
    if isinstance(source, (bytes, bytearray, memoryview)):
        raise TypeError("bytes are neither a path nor a file: give io.BytesIO(data), or os.fsdecode(path)")
    if isinstance(source, (str, os.PathLike)) or hasattr(source, "read"):
        return True
    _refuse_frame(source)
    if isinstance(source, Mapping) or not hasattr(source, "__iter__"):
        raise TypeError(f"{type(source).__name__} is no path, no open file, and no list of them")
    return False


def is_url(path: Any) -> bool:
    """Whether fsspec is to read it; `simplecache::https://…`, too."""
    return isinstance(path, str) and re.match(r"[A-Za-z][A-Za-z0-9+.-]+:(//|:)", path) is not None


def laziness(source: object) -> Optional[str]:
    """The method that computes a frame which is not yet computed; None where it is no such frame."""
    kind = type(source)
    if kind.__name__ == "LazyFrame":
        return "collect"
    return "compute" if kind.__module__.split(".")[0] in ("dask", "dask_expr") else None


def _refuse_frame(source: object) -> None:
    name = type(source).__name__
    method = laziness(source)
    if method is not None:
        raise TypeError(
            f"{name} is not computed yet: `{method}()` it first; `lean`, `analyze` and `why` take what"
            " that gives"
        )
    if hasattr(source, "__arrow_c_stream__"):
        raise TypeError(
            f"{name} is no file but in memory already: `lean`, `analyze` and `why` take it, one at a time"
        )


@contextlib.contextmanager
def _path(source: Any) -> Iterator[str]:
    if not hasattr(source, "read"):
        if isinstance(source, bytes):
            _is_one(source)
        _refuse_frame(source)
        path = os.fspath(source)
        if is_url(path):
            raise TypeError(f"{path} is a URL: open it, for example with fsspec, and give the open file")
        yield os.fsdecode(path)
        return
    with tempfile.NamedTemporaryFile(prefix="memory-diet-") as file:
        start = source.read(1 << 20)
        if not start and _is_past_start(source):
            raise InputError(
                f"{type(source).__name__} was read to its end already; `seek(0)` takes it back to its start"
            )
        if isinstance(start, str):
            while start:
                file.write(start.encode("utf-8"))
                start = source.read(1 << 20)
        else:
            file.write(start)
            shutil.copyfileobj(source, file, 1 << 20)
        file.flush()
        try:
            yield file.name
        except InputError as error:
            # The path is nobody's.
            raise InputError(str(error).replace(file.name, type(source).__name__)) from None


def _is_past_start(source: Any) -> bool:
    """Whether an open file has something before the place where it is; False where it cannot say."""
    try:
        return source.tell() > 0
    except (AttributeError, OSError, ValueError):
        return False
