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
        """The report as `table`, `json`, `markdown`, `csv` or `html`, a fragment of a page."""
        return _library.report_text(self._handle, format)

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
