"""Enqueueing and running jobs."""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django_tasks import task

from groundplan.kernel import clock
from groundplan.kernel.errors import GroundplanError
from groundplan.kernel.progress import Progress
from groundplan.kernel.steps import step
from groundplan.organisation.models import Job

from .leases import leased
from .patience import GaveWay, Patient
from .progress import Reporter
from .registry import kind_named

BEAT_SECONDS = 5
_log = logging.getLogger(__name__)


def job_enqueue(
    *, kind: str, actor: str, subject: str = "", arguments: Mapping[str, Any] | None = None
) -> Job:
    """Have a worker do a job of `kind`; `arguments` are JSON values.

    Part of the caller's transaction: rolled back with it. A job of the same kind and subject that
    hasn't begun yet is returned instead of a second one.
    """
    kind_named(kind)
    with transaction.atomic():
        waiting = Job.objects.filter(kind=kind, subject=subject, state=Job.State.QUEUED).first()
        if waiting is not None:
            return waiting
        job = _new(kind, actor, subject, arguments)
        run_job.enqueue(str(job.uid))
    return job


def job_run_now(*, kind: str, actor: str, arguments: Mapping[str, Any] | None = None) -> Job:
    """Do a job in this process and return it done; errors are raised after they are recorded.

    Takes the job of this kind that waits for a worker, where there is one, so that it isn't done
    twice.
    """
    waiting = Job.objects.filter(kind=kind, subject="", state=Job.State.QUEUED).first()
    if waiting is not None and _run(waiting, Reporter(waiting.uid)):
        return waiting
    job = _new(kind, actor, "", arguments)
    _run(job, Reporter(job.uid))
    return job


def _claim(job: Job) -> bool:
    """Whether this process is the one that may do the job."""
    job.state, job.started_at = Job.State.RUNNING, clock.now()
    queued = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED)
    claimed = queued.update(
        state=job.state, started_at=job.started_at, attempts=models.F("attempts") + 1
    )
    return claimed == 1


def _new(kind: str, actor: str, subject: str, arguments: Mapping[str, Any] | None) -> Job:
    return Job.objects.create(
        kind=kind,
        subject=subject,
        arguments=dict(arguments or {}),
        requested_by=actor,
        requested_at=clock.now(),
    )


@task()
def run_job(uid: str) -> None:
    """What the worker calls. Jobs report their errors in their own row, where people look."""
    job = Job.objects.get(uid=UUID(uid))
    try:
        _run(job, Patient(job, Reporter(job.uid)))
    except GroundplanError:
        _log.warning("job %s %s could not be done", job.kind, uid)
    except Exception:
        # Here and not where the job is done: a command tells its error itself.
        _log.exception("job %s %s failed", job.kind, uid)
        raise


def _run(job: Job, progress: Progress) -> bool:
    """Do the job unless somebody else does; whether it was done."""
    with leased(job.uid):
        if not _claim(job):
            return False
        step("job.claimed")
        _do(job, progress)
        step("job.over")
    return True


def _do(job: Job, progress: Progress) -> None:
    Reporter(job.uid).step("", 0.0)
    try:
        with _heart(Reporter(job.uid)):
            job.result = kind_named(job.kind).work(progress, **job.arguments)
        step("job.worked")
    except GaveWay:
        _queue_again(job)
    except Exception as error:
        job.error = str(error) if isinstance(error, GroundplanError) else _unexpected(error)
        _end(job, Job.State.FAILED)
        raise
    else:
        _end(job, Job.State.DONE)


def _end(job: Job, state: Job.State) -> None:
    job.state, job.finished_at = state, clock.now()
    job.save(update_fields=["state", "result", "error", "finished_at"])


@transaction.atomic
def _queue_again(job: Job) -> None:
    """Behind what it gave way to, and as if never begun."""
    job.state, job.started_at, job.attempts = Job.State.QUEUED, None, 0
    job.save(update_fields=["state", "started_at", "attempts"])
    run_job.enqueue(str(job.uid))


def _unexpected(error: Exception) -> str:
    return f"Something went wrong inside Groundplan ({type(error).__name__}); the log has more."


@contextmanager
def _heart(reporter: Reporter) -> Iterator[None]:
    """Beats while the work goes on, so that a lost worker can be told from a slow one."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(BEAT_SECONDS):
            reporter.beat()

    heart = threading.Thread(target=beat, daemon=True)
    heart.start()
    try:
        yield
    finally:
        stop.set()
        heart.join()


def jobs_failed() -> list[Job]:
    """Jobs that failed and were not done since: the latest of each kind and subject."""
    latest: dict[tuple[str, str], Job] = {}
    for job in Job.objects.order_by("requested_at", "id"):
        latest[job.kind, job.subject] = job
    return [job for job in latest.values() if job.state == Job.State.FAILED]
