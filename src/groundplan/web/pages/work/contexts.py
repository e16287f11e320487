"""The page of work under way, built whole before anything renders."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from groundplan.insight.deeds import ANALYSE
from groundplan.insight.selectors.pending import edits_pending
from groundplan.organisation.jobs import job_progress
from groundplan.organisation.jobs.under_way import job_last, jobs_under_way
from groundplan.people.contracts import Scope
from groundplan.snapshots.selectors import current
from groundplan.web.work import KINDS, WORDS


@dataclass(frozen=True, slots=True)
class Piece:
    """A job that waits or runs; `share` is 0 to 1, None while nobody knows."""

    uid: UUID
    doing: str
    share: float | None


@dataclass(frozen=True, slots=True)
class WorkPage:
    """What goes on, and how old what everybody sees is; `error` is why the last analysis failed,
    where it did."""

    pieces: tuple[Piece, ...]
    error: str
    edits: int
    taken_at: datetime | None
    as_of: date | None
    may_import: bool


def work_page(viewer: Scope) -> WorkPage:
    """The same for everybody: it tells that work goes on, not what it is about."""
    snapshot, last = current(), job_last(ANALYSE)
    found = (job_progress(job.uid) for job in jobs_under_way(KINDS))
    return WorkPage(
        pieces=tuple(
            Piece(job.uid, str(WORDS[job.kind, job.state]), job.share)
            for job in found
            if job and (job.kind, job.state) in WORDS
        ),
        error=last.error if last and last.state == "failed" else "",
        edits=edits_pending(snapshot),
        taken_at=snapshot.taken_at if snapshot else None,
        as_of=snapshot.as_of if snapshot else None,
        may_import=viewer.may_import,
    )
