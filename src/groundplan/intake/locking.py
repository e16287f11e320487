"""One import at a time, whoever started it."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from groundplan.kernel.errors import Conflict
from groundplan.kernel.progress import Progress

PATIENCE = 600.0
_PAUSE = 0.2


@contextmanager
def merging_alone(
    folder: Path, progress: Progress, *, patience: float = PATIENCE
) -> Iterator[None]:
    """Holds the folder's lock; the system releases it when its holder dies.

    Waits `patience` seconds for another import, then raises Conflict.
    """
    with (folder / ".lock").open("w") as file:
        until = time.monotonic() + patience
        while not _taken(file.fileno()):
            if time.monotonic() > until:
                raise Conflict(
                    "Another import is still running.", mend="Start this one when it is over."
                )
            progress.step("Waiting for another import")
            time.sleep(_PAUSE)
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
