"""Write the test cases of the byte formulas: every kind of column, every way to be null, and what the model says.

One line a case: kind, way to be null, the fields that take turns (as in the file, between ` | `, tabs as `\\t`), and for
1, 9 and 64 rows the bytes in pandas, pandas-nullable, polars and arrow. The model is checked by check_formulas.py.
"""

import sys

from before_bytes import ENGINES
from check_formulas import column
from column_kinds import KINDS, NULLS

LENGTHS = [1, 9, 64]


def main() -> None:
    """Print all cases."""
    for kind, values in KINDS.items():
        for style, nulls in NULLS.items():
            if not values and not nulls:
                continue
            cycle = [f'"{value}"' if "," in value else value for value in values]
            cycle += [f'"{text}"' if quoted else text for text, quoted in nulls]
            sizes = [
                " ".join(str(engine(column(values, nulls, rows)).bytes) for engine in ENGINES.values())
                for rows in LENGTHS
            ]
            written = " | ".join(field.replace("\t", "\\t") for field in cycle)
            sys.stdout.write("\t".join([kind, style, written, *sizes]) + "\n")


if __name__ == "__main__":
    main()
