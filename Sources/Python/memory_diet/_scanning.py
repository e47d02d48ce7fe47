"""CSV files as a source of lazy queries in polars."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Iterator, Mapping, Optional, Sequence, Union

from ._cutting import Paths, parts_of, project
from ._parts import merge, profile, read_csv_part

if TYPE_CHECKING:
    import polars


def scan_csv(
    path: Paths,
    *,
    blocksize: Union[int, str, None] = "16MiB",
    plan: Optional[Mapping[str, Any]] = None,
    **options: Any,
) -> polars.LazyFrame:
    """A lazy frame of polars whose rows are read as they are asked for, some megabytes of text at a time.

    Types are those of all rows, which are read once to find them, unless a plan has them. Columns that the query
    does not ask for are not made, and reading ends when it has rows enough; what it filters is filtered part by part.

    path: a file, several, or a pattern such as `data/*.csv`.
    blocksize: how many bytes of text are in memory at once; None for a file at a time. What stands before a
        part is read again to find where it begins: large files want large parts.
    plan: that of `Profile.plan`, or of `diet plan`, for all files.
    options: those of `read_csv` that say how text is read, such as `delimiter`.
    """
    import polars
    from polars.io.plugins import register_io_source

    parts = parts_of(path, blocksize)
    if plan is None:
        files = dict.fromkeys(file for file, _, _ in parts)
        plan = merge(profile(file, **options) for file in files).plan()
    words = json.loads(json.dumps(plan))
    first = read_csv_part(parts[0][0], (0, 0), words, **options).to_polars()

    def rows(
        columns: Optional[Sequence[str]],
        predicate: Optional[polars.Expr],
        row_count: Optional[int],
        batch_size: Optional[int],
    ) -> Iterator[polars.DataFrame]:
        asked, given = project(words, options, columns)
        left = row_count
        for file, start, end in parts:
            if left is not None and left <= 0:
                return
            frame = read_csv_part(file, (start, end), asked, **given).to_polars()
            # A part may be held wider than the whole, where it has fewer rows to add up; never narrower.
            frame = frame.cast({name: first.schema[name] for name in frame.columns})
            if columns is not None:
                frame = frame.select(columns)
            # Rows are counted before they are filtered, as polars does.
            if left is not None:
                frame = frame.head(left)
                left -= frame.height
            yield frame if predicate is None else frame.filter(predicate)

    return register_io_source(rows, schema=first.schema)
