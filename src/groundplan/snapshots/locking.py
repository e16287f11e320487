"""One publisher at a time, so that whatever nobody recorded is known to be left over."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def publishing(snapshots: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the folder's lock; yields False at once where another has it and `wait` is False.

    The system releases the lock when its holder dies, however it dies.
    """
    snapshots.mkdir(parents=True, exist_ok=True)
    with (snapshots / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
