"""How far each job has come, in an SQLite file of its own.

Progress is written often, also while a long import holds the database's write lock; in a file of
its own it never waits for that, nor does anybody wait for it. Losing the file loses nothing.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from groundplan.kernel import clock
from groundplan.organisation.models import Job

_SCHEMA = """
CREATE TABLE IF NOT EXISTS progress (
    job TEXT PRIMARY KEY, message TEXT NOT NULL, share REAL, beat REAL NOT NULL
)
"""
_TELL = """
INSERT INTO progress (job, message, share, beat) VALUES (?, ?, ?, ?)
ON CONFLICT (job) DO UPDATE SET message = excluded.message,
    share = coalesce(excluded.share, progress.share), beat = excluded.beat
"""


@dataclass(frozen=True, slots=True)
class JobProgress:
    """A job as a page shows it: `share` is 0 to 1, None while nobody knows."""

    uid: UUID
    kind: str
    state: str
    message: str
    share: float | None
    error: str
    result: dict[str, object]

    @property
    def over(self) -> bool:
        return self.state in (Job.State.DONE, Job.State.FAILED)


@contextmanager
def _file() -> Iterator[sqlite3.Connection]:
    path = Path(settings.GROUNDPLAN_HOME) / "progress.sqlite3"
    connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        # Progress may be lost in a power cut: it is worth nothing once its worker is gone.
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(_SCHEMA)
        yield connection
    finally:
        connection.close()


class Reporter:
    """Progress of one job, told to whoever looks at it."""

    def __init__(self, job: UUID) -> None:
        self.job = str(job)

    def step(self, message: str, share: float | None = None) -> None:
        with _file() as file:
            file.execute(_TELL, (self.job, message, share, clock.now().timestamp()))

    def beat(self) -> None:
        """Still alive, though between steps."""
        with _file() as file:
            file.execute(
                "UPDATE progress SET beat = ? WHERE job = ?", (clock.now().timestamp(), self.job)
            )


def last_beat(job: UUID) -> float:
    """When the job last showed life, in seconds since 1970; 0 where it never did."""
    with _file() as file:
        row = file.execute("SELECT beat FROM progress WHERE job = ?", (str(job),)).fetchone()
    return float(row[0]) if row else 0.0


def job_progress(uid: UUID) -> JobProgress | None:
    """How far the job has come; None where there is no such job."""
    job = Job.objects.filter(uid=uid).first()
    if job is None:
        return None
    with _file() as file:
        query = "SELECT message, share FROM progress WHERE job = ?"
        row = file.execute(query, (str(uid),)).fetchone() or ("", None)
    share = 1.0 if job.state == Job.State.DONE else row[1]
    return JobProgress(uid, job.kind, job.state, row[0], share, job.error, job.result)
