"""The library `libdietc.so` by its C interface, `Sources/CDiet/include/CDiet.h`.

Calls go through `ctypes.CDLL`, which lets other threads of Python run meanwhile.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import weakref
from typing import Any, Iterator, Mapping, Optional, Sequence

from . import _interruptible
from ._errors import InputError, exception
from ._remote import Name, Remote



def _load() -> ctypes.CDLL:
    """The library beside this file, or the one that `MEMORY_DIET_LIBRARY` names."""
    path = os.environ.get("MEMORY_DIET_LIBRARY") or os.path.join(
        os.path.dirname(os.path.abspath(__file__)), "libdietc.so"
    )
    try:
        return ctypes.CDLL(path)
    except OSError as error:
        raise ImportError(
            f"memory_diet cannot load its library: {error}; `make wheel` builds a package that has it"
        ) from error


_lib = _load()

_pointer = ctypes.c_void_p
_text = ctypes.c_char_p
_paths = ctypes.POINTER(ctypes.c_char_p)
_error = ctypes.POINTER(ctypes.c_void_p)


def _declare(name: str, result: Any, *arguments: Any) -> Any:
    function = getattr(_lib, name)
    function.restype = result
    function.argtypes = arguments
    return function


class _Freeing(weakref.ref):
    """Frees a pointer with the handle that has it: ctypes takes the reference itself for the pointer."""

    __slots__ = ("_as_parameter_",)


class _Watch(weakref.ref):
    """Keeps what frees a handle until the handle is gone.

    Both are called by C alone, without an instruction of Python between which a signal could be handled: the
    interpreter swallows what is raised there, as it would for `weakref.finalize`, and Ctrl-C would be lost.
    When the interpreter ends, nothing is freed: another thread may still be in a call.
    """

    __slots__ = ("_freeing",)

    def __new__(cls, handle: Handle, pointer: int) -> _Watch:
        watch = super().__new__(cls, handle, _watched.discard)
        watch._freeing = _Freeing(handle, handle._free)
        watch._freeing._as_parameter_ = pointer
        return watch

    def __init__(self, handle: Handle, pointer: int) -> None:
        super().__init__(handle, _watched.discard)


_watched: set[_Watch] = set()


class Handle:
    """What the library handed out: freed with the last object that has it.

    Copies of a table share its handle; nothing else can be taken for one.
    """

    _free: Any = None
    _pointer: int

    def __init__(self) -> None:
        raise TypeError("handles are made by the library: read_csv, lean and analyze give tables and reports")

    @classmethod
    def owning(cls, pointer: int) -> Handle:
        """The handle of what the library has just made."""
        handle = object.__new__(cls)
        handle._pointer = pointer
        _watched.add(_Watch(handle, pointer))
        return handle

    @classmethod
    def from_param(cls, handle: object) -> ctypes.c_void_p:
        """For ctypes: the pointer."""
        if type(handle) is not cls:
            raise TypeError(f"{handle!r} is not what the library made")
        return ctypes.c_void_p(handle._pointer)

    def __copy__(self) -> Handle:
        return self

    def __deepcopy__(self, memo: object) -> Handle:
        return self

    def __reduce__(self) -> Any:
        raise TypeError(
            "what the library holds in memory cannot be pickled: pickle `table.to_arrow()`,"
            " `table.to_pandas()` or `report.to_dict()`, or let each process read the file"
        )


class TableHandle(Handle):
    _free = staticmethod(_declare("diet_table_free", None, _pointer))


class ReportHandle(Handle):
    _free = staticmethod(_declare("diet_report_free", None, _pointer))


class ObstacleReportHandle(Handle):
    _free = staticmethod(_declare("diet_obstacle_report_free", None, _pointer))


class ProfileHandle(Handle):
    _free = staticmethod(_declare("diet_profile_free", None, _pointer))


class OptionalHandle(Handle):
    """One that a call does without where it is None."""

    @classmethod
    def from_param(cls, handle: object) -> Optional[ctypes.c_void_p]:
        return None if handle is None else super().from_param(handle)


class ScanHandle(OptionalHandle):
    _free = staticmethod(_declare("diet_scan_free", None, _pointer))


class CancellationHandle(OptionalHandle):
    _free = staticmethod(_declare("diet_cancellation_free", None, _pointer))


_version = _declare("diet_version", _text)
_live_object_count = _declare("diet_live_object_count", ctypes.c_int64)
_read_csv = _declare("diet_read_csv", _pointer, _paths, ctypes.c_int64, _text, CancellationHandle, _error)
_analyze_csv = _declare("diet_analyze_csv", _pointer, _paths, ctypes.c_int64, _text, CancellationHandle, _error)
_read_stream = _declare("diet_read_stream", _pointer, _pointer, _text, _text, CancellationHandle, _error)
_analyze_stream = _declare("diet_analyze_stream", _pointer, _pointer, _text, _text, CancellationHandle, _error)
_plan_csv = _declare("diet_plan_csv", _pointer, _paths, ctypes.c_int64, _text, CancellationHandle, _error)
_why_csv = _declare("diet_why_csv", _pointer, _paths, ctypes.c_int64, _text, CancellationHandle, _error)
_why_stream = _declare("diet_why_stream", _pointer, _pointer, _text, _text, CancellationHandle, _error)
_ReadAt = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_int64, ctypes.c_void_p, ctypes.c_int64)


class _Source(ctypes.Structure):
    """`diet_source`: a text that is asked for its bytes."""

    _fields_ = [("byte_count", ctypes.c_int64), ("read_at", _ReadAt), ("context", ctypes.c_void_p)]


_range = (_text, ctypes.POINTER(_Source), ctypes.c_int64, ctypes.c_int64)
_scan_csv = _declare("diet_scan_csv", _pointer, *_range, _text, CancellationHandle, _error)
_scan_from_bytes = _declare("diet_scan_from_bytes", _pointer, _text, ctypes.c_int64, _error)
_scan_bytes = _declare("diet_scan_bytes", _pointer, ScanHandle, ctypes.POINTER(ctypes.c_int64))
_scan_merge = _declare("diet_scan_merge", _pointer, ScanHandle, ScanHandle, _error)
_scan_part = _declare("diet_scan_part", _pointer, ScanHandle, ctypes.c_int64)
_profile_csv = _declare(
    "diet_profile_csv", _pointer, *_range, ScanHandle, ctypes.c_bool, _text, CancellationHandle, _error
)
_profile_from_bytes = _declare("diet_profile_from_bytes", _pointer, _text, ctypes.c_int64, _error)
_profile_bytes = _declare("diet_profile_bytes", _pointer, ProfileHandle, ctypes.POINTER(ctypes.c_int64))
_profile_merge = _declare("diet_profile_merge", _pointer, ProfileHandle, ProfileHandle, _error)
_profile_row_count = _declare("diet_profile_row_count", ctypes.c_int64, ProfileHandle)
_profile_is_lacking = _declare("diet_profile_is_lacking", ctypes.c_bool, ProfileHandle)
_profile_report = _declare("diet_profile_report", _pointer, ProfileHandle, _text, _error)
_profile_plan = _declare("diet_profile_plan", _pointer, ProfileHandle, _text, _error)
_read_csv_part = _declare(
    "diet_read_csv_part", _pointer, *_range, ScanHandle, _text, _text, CancellationHandle, _error
)
_write_csv_part = _declare(
    "diet_write_csv_part",
    ctypes.c_bool, *_range, ScanHandle, _text, _text, _text, _text, CancellationHandle, _error,
)
_cancellation_new = _declare("diet_cancellation_new", _pointer)
_cancel = _declare("diet_cancellation_cancel", None, CancellationHandle)
_table_notes = _declare("diet_table_notes", _pointer, TableHandle)
_report_notes = _declare("diet_report_notes", _pointer, ReportHandle)
_table_anomalies = _declare("diet_table_anomalies", _pointer, TableHandle)
_table_report = _declare("diet_table_report", _pointer, TableHandle, _error)
_report_text = _declare("diet_report_text", _pointer, ReportHandle, _text, _error)
_obstacle_report_text = _declare(
    "diet_obstacle_report_text", _pointer, ObstacleReportHandle, _text, _error
)
_error_code = _declare("diet_error_get_code", ctypes.c_int32, _pointer)
_error_message = _declare("diet_error_get_message", _text, _pointer)
_error_free = _declare("diet_error_free", None, _pointer)
_text_free = _declare("diet_text_free", None, _pointer)
_export_schema = _declare("diet_table_export_schema", ctypes.c_bool, TableHandle, _pointer, _error)
_export_stream = _declare("diet_table_export_stream", ctypes.c_bool, TableHandle, _pointer, _error)
_export_columns = _declare(
    "diet_table_export_columns", ctypes.c_bool, TableHandle, _text, ctypes.POINTER(_pointer), _error
)
_schema_new = _declare("diet_schema_new", _pointer)
_schema_free = _declare("diet_schema_free", None, _pointer)
_stream_new = _declare("diet_stream_new", _pointer)
_stream_free = _declare("diet_stream_free", None, _pointer)

table_row_count = _declare("diet_table_row_count", ctypes.c_int64, TableHandle)
table_column_count = _declare("diet_table_column_count", ctypes.c_int64, TableHandle)
table_byte_count = _declare("diet_table_byte_count", ctypes.c_int64, TableHandle)


def _checked(function: Any, *arguments: Any) -> Any:
    """What `function` gives; where it fails, the exception for its error."""
    error = ctypes.c_void_p()
    result = function(*arguments, ctypes.byref(error))
    if error.value is None:
        return result
    try:
        code, message = _error_code(error), _error_message(error)
    finally:
        _error_free(error)
    raise exception(code, message.decode("utf-8"))


def _made(handle: Any, function: Any, *arguments: Any) -> Any:
    """The handle of what `function` makes, which takes its time."""
    return _interruptible.run(
        lambda cancellation: handle.owning(_checked(function, *arguments, cancellation)),
        lambda: CancellationHandle.owning(_cancellation_new()),
        _cancel,
    )


def _taken(text: int) -> str:
    """A text that the library gave, which is freed."""
    try:
        return ctypes.string_at(text).decode("utf-8")
    finally:
        _text_free(text)


def _taken_bytes(function: Any, handle: Handle) -> bytes:
    """Bytes that the library gave, which are freed."""
    count = ctypes.c_int64()
    data = function(handle, ctypes.byref(count))
    try:
        return ctypes.string_at(data, count.value)
    finally:
        _text_free(data)


def version() -> str:
    """The version of the library."""
    return _version().decode("utf-8")


def live_object_count() -> int:
    """How many objects the library has handed out that nobody has given back.

    Tables, reports, and what Arrow's consumers still hold of them. 0 when all is released: a way to
    find what keeps memory alive.
    """
    return _live_object_count()


def _request(paths: Sequence[str], options: Mapping[str, Any]) -> tuple:
    encoded = [os.fsencode(path) for path in paths]
    for path in encoded:
        if b"\0" in path:
            raise ValueError("a path has a zero byte in it")
    array = (ctypes.c_char_p * len(encoded))(*encoded)
    return array, len(encoded), json.dumps(options).encode("utf-8")


def read_csv(paths: Sequence[str], options: Mapping[str, Any]) -> TableHandle:
    """A table."""
    return _made(TableHandle, _read_csv, *_request(paths, options))


def analyze_csv(paths: Sequence[str], options: Mapping[str, Any]) -> ReportHandle:
    """A report."""
    return _made(ReportHandle, _analyze_csv, *_request(paths, options))


def plan_csv(paths: Sequence[str], options: Mapping[str, Any]) -> str:
    """A plan, as JSON."""
    return _interruptible.run(
        lambda cancellation: _taken(_checked(_plan_csv, *_request(paths, options), cancellation)),
        lambda: CancellationHandle.owning(_cancellation_new()),
        _cancel,
    )


@contextlib.contextmanager
def _part(name: Name, byte_range: tuple[int, int]) -> Iterator[tuple]:
    """A part of a file, as arguments; what is behind a URL is read while this lasts."""
    encoded = os.fsencode(str(name))
    if b"\0" in encoded:
        raise ValueError("a path has a zero byte in it")
    if not isinstance(name, Remote):
        yield encoded, None, *byte_range
        return
    with name.open(byte_range[1]) as file:

        def read_at(_: object, offset: int, target: int, count: int) -> int:
            data = file.read(offset, count)
            if data is None:
                return -1
            ctypes.memmove(target, data, len(data))
            return len(data)

        source = _Source(file.size, _ReadAt(read_at), None)
        try:
            yield encoded, ctypes.byref(source), *byte_range
        except (InputError, OSError):
            if file.error is None:
                raise
            raise OSError(f"{name}: reading failed: {file.error}") from file.error


def scan_csv(path: Name, byte_range: tuple[int, int], options: Mapping[str, Any]) -> ScanHandle:
    """Where records begin in a part of a file."""
    with _part(path, byte_range) as part:
        return _made(ScanHandle, _scan_csv, *part, json.dumps(options).encode("utf-8"))


def scan_from_bytes(data: bytes) -> ScanHandle:
    """The scan whose bytes these are."""
    return ScanHandle.owning(_checked(_scan_from_bytes, data, len(data)))


def scan_bytes(handle: ScanHandle) -> bytes:
    """The scan as bytes."""
    return _taken_bytes(_scan_bytes, handle)


def scan_merge(first: ScanHandle, second: ScanHandle) -> ScanHandle:
    """Both put together."""
    return ScanHandle.owning(_checked(_scan_merge, first, second))


def scan_part(handle: ScanHandle, start: int) -> ScanHandle:
    """What it says of the part that begins at a byte."""
    return ScanHandle.owning(_scan_part(handle, start))


def profile_csv(
    path: Name, byte_range: tuple[int, int], scan: Optional[ScanHandle], options: Mapping[str, Any], brief: bool
) -> ProfileHandle:
    """What is known of a part of a file."""
    words = json.dumps(options).encode("utf-8")
    with _part(path, byte_range) as part:
        return _made(ProfileHandle, _profile_csv, *part, scan, brief, words)


def profile_is_lacking(handle: ProfileHandle) -> bool:
    """Whether it is of brief profiles that are not alike."""
    return bool(_profile_is_lacking(handle))


def profile_from_bytes(data: bytes) -> ProfileHandle:
    """The profile whose bytes these are."""
    return ProfileHandle.owning(_checked(_profile_from_bytes, data, len(data)))


def profile_bytes(handle: ProfileHandle) -> bytes:
    """The profile as bytes."""
    return _taken_bytes(_profile_bytes, handle)


def profile_merge(first: ProfileHandle, second: ProfileHandle) -> ProfileHandle:
    """Both put together."""
    return ProfileHandle.owning(_checked(_profile_merge, first, second))


def profile_row_count(handle: ProfileHandle) -> int:
    """The rows that were profiled."""
    return _profile_row_count(handle)


def profile_report(handle: ProfileHandle, options: Mapping[str, Any]) -> ReportHandle:
    """A report on the whole table."""
    return ReportHandle.owning(_checked(_profile_report, handle, json.dumps(options).encode("utf-8")))


def profile_plan(handle: ProfileHandle, options: Mapping[str, Any]) -> str:
    """The plan for all parts, as JSON."""
    return _taken(_checked(_profile_plan, handle, json.dumps(options).encode("utf-8")))


def read_csv_part(
    path: Name, byte_range: tuple[int, int], scan: Optional[ScanHandle], plan: str, options: Mapping[str, Any]
) -> TableHandle:
    """A part of a table as the plan of the whole says."""
    words = plan.encode("utf-8"), json.dumps(options).encode("utf-8")
    with _part(path, byte_range) as part:
        return _made(TableHandle, _read_csv_part, *part, scan, *words)


def write_csv_part(
    path: Name,
    byte_range: tuple[int, int],
    scan: Optional[ScanHandle],
    plan: str,
    options: Mapping[str, Any],
    output: str,
    engine: Optional[str],
) -> None:
    """The same, in a file."""
    words = plan.encode("utf-8"), json.dumps(options).encode("utf-8"), os.fsencode(output)
    target = None if engine is None else engine.encode("utf-8")
    with _part(path, byte_range) as part:
        _interruptible.run(
            lambda cancellation: _checked(_write_csv_part, *part, scan, *words, target, cancellation),
            lambda: CancellationHandle.owning(_cancellation_new()),
            _cancel,
        )


def read_stream(capsule: object, name: str, options: Mapping[str, Any]) -> TableHandle:
    """A table of what a capsule's stream has."""
    return _of_stream(TableHandle, _read_stream, capsule, name, options)


