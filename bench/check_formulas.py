"""Compare the model in before_bytes.py with the real engines: every kind of column, every way to
be null, odd lengths.

Prints one line per (kind, engine) that differs anywhere, and a count at the end. Exit code 1 if
any differs.
"""

import sys
import warnings

from before_bytes import ENGINES, Field
from column_kinds import KINDS, NULLS
from observed_bytes import READERS

LENGTHS = [1, 7, 8, 9, 64, 1000]


def column(values: list[str], nulls: list[Field], rows: int) -> list[Field]:
    """`rows` fields in which values and nulls take turns."""
    cycle = [(value, "," in value) for value in values] + nulls
    return [cycle[i % len(cycle)] for i in range(rows)]


def written(fields: list[Field]) -> bytes:
    """The column as a CSV, with a second column so that no line is blank."""
    lines = ["c,z"]
    for text, quoted in fields:
        lines.append(f'"{text}",0' if quoted else f"{text},0")
    return ("\n".join(lines) + "\n").encode()


def observe(engine: str, source: bytes) -> tuple[str, int] | str:
    """Type and bytes, or the engine's complaint."""
    try:
        return READERS[engine](source)["c"]
    except Exception as error:  # what an engine raises on bad input is its own
        return f"{type(error).__name__}: {str(error).splitlines()[0][:60]}"


def main() -> int:
    """Run all combinations."""
    warnings.simplefilter("ignore")
    equal = 0
    wrong: dict[tuple[str, str], list[str]] = {}
    for kind, values in KINDS.items():
        for style, nulls in NULLS.items():
            for rows in LENGTHS if values or nulls else []:
                fields = column(values, nulls, rows)
                source = written(fields)
                for engine, predict in ENGINES.items():
                    seen, said = observe(engine, source), predict(fields)
                    if not isinstance(seen, str) and seen[1] == said.bytes:
                        equal += 1
                    else:
                        wrong.setdefault((kind, engine), []).append(
                            f"{style}/{rows}: {seen}, model {said.type} {said.bytes}"
                        )
    for (kind, engine), cases in wrong.items():
        print(f"{kind} · {engine}: {len(cases)} differ, e.g. {cases[0]}; {cases[-1]}")
    print(f"{equal} equal to the byte, {sum(map(len, wrong.values()))} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
