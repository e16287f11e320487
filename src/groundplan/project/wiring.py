"""Connects rooms that may not import each other."""

from typing import Any

from groundplan.insight.backtests.services import BACKTEST, backtest_job
from groundplan.insight.deeds import ANALYSE, changes_numbers
from groundplan.insight.services import analyse
from groundplan.insight.services.ranges import ranges_foretell
from groundplan.intake.announcements import on_taken
from groundplan.intake.contracts import ImportReport
from groundplan.intake.services.undoing import UNDO, undo_work
from groundplan.intake.uploads import working as uploads
from groundplan.kernel.progress import Progress
from groundplan.organisation.jobs import job_enqueue, register
from groundplan.organisation.services.audit import on_recorded
from groundplan.people.contracts import SYSTEM

RANGES = "ranges"


def connect() -> None:
    """Fill every registry; called once when Django is ready."""
    register(ANALYSE, repeatable=True)(_analyse)
    register(RANGES, repeatable=True)(ranges_foretell)
    register(BACKTEST, repeatable=True)(backtest_job)
    register(uploads.EXAMINE, repeatable=True)(uploads.examine)
    register(uploads.CHECK, repeatable=True)(uploads.check)
    register(uploads.TAKE, repeatable=True)(uploads.take)
    register(UNDO, repeatable=True)(undo_work)
    on_taken(_analyse_what_was_taken)
    on_recorded(_analyse_what_was_changed)


def _analyse(progress: Progress) -> dict[str, Any]:
    found = analyse(progress)
    # Results are shown by now; nobody waits for what takes longer.
    job_enqueue(kind=RANGES, actor=SYSTEM.actor)
    return found


def _analyse_what_was_taken(report: ImportReport, actor: str) -> None:
    job_enqueue(kind=ANALYSE, actor=actor)


def _analyse_what_was_changed(action: str, actor: str) -> None:
    """Edits in a row wait for one analysis: a job that hasn't begun is not enqueued again."""
    if changes_numbers(action):
        job_enqueue(kind=ANALYSE, actor=actor)
