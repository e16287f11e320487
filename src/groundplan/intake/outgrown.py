"""What an import says when its files need more memory or disk than it may use."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from groundplan.kernel.errors import InvalidInput

_DISK = "max_temp_directory_size"


@contextmanager
def outgrown_told() -> Iterator[None]:
    """Raises InvalidInput where the block runs out of memory or of room for its working files."""
    try:
        yield
    except (duckdb.OutOfMemoryException, MemoryError) as error:
        raise _told(full=_DISK in str(error)) from error


def _told(*, full: bool) -> InvalidInput:
    if full:
        return InvalidInput(
            "The disk hasn't the room that these files need while they are read.",
            mend="Make room, a few times their size, and import them again.",
        )
    return InvalidInput(
        "These files need more memory than an import may take.",
        mend="Import them in parts: a table at a time, what others refer to first, or a file's rows"
        " in several files.",
    )
