"""One import at a time, whoever started it."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import Error, connection

from groundplan.kernel.errors import Conflict
from groundplan.kernel.progress import Progress

PATIENCE = 600.0
ADVISORY_KEY = 0x67706C6E
"""PostgreSQL knows locks of an application by numbers: this one is ours, within its database."""

_PAUSE = 0.2

Take = Callable[[], bool]


@contextmanager
def merging_alone(
    folder: Path, progress: Progress, *, patience: float = PATIENCE
) -> Iterator[None]:
    """Holds the lock of the database, or the folder's where the database is a file beside it.

    Whoever gave the lock releases it when its holder dies, and PostgreSQL also when the holder's
    connection does, with which the import's transaction is lost too. Waits `patience` seconds for
    another import, then raises Conflict.
    """
    lock = _of_database() if connection.vendor == "postgresql" else _of_folder(folder)
    with lock as take:
        until = time.monotonic() + patience
        while not take():
            if time.monotonic() > until:
                raise Conflict(
                    "Another import is still running.", mend="Start this one when it is over."
                )
            progress.step("Waiting for another import")
            time.sleep(_PAUSE)
        yield


@contextmanager
def _of_folder(folder: Path) -> Iterator[Take]:
    with (folder / ".lock").open("w") as file:

        def take() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        yield take


@contextmanager
def _of_database() -> Iterator[Take]:
    """A lock of the session, not of a transaction: an import has several, and waits in none."""
    taken = False

    def take() -> bool:
        nonlocal taken
        taken = _asked("pg_try_advisory_lock")
        return taken

    try:
        yield take
    finally:
        if taken:
            # A session that is gone has no lock left to give back, and a reason of its own.
            with suppress(Error):
                _asked("pg_advisory_unlock")


def _asked(function: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [ADVISORY_KEY])
        return bool(cursor.fetchone()[0])
