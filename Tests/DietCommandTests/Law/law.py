"""The law of use: an operation on the lean table equals that on the plain one.

    law.py DIET FOLDER ENGINE

Makes two months of a table with every kind of column, puts them on a diet by every way, and does
with each column what people do in an engine: on the plain table and on the lean one. What differs by
the engine's own rules has to stand in the table of `docs/hand-over.md`, and what stands there has to
differ. Prints all else as tab-separated lines (engine, way, column, operation, plain, lean), rows of
that table that nothing differs by, and a line `held N of M, D as documented`. Ends with 1 where a
line was printed before that one.
"""

import fnmatch
import subprocess
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parent))

import answers
import columns

warnings.simplefilter("ignore")
DIET, FOLDER, ENGINE = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
PAGE = Path(__file__).resolve().parents[3] / "docs" / "hand-over.md"


@dataclass
class Rule:
    """A row of the table: what an engine does otherwise with some columns."""

    columns: list[str]
    operations: list[str]
    """Parts of the names of ways by which, so the row, nothing differs."""
    mended: list[str]
    is_used: bool = False

    def covers(self, column, operation, way):
        return operation in self.operations and not any(part in way for part in self.mended) and any(
            fnmatch.fnmatchcase(column, pattern) for pattern in self.columns)


def rules(engine):
    """The rows for an engine: `| engine | columns | operations | … |`, each cell a list of code."""
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) == 5 and cells[0].strip() == engine and cells[1].startswith("`"):
            columns_, operations_ = (cell.split("`")[1::2] for cell in cells[1:3])
            mended = ["by a plan"] * ("(#under-a-plan)" in cells[4])
            if f"`--for {engine}`" in cells[4]:
                mended += [f"for {engine}", "in process"]
            if "it is done" in cells[4]:
                mended += ["in process"]
            found.append(Rule(columns_, operations_, mended))
    return found


def diet(*arguments):
    run = subprocess.run([DIET, *map(str, arguments)], capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"diet {' '.join(map(str, arguments))}: {run.stderr}")


def plain(engine, month):
    table = columns.wide_table(month)
    if engine in ("pandas", "dask"):
        import pandas

        # As a careful reader has it: numpy where numpy has a type (`parse_dates` for days), Arrow's
        # types elsewhere.
        return table.to_pandas(
            date_as_object=False,
            types_mapper=lambda kind: pandas.ArrowDtype(kind)
            if pa.types.is_time(kind) or pa.types.is_decimal(kind) else None,
        ).astype({name: "float64" for name in table.column_names if pa.types.is_null(table[name].type)}).copy()
    if engine == "polars":
        import polars

        return polars.from_arrow(table).with_columns(polars.selectors.by_dtype(polars.Null).cast(polars.String))
    return table


def opened(engine, path):
    if engine == "pandas":
        import pandas

        return pandas.read_feather(path) if path.suffix == ".arrow" else pandas.read_parquet(path)
    if engine == "polars":
        import polars

        return polars.read_ipc(path) if path.suffix == ".arrow" else polars.read_parquet(path)
    import pyarrow.feather
    import pyarrow.parquet

    return pa.feather.read_table(path) if path.suffix == ".arrow" else pa.parquet.read_table(path)


def in_process(engine, csv):
    import memory_diet

    table = memory_diet.read_csv(csv)
    ways = {"pandas": table.to_pandas, "dask": table.to_pandas, "polars": table.to_polars}
    return ways.get(engine, table.to_arrow)()


def partitions(frames):
    """Both months in Dask, one a partition, and the second: of files, or of frames of pandas."""
    import dask.dataframe as dd

    names = [columns.KEY, *(name for kind in kinds() for name in (kind.name, kind.name + " (2)"))]
    if isinstance(frames[0], Path):
        return dd.read_parquet(frames, columns=names), dd.read_parquet(frames[1], columns=names)
    parts = [dd.from_pandas(frame[names], npartitions=1) for frame in frames]
    return dd.concat(parts), parts[1]


def kinds():
    """The kinds of columns that are tried."""
    if ENGINE != "dask":
        return columns.ALL
    from dask_operations import KINDS

    return [kind for kind in columns.ALL if kind.name in KINDS]


