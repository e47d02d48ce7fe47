"""Folders of Parquet files that many tasks write: there once all are written, under the same names whoever writes."""

from __future__ import annotations

import contextlib
import fnmatch
import os
import shutil
import uuid
from typing import Any, Iterator, Mapping, Optional

from ._cutting import Part
from ._options import Path
from ._parts import write_csv_part


class ParquetFolder:
    """A folder that is to have so many parts.

    overwrite: whether other parts that it has, of a table that was cut otherwise, are removed at the end; they are
        refused where it is False.
    """

    def __init__(self, output: Path, count: int, overwrite: bool) -> None:
        self._folder = os.fspath(output)
        self._names = [f"part-{number:05}.parquet" for number in range(count)]
        there = os.listdir(self._folder) if os.path.isdir(self._folder) else []
        self._others = sorted(set(fnmatch.filter(there, "part-*.parquet")) - set(self._names))
        if self._others and not overwrite:
            more = f" and {len(self._others) - 1} more" if len(self._others) > 1 else ""
            raise FileExistsError(
                f"{self._folder} has {self._others[0]}{more}, which this table of {count} parts has not: readers of"
                " the folder would take both; write to another folder, or give `overwrite=True`, which removes them"
                " at the end"
            )

    @property
    def files(self) -> list[str]:
        return [os.path.join(self._folder, name) for name in self._names]

    @contextlib.contextmanager
    def written(self) -> Iterator[list[str]]:
        """Where the parts are to be written; they are moved to their names once all are."""
        # Names that nobody takes for parts, should this end before its time.
        unfinished = os.path.join(self._folder, f"_unfinished-{uuid.uuid4().hex}")
        os.makedirs(unfinished)
        try:
            places = [os.path.join(unfinished, name.partition(".")[0]) for name in self._names]
            yield places
            for place, file in zip(places, self.files):
                os.replace(place, file)
            for name in self._others:
                os.remove(os.path.join(self._folder, name))
        finally:
            # Tasks that still run where one has failed find no folder to write into.
            over = f"{unfinished}-over"
            os.rename(unfinished, over)
            shutil.rmtree(over, ignore_errors=True)


def write_part(
    part: Part, plan: Mapping[str, Any], options: Mapping[str, Any], place: str, engine: Optional[str] = None
) -> None:
    """Write a part to a place of `ParquetFolder.written`, by a task that has one core.

    engine: who the file is for, where others cannot read all that it may have.
    """
    # The same task may run twice at a time.
    own = f"{place}-{uuid.uuid4().hex}.parquet"
    write_csv_part(part.name, part.range, plan, own, scan=part.scan, engine=engine, **{"threads": 1, **options})
    os.replace(own, place)
