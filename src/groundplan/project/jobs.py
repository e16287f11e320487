"""Which function does the work of each kind of job.

They bring numpy, DuckDB and half of the rooms with them, and most commands do no job: each is
imported when the first job of its kind is done.
"""

from typing import Any

from django.utils.module_loading import import_string

from groundplan.insight.deeds import ANALYSE, BACKTEST, QUARTERS, RANGES
from groundplan.intake.kinds import CHECK, EXAMINE, TAKE, UNDO
from groundplan.kernel.progress import Progress
from groundplan.organisation.jobs import job_enqueue, register
from groundplan.people.contracts import SYSTEM

FORETELLING = "groundplan.insight.services.ranges"
PLACES = {
    BACKTEST: "groundplan.insight.backtests.services.backtest_job",
    EXAMINE: "groundplan.intake.uploads.working.examine",
    CHECK: "groundplan.intake.uploads.working.check",
    TAKE: "groundplan.intake.uploads.working.take",
    UNDO: "groundplan.intake.services.undoing.undo_work",
}


def register_jobs() -> None:
    """Every kind of job there is; each is started again when its worker was lost."""
    register(ANALYSE, repeatable=True)(_analyse)
    # Nobody waits for ranges, and an analysis meanwhile makes them worthless.
    register(RANGES, repeatable=True, patience=1)(_ranges)
    register(QUARTERS, repeatable=True, patience=2)(Later(f"{FORETELLING}.quarters_foretell"))
    for kind, place in PLACES.items():
        register(kind, repeatable=True)(Later(place))


class Later:
    """The function at a dotted place, imported when it is called."""

    def __init__(self, place: str) -> None:
        self.place = place

    def __call__(self, progress: Progress, **arguments: Any) -> dict[str, Any]:
        found: dict[str, Any] = import_string(self.place)(progress, **arguments)
        return found


def _analyse(progress: Progress) -> dict[str, Any]:
    found = Later("groundplan.insight.services.analyse")(progress)
    # Results are shown by now; nobody waits for what takes longer.
    job_enqueue(kind=RANGES, actor=SYSTEM.actor)
    return found


def _ranges(progress: Progress) -> dict[str, Any]:
    found = Later(f"{FORETELLING}.ranges_foretell")(progress)
    # Those of quarters take longer, and other work comes between.
    job_enqueue(kind=QUARTERS, actor=SYSTEM.actor)
    return found
