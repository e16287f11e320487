"""Whether whoever does a job still lives: it holds the lock of a file until the job is over."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings

from groundplan.engine.disk import unheld
from groundplan.kernel import clock
from groundplan.organisation.models import Job

from .progress import last_beat

LOST_AFTER_SECONDS = 60


@contextmanager
def leased(job: UUID) -> Iterator[None]:
    """Hold the job's lease. The system takes it back when its holder dies, however it dies."""
    path = _path(job)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = _locked(path)
    try:
        yield
        path.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


@contextmanager
def lost(job: UUID) -> Iterator[bool]:
    """Yields whether nobody does this job, which its row calls running, any more.

    Where its lease can't be seen the last beat tells: a minute of silence. Nobody can take the
    job's lease before the end of the block.
    """
    path = _path(job)
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        yield last_beat(job) < clock.now().timestamp() - LOST_AFTER_SECONDS
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
        path.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def leases_of_none_remove() -> None:
    """Remove leases that nobody holds of jobs that nobody does: their holder died before it began,
    or with nothing but that left to do."""
    for path in _folder().glob("*"):
        # Asked once it is held: nobody begins the job then.
        with suppress(FileNotFoundError), unheld(path) as alone:
            if alone and not Job.objects.filter(uid=path.name, state=Job.State.RUNNING).exists():
                path.unlink(missing_ok=True)


def _locked(path: Path) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor
        # Somebody removed it between its opening and its locking.
        os.close(descriptor)


def _folder() -> Path:
    return Path(settings.GROUNDPLAN_HOME) / "leases"


def _path(job: UUID) -> Path:
    return _folder() / str(job)