def analyze_stream(capsule: object, name: str, options: Mapping[str, Any]) -> ReportHandle:
    """A report of what a capsule's stream has."""
    return _of_stream(ReportHandle, _analyze_stream, capsule, name, options)


def why_csv(paths: Sequence[str], options: Mapping[str, Any]) -> ObstacleReportHandle:
    """A report of what keeps columns wide."""
    return _made(ObstacleReportHandle, _why_csv, *_request(paths, options))


def why_stream(capsule: object, name: str, options: Mapping[str, Any]) -> ObstacleReportHandle:
    """The same of what a capsule's stream has."""
    return _of_stream(ObstacleReportHandle, _why_stream, capsule, name, options)


def _of_stream(
    handle: Any, function: Any, capsule: object, name: str, options: Mapping[str, Any]
) -> Any:
    try:
        stream = Stream(capsule)
    except ValueError:
        raise TypeError(f"{name}: `__arrow_c_stream__` gave no capsule of a stream") from None
    try:
        return _made(handle, function, stream, name.encode("utf-8"), json.dumps(options).encode("utf-8"))
    except InputError as error:
        raise InputError(_with_names_of_polars(str(error))) from None


def _with_names_of_polars(message: str) -> str:
    """A message with polars' names of the types that Arrow does not have."""
    for kind, name in (("_pli128", "Int128"), ("_plu128", "UInt128")):
        message = message.replace(
            f"of the type '{kind}' cannot go on a diet;",
            f"of the type {name} cannot go on a diet; make it text with `cast(pl.String)`, or",
        )
    return message


