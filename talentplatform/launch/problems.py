"""What a person can put right: printed as one line, never as a traceback."""

import errno


class Problem(Exception):
    """The message says what is wrong and what to do."""


def from_os_error(error: OSError) -> Problem:
    if error.errno == errno.ENOSPC:
        return Problem("the disk is full. Free some space, then start again.")
    return Problem(f"{error.strerror} ({error.filename}).")
