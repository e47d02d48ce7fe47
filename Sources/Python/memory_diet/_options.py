"""`read_csv`, with the options of the catalogue `Sources/Options`.

Printed by `Tests/OptionsTests`: change the catalogue, not this file.
"""

from __future__ import annotations

import os
from typing import IO, Any, Mapping, Optional, Sequence, Union

from ._table import Table

Path = Union[str, "os.PathLike[str]"]
Source = Union[Path, IO[bytes], IO[str]]
Paths = Union[Source, Sequence[Source]]
Texts = Union[str, Sequence[str]]
# What holds of all columns, or of some by their names.
TextsByName = Union[Texts, Mapping[str, Texts]]


def read_csv(
    path: Paths,
    *,
    delimiter: Optional[str] = None,
    quote: Optional[str] = None,
    escape: Optional[str] = None,
    comment: Optional[str] = None,
    spaces: Optional[str] = None,
    header: Optional[bool] = None,
    header_records: Optional[int] = None,
    encoding: Optional[str] = None,
    invalid_utf8: str = "error",
    skip: int = 0,
    skip_footer: int = 0,
    repeated_headers: str = "keep",
    strict: bool = False,
    on_bad_record: Optional[str] = None,
    engine: str = "automatic",
    max_expansion: int = 200,
    union_by_name: bool = False,
    hive_partitioning: Optional[bool] = None,
    file_name_column: Optional[str] = None,
    threads: Optional[int] = None,
    null_token: Optional[TextsByName] = None,
    type: Optional[TextsByName] = None,
    date_format: Optional[TextsByName] = None,
    boolean: Optional[TextsByName] = None,
    zero_padded: Optional[TextsByName] = None,
    decimal: Optional[TextsByName] = None,
    thousands: Optional[TextsByName] = None,
    number: Optional[Texts] = None,
    exact: bool = False,
    drop: Optional[Texts] = None,
    columns: Optional[Texts] = None,
    unsigned: bool = False,
    categories: str = "text",
    margin: Optional[Union[float, str]] = None,
    min_bits: int = 8,
    **others: Any,
) -> Table:
    """Read a CSV file straight into narrow columns; the wide table is never built.

    The options are those of the command `diet`, with underscores. What is not said is found from
    all fields of all rows.

    path: a file, or several of the same columns; `.gz` and `.zst` too, `-` is standard input. Or a
        folder, for all files in it, or a pattern such as `data/*.csv`; or what is open for reading,
        such as `io.BytesIO`.
    delimiter: The delimiter: one or more characters, or tab, comma, semicolon, pipe. Found by evidence
        otherwise.
    quote: The quote: a character, or none.
    escape: The escape: a character, or none where quotes are doubled.
    comment: What lines begin with that are comments, or none.
    spaces: Spaces at the edges of fields: keep, quotes (nothing around quotes), initial, trim.
    header: Whether the first record names the columns.
    header_records: How many records the header takes; several are joined.
    encoding: utf-8, utf-16le, windows-1251, shift_jis …: all that iconv reads.
    invalid_utf8: What to do with bytes that are not UTF-8: error or replace.
    skip: Lines to leave out before the header.
    skip_footer: Lines to leave out at the end of each file.
    repeated_headers: Records that equal the header: keep or drop.
    strict: Refuse short, long and oddly quoted records.
    on_bad_record: Short, long and oddly quoted records: `error`, `skip`, or `collect=` and the file to
        write them to.
    engine: The tokenizer: automatic, or libcsv alone.
    max_expansion: How many times their size compressed data may grow to.
    union_by_name: Put columns of the same name together, wherever they stand; null where a file has
        none.
    hive_partitioning: Whether key=value in paths makes columns; in folders and patterns otherwise.
    file_name_column: A column that says which file each row is from.
    threads: Threads. All cores otherwise.
    null_token: Words that are null in every column, or by name: `{"c1": ["-999", "-"]}`.
    type: Types of columns by name, as in `{"zip": "string", "price": "decimal(2)"}`.
    date_format: How dates are written, as in `%d/%m/%Y`, in all columns or by name.
    boolean: Two words that are true and false, as in `("yes", "no")`, in all columns or by name.
    zero_padded: How to read numbers behind zeros, such as 007: text or numeric.
    decimal: The decimal separator, in all columns or by name: `{"price": ","}`.
    thousands: The separator of thousands, in all columns or by name: `{"price": ","}`.
    number: Columns of numbers with a sign of money, of percent or a unit beside them, which is left out
        and said; negative ones may stand in parentheses. Or all: those with a sign of money or
        percent in every value.
    exact: Keep numbers as text where binary64 would lose digits.
    drop: Not these columns.
    columns: Only these columns.
    unsigned: Allow integers without a sign.
    categories: Which columns of few different values are handed over as categories: all, text or none.
    margin: Integers in types that hold so many times their extremes: `2`, `1.5` or `"2x"`.
    min_bits: Integers in no fewer bits: 8, 16, 32 or 64.
    others: pandas' words where they mean the same: `sep`, `usecols`, `na_values`, `quotechar`,
        `escapechar`, `skiprows`, `skipfooter`.

    Raises FileNotFoundError, OSError and its like; InputError where the file is not what the
    options say; OptionError where an option cannot have its value.
    """
    named = {name: value for name, value in locals().items() if name in DEFAULTS}
    from . import _reading

    return _reading.read(path, named, others)


DEFAULTS: Mapping[str, Any] = read_csv.__kwdefaults__