def table_report(table: TableHandle) -> ReportHandle:
    """A report."""
    return ReportHandle.owning(_checked(_table_report, table))


def table_notes(table: TableHandle) -> list[tuple[str, str]]:
    """What was odd in the input, and how columns were read: a code and a sentence each."""
    return _notes(_table_notes(table))


def report_notes(report: ReportHandle) -> list[tuple[str, str]]:
    """The same of a report."""
    return _notes(_report_notes(report))


def _notes(text: int) -> list[tuple[str, str]]:
    found = json.loads(_taken(text))
    return list(zip(found["note_codes"], found["notes"]))


def table_anomalies(table: TableHandle) -> dict[str, dict[str, Any]]:
    """What was odd about the records, by its kind."""
    return json.loads(_taken(_table_anomalies(table)))


def report_text(report: ReportHandle, format: str) -> str:
    return _taken(_checked(_report_text, report, format.encode("utf-8")))


def obstacle_report_text(report: ObstacleReportHandle, format: str) -> str:
    return _taken(_checked(_obstacle_report_text, report, format.encode("utf-8")))


# MARK: Capsules

_capsule_new = ctypes.pythonapi.PyCapsule_New
_capsule_new.restype = ctypes.py_object
_capsule_new.argtypes = [_pointer, _text, _pointer]
# A capsule that is being destroyed must not be counted again, which `py_object` would do.
_capsule_pointer = ctypes.PYFUNCTYPE(_pointer, _pointer, _text)(
    ("PyCapsule_GetPointer", ctypes.pythonapi)
)
_Destructor = ctypes.PYFUNCTYPE(None, _pointer)