def ways(engine):
    """The two months, lean, by every way into the engine."""
    csvs = [FOLDER / f"month-{month}.csv" for month in (1, 2)]
    # Dask reads no Arrow files.
    for suffix in ("arrow", "parquet")[engine == "dask":]:
        for target in ["any"] + [engine] * (engine not in ("pyarrow", "dask")):
            for plan in (False, True):
                name = f"{suffix} for {target}" + " by a plan" * plan
                paths = []
                for csv in csvs:
                    path = FOLDER / f"{csv.stem} {name}.{suffix}"
                    options = ["--for", target]
                    if plan:
                        options += ["--plan", FOLDER / "plan.json"]
                    diet("apply", csv, "-o", path, *options)
                    paths.append(path)
                yield name, partitions(paths) if engine == "dask" else [opened(engine, path) for path in paths]
    frames = [in_process(engine, csv) for csv in csvs]
    yield "in process", partitions(frames) if engine == "dask" else frames


def answer(operation, frames, kind):
    try:
        # pandas' own day is a midnight.
        constant = kind.midnight if ENGINE in ("pandas", "dask") else kind.constant
        found = operation(*frames, kind.name, kind.name + " (2)", constant)
        return answers.plainly(found)
    except Exception as error:  # The engine's own word.
        return error


def operations(engine):
    if engine == "pandas":
        from pandas_operations import OPERATIONS
    elif engine == "dask":
        from dask_operations import OPERATIONS
    elif engine == "polars":
        from polars_operations import OPERATIONS
    elif engine == "pyarrow":
        from arrow_operations import PYARROW as OPERATIONS
    else:
        from arrow_operations import DUCKDB as OPERATIONS
    return OPERATIONS


def short(value):
    text = f"{type(value).__name__}: {value}" if isinstance(value, Exception) else str(value)
    return " ".join(text.split())[:160]


class Tried:
    """The columns that were tried: one that is the same in type and values answers the same."""

    def __init__(self):
        self.seen = {}

    def is_again(self, frames, kind):
        names = [kind.name, kind.name + " (2)"]
        found = [frame[name] for frame in frames for name in names]
        if ENGINE == "dask":
            import dask

            found = dask.compute(*found)
        seen = self.seen.setdefault(kind.name, [])
        if any(all(map(self.same, found, other)) for other in seen):
            return True
        seen.append(found)
        return False

    @staticmethod
    def same(a, b):
        kind = (lambda column: getattr(column, "dtype", None) or column.type)
        return repr(kind(a)) == repr(kind(b)) and kind(a) == kind(b) and a.equals(b)


def main():
    for month in (1, 2):
        columns.write_csv(month, FOLDER / f"month-{month}.csv")
    diet("analyze", FOLDER / "month-1.csv", FOLDER / "month-2.csv", "--no-measure", "--save-plan", FOLDER / "plan.json")
    known = rules(ENGINE)
    done = held = documented = failed = 0
    before = [plain(ENGINE, month) for month in (1, 2)]
    tried = Tried()
    if ENGINE == "dask":
        # It is slow: what is the plain column itself is not tried.
        before = partitions(before)
        for kind in kinds():
            tried.is_again(before, kind)
    wanted = {}
    for way, frames in ways(ENGINE):
        for kind in kinds():
            if tried.is_again(frames, kind):
                continue
            for name, operation in operations(ENGINE)[kind.family].items():
                if (kind.name, name) not in wanted:
                    wanted[kind.name, name] = answer(operation, before, kind)
                expected = wanted[kind.name, name]
                if isinstance(expected, Exception):
                    continue
                found = answer(operation, frames, kind)
                done += 1
                if not isinstance(found, Exception) and answers.same(expected, found):
                    held += 1
                    continue
                used = [rule for rule in known if rule.covers(kind.name, name, way)]
                for rule in used:
                    rule.is_used = True
                if used:
                    documented += 1
                else:
                    failed += 1
                    print(ENGINE, way, kind.name, name, short(expected), short(found), sep="\t")
    for rule in known:
        if not rule.is_used:
            failed += 1
            print(f"nothing differs by this row of {PAGE.name}: {rule.columns} {rule.operations}")
    print(f"held {held} of {done}, {documented} as documented")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
