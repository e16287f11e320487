"""Which jobs wait or run, and which was asked for last."""

from collections.abc import Iterable

from django.db.models import QuerySet

from groundplan.database.prepared import prepared
from groundplan.organisation.models import Job

from .progress import JobProgress, job_progress

MOST_SHOWN = 20


def jobs_under_way(kinds: Iterable[str]) -> list[Job]:
    """Jobs of `kinds` that aren't over, in the order they were asked for; at most MOST_SHOWN."""
    return _under_way(tuple(kinds)).ask()


def job_last(kind: str) -> JobProgress | None:
    """The job of `kind` that was asked for last; None before the first."""
    job = Job.objects.filter(kind=kind).order_by("-requested_at", "-id").only("uid").first()
    return job_progress(job.uid) if job else None


@prepared
def _under_way(kinds: tuple[str, ...]) -> QuerySet[Job]:
    states = (Job.State.QUEUED, Job.State.RUNNING)
    jobs = Job.objects.filter(kind__in=kinds, state__in=states)
    return jobs.only("uid", "kind", "state").order_by("requested_at", "id")[:MOST_SHOWN]