def _destructor(name: bytes, free: Any) -> Any:
    """A destructor of capsules of that name. It frees what no consumer has moved out, too."""

    def destroy(capsule: int, pointer: Any = _capsule_pointer, free: Any = free) -> None:
        free(pointer(capsule, name))

    callback = _Destructor(destroy)
    # A capsule may outlive this module when the interpreter ends: the callback stays for good.
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(callback))
    return ctypes.cast(callback, _pointer)


_SCHEMA = b"arrow_schema"
_STREAM = b"arrow_array_stream"
_schema_destructor = _destructor(_SCHEMA, _schema_free)
_stream_destructor = _destructor(_STREAM, _stream_free)


def _capsule(table: TableHandle, name: bytes, export: Any, new: Any, free: Any, destructor: Any) -> object:
    structure = new()
    try:
        _checked(export, table, structure)
        return _capsule_new(structure, name, destructor)
    except BaseException:
        free(structure)
        raise


def schema_capsule(table: TableHandle) -> object:
    """The table's schema as a capsule of Arrow's PyCapsule interface."""
    return _capsule(table, _SCHEMA, _export_schema, _schema_new, _schema_free, _schema_destructor)


class _Schema(ctypes.Structure):
    """The beginning of Arrow's `ArrowSchema`."""

    _fields_ = [
        ("format", ctypes.c_char_p),
        ("name", ctypes.c_char_p),
        ("metadata", ctypes.c_void_p),
        ("flags", ctypes.c_int64),
        ("n_children", ctypes.c_int64),
        ("children", ctypes.POINTER(ctypes.c_void_p)),
    ]


