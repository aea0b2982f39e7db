"""What a person can put right: printed as one line, never as a traceback."""

import errno
import os

DISK_IS_FULL = "the disk is full. Free some space, then start again."


class Problem(Exception):
    """The message says what is wrong and what to do."""


def from_os_error(error: OSError) -> Problem:
    # Copying a folder reports all its failures as one error without a number.
    full = error.errno == errno.ENOSPC or os.strerror(errno.ENOSPC) in str(error)
    if full:
        return Problem(DISK_IS_FULL)
    return Problem(f"{error.strerror} ({error.filename})." if error.strerror else str(error))
