"""Work that no page waits for: enqueued in the transaction that wants it, done by the worker.

`registry` knows which function does which kind of job (`project/jobs.py` fills it), `running` runs
them, `leases` and `recovering` find what a lost worker left; `progress` is an SQLite file of its
own, because a long import holds the database's one lock.
"""

from .progress import JobProgress, job_progress
from .recovering import jobs_recover, keep_recovering
from .registry import register
from .running import job_enqueue, job_run_now, jobs_failed

__all__ = [
    "JobProgress",
    "job_enqueue",
    "job_progress",
    "job_run_now",
    "jobs_failed",
    "jobs_recover",
    "keep_recovering",
    "register",
]
