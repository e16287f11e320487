"""Connects rooms that may not import each other."""

from typing import Any

from groundplan.insight.services import analyse
from groundplan.intake.announcements import on_taken
from groundplan.intake.contracts import ImportReport
from groundplan.kernel.progress import Progress
from groundplan.organisation.jobs import job_enqueue, register

ANALYSE = "analyse"


def connect() -> None:
    """Fill every registry; called once when Django is ready."""
    register(ANALYSE, repeatable=True)(_analyse)
    on_taken(_analyse_what_was_taken)


def _analyse(progress: Progress) -> dict[str, Any]:
    return analyse(progress)


def _analyse_what_was_taken(report: ImportReport, actor: str) -> None:
    job_enqueue(kind=ANALYSE, actor=actor)
