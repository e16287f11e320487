"""Long work that nobody waits for gives way to work that somebody does."""

from groundplan.organisation.models import Job

from .progress import Reporter
from .registry import less_patient


class GaveWay(Exception):  # noqa: N818 - no error: the job goes on later
    """The job was broken off at a step, for another one waits that goes first."""


class Patient:
    """Progress of a job that ends with GaveWay at the first step at which another goes first.

    There is one worker: what a seller has just edited would wait for minutes behind ranges that
    the edit has made worthless.
    """

    def __init__(self, job: Job, reporter: Reporter) -> None:
        self._reporter = reporter
        self._first = Job.objects.filter(state=Job.State.QUEUED, kind__in=less_patient(job.kind))

    def step(self, message: str, share: float | None = None) -> None:
        self._reporter.step(message, share)
        if self._first.exists():
            raise GaveWay
