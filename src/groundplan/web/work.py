"""What goes on behind the pages: imports and analyses that wait or run, and edits they take in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groundplan.insight.deeds import ANALYSE
from groundplan.insight.selectors.pending import edits_pending
from groundplan.intake.kinds import TAKE
from groundplan.organisation.jobs.under_way import job_last, jobs_under_way
from groundplan.snapshots.contracts import CurrentSnapshot

from .contracts import Work

WORDS: dict[tuple[str, str], Promise] = {
    (TAKE, "running"): _("Importing facts"),
    (ANALYSE, "running"): _("Computing new numbers"),
    (TAKE, "queued"): _("An import is waiting"),
    (ANALYSE, "queued"): _("An analysis is waiting"),
}
"""By kind and state, what is furthest on first."""
KINDS = (TAKE, ANALYSE)
SOON, LATER, SELDOM = 3, 15, 30
"""Seconds until it is worth asking again: while work is done, while edits wait, else."""


def work_at_once() -> Work:
    """What a page says as it is made, in one query; the rest is asked for when it stands."""
    doing = _doing()
    return Work(doing, again=1 if doing else SELDOM)


def work_since(results: str, current: CurrentSnapshot | None) -> Work:
    """What to say on a page that shows `results`, a uid or nothing."""
    doing, edits = _doing(), edits_pending(current)
    newest = str(current.results_uid) if current else ""
    return Work(
        doing=doing,
        failed=not doing and _has_failed(),
        edits=edits,
        is_newer=newest != results,
        again=SOON if doing else LATER if edits else SELDOM,
    )


def _doing() -> str:
    found = {(job.kind, job.state) for job in jobs_under_way(KINDS)}
    return next((str(words) for state, words in WORDS.items() if state in found), "")


def _has_failed() -> bool:
    """Whether what people see is older than it should be, and stays so until somebody acts."""
    last = job_last(ANALYSE)
    return last is not None and last.state == "failed"
