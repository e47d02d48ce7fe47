"""CSV files as a source of lazy queries in polars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, Mapping, Optional, Sequence, Union

from ._cutting import Part, Paths, cut, empty, project
from ._parts import Plan, Profile, Scan, merge, part_profile, read_csv_part
from ._profile_tree import scan_of

if TYPE_CHECKING:
    import polars


def scan_csv(
    path: Paths,
    *,
    blocksize: Union[int, str, None] = "16MiB",
    plan: Optional[Plan] = None,
    **options: Any,
) -> polars.LazyFrame:
    """A lazy frame of polars whose rows are read as they are asked for, some megabytes of text at a time.

    Types are those of all rows, which are read once to find them, unless a plan has them. Columns that the query
    does not ask for are not made, and reading ends when it has rows enough; what it filters is filtered part by part.

    path: a file, several, a folder, or a pattern such as `data/*.csv`; or URLs that fsspec reads, with its
        `storage_options`.
    blocksize: how many bytes of text are in memory at once; None for a file at a time.
    plan: that of `Profile.plan`, or of `diet plan`, for all files; the path of one, or the profile.
    options: those of `read_csv` that say how text is read, such as `delimiter`, and `margin`, `min_bits`,
        `unsigned` and `categories`.
    """
    import polars
    from polars.io.plugins import register_io_source

    table = cut("scan_csv", path, blocksize, options)
    names = {str(part.name): part.name for part in table.parts}.values()

    def profiled(brief: bool) -> Profile:
        return merge(part_profile(name, (0, None), table.reading, brief) for name in names)

    words, known = table.plan(plan, profiled)
    schema = _with_room(empty(words, table.reading).to_polars().schema, known)

    def rows(
        columns: Optional[Sequence[str]],
        predicate: Optional[polars.Expr],
        row_count: Optional[int],
        batch_size: Optional[int],
    ) -> Iterator[polars.DataFrame]:
        asked, given = project(words, table.reading, columns)
        left = row_count
        known: Optional[Scan] = None
        for last, part in zip([None, *table.parts], table.parts):
            if left is not None and left <= 0:
                return
            known = _going_on(known, last, part, table.reading)
            frame = read_csv_part(part.name, part.range, asked, scan=known, **given).to_polars()
            part.check()
            frame = frame.cast({name: schema[name] for name in frame.columns})
            # Rows are counted before they are filtered, as polars does.
            if left is not None:
                frame = frame.head(left)
                left -= frame.height
            frame = frame if predicate is None else frame.filter(predicate)
            yield frame.select(list(schema) if columns is None else columns)

    return register_io_source(rows, schema=schema)


def _going_on(
    known: Optional[Scan], last: Optional[Part], part: Part, options: Mapping[str, Any]
) -> Optional[Scan]:
    """What is known of where records begin in a part's file, once the last part was read."""
    if last is None or last.name != part.name:
        return None
    more = scan_of(last, options)
    return more if known is None else known.merge(more)


def _with_room(schema: polars.Schema, profile: Optional[Profile]) -> polars.Schema:
    """The types with 64 bits for integers whose rows may add up to more than 32 hold, as `to_polars` has them:
    for all of 32 bits where nothing is known of their values."""
    import polars

    wide = {polars.Int32: (polars.Int64, -(1 << 31), (1 << 31) - 1), polars.UInt32: (polars.UInt64, 0, (1 << 32) - 1)}
    report = profile.report().to_dict() if profile is not None else {"columns": []}
    known = {column["name"]: column for column in report["columns"]}

    def room(name: str, kind: Any) -> Any:
        if kind not in wide:
            return kind
        wider, least, most = wide[kind]
        column = known.get(name)
        if column is None or column["logical_type"] != "integer":
            return wider
        count = report["input"]["rows"] - column["nulls"]
        fits = least <= column["min"] * count and column["max"] * count <= most
        return kind if fits else wider

    return polars.Schema({name: room(name, kind) for name, kind in schema.items()})
