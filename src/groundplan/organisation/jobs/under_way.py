"""Which jobs wait or run."""

from collections.abc import Iterable

from groundplan.organisation.models import Job

MOST_SHOWN = 20


def jobs_under_way(kinds: Iterable[str]) -> list[Job]:
    """Jobs of `kinds` that aren't over, in the order they were asked for; at most MOST_SHOWN."""
    states = (Job.State.QUEUED, Job.State.RUNNING)
    jobs = Job.objects.filter(kind__in=list(kinds), state__in=states)
    return list(jobs.only("uid", "kind", "state").order_by("requested_at", "id")[:MOST_SHOWN])
