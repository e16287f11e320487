"""Which jobs wait or run."""

from collections.abc import Iterable

from django.db.models import QuerySet

from groundplan.organisation.models import Job
from groundplan.organisation.prepared import prepared

MOST_SHOWN = 20


def jobs_under_way(kinds: Iterable[str]) -> list[Job]:
    """Jobs of `kinds` that aren't over, in the order they were asked for; at most MOST_SHOWN."""
    return _under_way(tuple(kinds)).ask()


@prepared
def _under_way(kinds: tuple[str, ...]) -> QuerySet[Job]:
    states = (Job.State.QUEUED, Job.State.RUNNING)
    jobs = Job.objects.filter(kind__in=kinds, state__in=states)
    return jobs.only("uid", "kind", "state").order_by("requested_at", "id")[:MOST_SHOWN]
