"""One module for each engine we are compared with.

A module has `MEASURE` (what its byte counts are) and some of:

    load(path) -> table          plain default load, with just the options without which it fails
    diet(table) -> lean          every column as narrow as its own types hold it exactly, checked
    held(table) -> int           bytes of a table
    profile(path) -> int         minimum, maximum and distinct count of every column; their number
"""

FILES_WITH_NA = {"flights.csv"}
FILES_WITH_LINE_ENDS_IN_FIELDS = {"quoted.csv"}
SAMPLE = 20_000  # rows looked at before a whole column is hashed
DISTINCT = 0.95  # share of distinct values in the sample above which a dictionary is not tried


def base_name(path: str) -> str:
    """The file's name, by which the two sets above know it."""
    return path.rsplit("/", 1)[-1]
