"""Takes up again what lost workers left."""

import logging
import threading
from datetime import timedelta

from django.db import Error, close_old_connections, transaction
from django_tasks_db.models import DBTaskResult

from groundplan.kernel import clock
from groundplan.organisation.models import Job

from .leases import leases_of_none_remove, lost
from .registry import kind_named
from .running import run_job

MOST_ATTEMPTS = 3
"""Work that takes its worker with it every time is not begun for ever."""

EVERY_SECONDS = 10
_FORGOTTEN_AFTER = timedelta(days=7)
_log = logging.getLogger(__name__)


def jobs_recover() -> list[Job]:
    """Put jobs whose worker was lost back into the queue, or end those that can't be repeated.

    Returns the jobs that were lost. A job keeps its uid, so that whoever waits for it needn't
    know. Jobs that wait though no worker will ever hear of them are announced once more: theirs
    died between hearing of it and beginning.
    """
    found = []
    for job in Job.objects.filter(state=Job.State.RUNNING):
        with lost(job.uid) as gone:
            if gone and _released(job):
                found.append(job)
    leases_of_none_remove()
    _announce_again()
    return found


def keep_recovering() -> None:
    """Recover jobs every few seconds for as long as this process lives."""

    def watch() -> None:
        pause = threading.Event()
        while not pause.wait(EVERY_SECONDS):
            try:
                close_old_connections()
                jobs_recover()
            except (Error, OSError):
                _log.exception("lost jobs could not be looked for")

    threading.Thread(target=watch, name="recovering jobs", daemon=True).start()


def _released(job: Job) -> bool:
    again = kind_named(job.kind).repeatable and job.attempts < MOST_ATTEMPTS
    running = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING)
    with transaction.atomic():
        if again:
            if not running.update(state=Job.State.QUEUED, started_at=None):
                return False
            run_job.enqueue(str(job.uid))
            return True
        error = "The worker stopped before this was done."
        return bool(running.update(state=Job.State.FAILED, finished_at=clock.now(), error=error))


@transaction.atomic
def _announce_again() -> None:
    tasks = DBTaskResult.objects.filter(task_path=run_job.module_path)
    ready = tasks.ready().values_list("args_kwargs", flat=True)
    heard = {arguments["args"][0] for arguments in ready}
    for job in Job.objects.filter(state=Job.State.QUEUED):
        if str(job.uid) not in heard:
            run_job.enqueue(str(job.uid))
    waiting = tasks.ready().values("pk")
    tasks.filter(enqueued_at__lt=clock.now() - _FORGOTTEN_AFTER).exclude(pk__in=waiting).delete()
