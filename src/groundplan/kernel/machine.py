"""What the machine grants this process."""

import os
from contextlib import suppress


def processors() -> int:
    """How many processors this process may use; a container may grant fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def give_way() -> None:
    """From now on this process has what is left of the processors once others had theirs.

    For work that nobody looks at, so that pages don't wait for it.
    """
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(10)
