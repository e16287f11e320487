"""Who uses a home: every process says so, for whoever may only work while nobody else does.

The system takes a lock from its holder however it dies, so none is ever left behind.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import Conflict

LOCK = ".in-use"
PATIENCE = 5.0

_held: dict[tuple[int, Path], int] = {}


def occupy(home: Path) -> None:
    """Say, until this process ends, that it uses `home`. Raises Conflict during a restore."""
    mine = os.getpid(), home
    if mine in _held:
        return
    descriptor = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + PATIENCE
    while not _taken(descriptor, fcntl.LOCK_SH):
        # Whoever tidies up after a crash needs it alone for a moment only.
        if time.monotonic() > until:
            os.close(descriptor)
            raise Conflict(f"{home} is being restored.", mend="Try again when that is over.")
        time.sleep(0.05)
    _held[mine] = descriptor


def leave(home: Path) -> None:
    """Use `home` no more: it is about to become another's."""
    descriptor = _held.pop((os.getpid(), home), None)
    if descriptor is not None:
        os.close(descriptor)
    (home / LOCK).unlink(missing_ok=True)


@contextmanager
def alone_in(home: Path) -> Iterator[bool]:
    """Yields whether no other process uses `home`; if so, none can begin to until the end.

    A process that occupied the home keeps doing so afterwards.
    """
    descriptor = _held.get((os.getpid(), home))
    own = descriptor is None
    if descriptor is None:
        descriptor = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _taken(descriptor, fcntl.LOCK_EX)
    finally:
        if own:
            os.close(descriptor)
        else:
            # Also after a refusal: asking for more gives up what was held.
            fcntl.flock(descriptor, fcntl.LOCK_SH)


def _taken(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
