"""datatable: fread, all threads, defaults.

Load only: it has no categorical that its own functions keep.
"""

import datatable

MEASURE = "none: datatable does not tell the size of a frame's buffers"


def load(path: str) -> datatable.Frame:
    """`fread` as it is."""
    return datatable.fread(path)


def held(_: datatable.Frame) -> None:
    """Not known."""
    return None
