"""What the library found out about a table."""

from __future__ import annotations

import json
from typing import Any

from . import _library


class Report:
    """What each column is, the bytes that it takes elsewhere and lean, and why.

    `print(report)` shows it as a table; a notebook shows it as HTML.
    """

    def __init__(self, handle: _library.ReportHandle) -> None:
        if not isinstance(handle, _library.ReportHandle):
            raise TypeError("a Report is made by `analyze` or `Table.report`")
        self._handle = handle

    def to_dict(self) -> dict[str, Any]:
        """The report as `diet analyze --format json` prints it, parsed."""
        return json.loads(self.text("json"))

    def text(self, format: str = "table") -> str:
        """The report as `table`, `json`, `markdown`, `csv`, `page`, one file for a browser, or `html`, the
        upper part of that page."""
        return _library.report_text(self._handle, format)

    def _notes(self) -> list[tuple[str, str]]:
        """What was odd in the input, and how columns were read: a code and a sentence each."""
        return _library.report_notes(self._handle)

    @property
    def before(self) -> int:
        """The bytes that the table takes in pandas as `pandas.read_csv` reads it."""
        return self.to_dict()["memory"]["before"]

    @property
    def after(self) -> int:
        """The bytes that the lean columns take."""
        return self.to_dict()["memory"]["after"]

    def __str__(self) -> str:
        return self.text().rstrip("\n")

    def __repr__(self) -> str:
        memory = self.to_dict()["memory"]
        return f"<memory_diet.Report: {memory['before']:,} bytes before, {memory['after']:,} lean>"

    def _repr_html_(self) -> str:
        return self.text("html")


class ObstacleReport:
    """Which values keep columns from being narrower, and what the columns would be without them.

    `print(report)` shows it as `diet why` does.
    """

    def __init__(self, handle: _library.ObstacleReportHandle) -> None:
        if not isinstance(handle, _library.ObstacleReportHandle):
            raise TypeError("an ObstacleReport is made by `why`")
        self._handle = handle

    def to_dict(self) -> dict[str, Any]:
        """The report as `diet why --format json` prints it, parsed; options are arguments here."""
        return json.loads(self.text("json"))

    def text(self, format: str = "table") -> str:
        """The report as `table` or `json`."""
        return _library.obstacle_report_text(self._handle, format)

    def __str__(self) -> str:
        return self.text().rstrip("\n")

    def __repr__(self) -> str:
        columns = self.to_dict()["columns"]
        count = sum(bool(column["obstacles"]) for column in columns)
        return f"<memory_diet.ObstacleReport: {count} of {len(columns)} columns could be narrower>"
