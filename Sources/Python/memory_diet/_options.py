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
    header: Union[bool, str, None] = "infer",
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
    policy: str = "fast",
    **others: Any,
) -> Table:
    """Read a CSV file straight into narrow columns; the wide table is never built.

    The options are those of the command `diet`, with underscores. What is not said is found from
    all fields of all rows.

    path: a file, or several of the same columns; `.gz` and `.zst` too, `-` is standard input. Or a
        folder, for all files in it, or a pattern such as `data/*.csv`; or what is open for reading,
        such as `io.BytesIO`.
    delimiter: Delimiter: one or more characters, or tab, comma, semicolon, pipe (default: detected).
    quote: Quote character, or none.
    escape: Escape character, or none if quotes are doubled.
    comment: Prefix of comment lines, or none.
    spaces: How to treat spaces around fields: keep, quotes (ignore around quotes), initial, trim.
    header: Whether the first record is a header; None is False, as in pandas.
    header_records: Number of header records; several are joined.
    encoding: Text encoding, any that iconv knows: utf-8, utf-16le, windows-1251, shift_jis, …
    invalid_utf8: What to do with invalid UTF-8: error or replace.
    skip: Lines to skip before the header.
    skip_footer: Lines to skip at the end of each file.
    repeated_headers: What to do with records equal to the header: keep or drop.
    strict: Fail on short, long or badly quoted records.
    on_bad_record: Short, long and oddly quoted records: `error`, `skip`, or `collect=` and the file to
        write them to.
    engine: Tokenizer: automatic or libcsv.
    max_expansion: Largest allowed ratio of decompressed to compressed size.
    union_by_name: Match columns of several files by name; missing ones are null.
    hive_partitioning: Whether key=value in paths makes columns (default: in folders and patterns).
    file_name_column: Add a column of this name with the file of each row.
    threads: Number of threads (default: all cores).
    null_token: Words that are null in every column, or by name: `{"c1": ["-999", "-"]}`.
    type: Types of columns by name, as in `{"zip": "string", "price": "decimal(2)"}`.
    date_format: How dates are written, as in `%d/%m/%Y`, in all columns or by name.
    boolean: Two words that are true and false, as in `("yes", "no")`, in all columns or by name.
    zero_padded: How to read zero-padded numbers, such as 007: text or numeric.
    decimal: Decimal separator, in all columns or by name: `{"price": ","}`.
    thousands: Thousands separator, in all columns or by name: `{"price": ","}`.
    number: Columns of numbers with a currency, percent sign or unit, which is removed and reported;
        negative numbers may be in parentheses. Or all: columns with a currency or percent sign in
        every value.
    exact: Keep numbers as text if a 64-bit float would lose digits.
    drop: Leave out these columns.
    columns: Read only these columns.
    unsigned: Allow unsigned integers.
    categories: Columns to hand over as categories if they have few distinct values: all, text or none.
    margin: Integers in types that hold so many times their extremes: `2`, `1.5` or `"2x"`.
    min_bits: Smallest integer width: 8, 16, 32 or 64.
    policy: How densely columns are held in memory: fast, packed or smallest.
    others: pandas' words where they mean the same: `sep`, `usecols`, `na_values`, `quotechar`,
        `escapechar`, `skiprows`, `skipfooter`.

    Raises FileNotFoundError, OSError and its like; InputError where the file is not what the
    options say; OptionError where an option cannot have its value.
    """
    named = {name: value for name, value in locals().items() if name in DEFAULTS}
    from . import _reading

    return _reading.read(path, named, others)


DEFAULTS: Mapping[str, Any] = read_csv.__kwdefaults__