def table_names(table: TableHandle) -> list[str]:
    """The names of the columns, as Arrow gets them."""
    capsule = schema_capsule(table)
    schema = _Schema.from_address(_capsule_pointer(id(capsule), _SCHEMA))
    children = [_Schema.from_address(schema.children[place]) for place in range(schema.n_children)]
    return [child.name.decode("utf-8") for child in children]


class Stream:
    """A stream in a capsule, which stays alive as long as a call may read it."""

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule
        self._as_parameter_ = ctypes.c_void_p(_capsule_pointer(id(capsule), _STREAM))

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        return self._capsule


def column_streams(table: TableHandle, engine: str = "any") -> list[Stream]:
    """Each column's rows by itself: its memory is given back with it, whatever is kept of the others.

    engine: who computes with them, as in the command's `--for`.
    """
    structures = [_stream_new() for _ in range(table_column_count(table))]
    capsules = []
    try:
        pointers = (_pointer * len(structures))(*structures)
        _checked(_export_columns, table, engine.encode("utf-8"), pointers)
        for structure in structures:
            capsules.append(_capsule_new(structure, _STREAM, _stream_destructor))
    except BaseException:
        for structure in structures[len(capsules) :]:
            _stream_free(structure)
        raise
    return [Stream(capsule) for capsule in capsules]


def stream_capsule(table: TableHandle) -> object:
    """The table's rows as a capsule of Arrow's PyCapsule interface."""
    return _capsule(table, _STREAM, _export_stream, _stream_new, _stream_free, _stream_destructor)
