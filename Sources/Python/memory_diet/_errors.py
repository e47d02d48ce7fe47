"""What goes wrong, as Python tells it."""

import errno


class OptionError(ValueError):
    """There is no such option or column, or it cannot have this value."""


class InputError(ValueError):
    """What was read is damaged, or is not what the options say. The message names the place."""


class NoteWarning(UserWarning):
    """What a table's `notes` say, of a table that is read later and in parts."""


def exception(code: int, message: str) -> Exception:
    """The exception for an error of the library: its code in `CDiet.h`, and its message."""
    if code == 1:
        return OptionError(message)
    if code in _SYSTEM:
        kind, number = _SYSTEM[code]
        error = kind(message)
        error.errno = number
        return error
    return InputError(message)


_SYSTEM = {
    2: (FileNotFoundError, errno.ENOENT),
    3: (IsADirectoryError, errno.EISDIR),
    4: (PermissionError, errno.EACCES),
    5: (OSError, errno.EIO),
}
