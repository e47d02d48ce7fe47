"""The memory diet for tabular data: true bytes, nothing lost.

    >>> import memory_diet
    >>> table = memory_diet.read_csv("flights.csv")
    >>> late = table.filter("dep_delay > 60").group_by("carrier").agg(flights="size")
    >>> frame = table.to_pandas()
    >>> print(table.report())
"""

from ._column import Column
from ._computing import concat
from ._dtypes import optimize_dtypes, report_on_dataframe
from ._errors import InputError, NoteWarning, OptionError
from ._grouping import GroupBy
from ._library import live_object_count, version as _version
from ._options import read_csv
from ._parts import Profile, Scan, merge, plan, profile, read_csv_part, scan, write_csv_part
from ._reading import analyze, lean, why
from ._report import ObstacleReport, Report
from ._scanning import scan_csv
from ._table import Table
from ._values import literal

__all__ = [
    "Column",
    "GroupBy",
    "InputError",
    "NoteWarning",
    "ObstacleReport",
    "OptionError",
    "Profile",
    "Report",
    "Scan",
    "Table",
    "analyze",
    "concat",
    "lean",
    "literal",
    "live_object_count",
    "merge",
    "optimize_dtypes",
    "plan",
    "profile",
    "read_csv",
    "read_csv_part",
    "report_on_dataframe",
    "scan",
    "scan_csv",
    "why",
    "write_csv_part",
]
__version__ = _version()
