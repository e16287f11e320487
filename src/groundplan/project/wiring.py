"""Connects rooms that may not import each other."""

from collections.abc import Sequence

from django.utils.translation import gettext

from groundplan.book.following import Follower, follow_merges
from groundplan.desk.contracts import Subject
from groundplan.desk.subjects import register_subject
from groundplan.insight.deeds import ANALYSE, changes_numbers
from groundplan.insight.explained import explained_at
from groundplan.intake.announcements import on_taken
from groundplan.intake.contracts import ImportReport
from groundplan.organisation.jobs import job_enqueue
from groundplan.organisation.services.audit import on_recorded
from groundplan.people.contracts import Scope
from groundplan.plans.kinds import OBJECTIVES_COUNTED, PART, PLAN, TACTICS

from .jobs import register_jobs


def connect() -> None:
    """Fill every registry; called once when Django is ready."""
    register_jobs()
    on_taken(_analyse_what_was_taken)
    on_recorded(_analyse_what_was_changed)
    register_subject(PLAN, _plans)
    register_subject(PART, _parts)
    register_subject(TACTICS, _tactics)
    follow_merges(PLAN, _plans_follow)
    for measure in OBJECTIVES_COUNTED:
        explained_at(measure, "groundplan.plans.selectors.explaining.explain")


def _analyse_what_was_taken(report: ImportReport, actor: str) -> None:
    job_enqueue(kind=ANALYSE, actor=actor)


def _analyse_what_was_changed(action: str, actor: str) -> None:
    """Edits in a row wait for one analysis: a job that hasn't begun is not enqueued again."""
    if changes_numbers(action):
        job_enqueue(kind=ANALYSE, actor=actor)


def _plans_follow() -> Follower:
    from groundplan.plans.services.merged import PlansFollow  # noqa: PLC0415 - loads insight

    return PlansFollow()


def _plans(viewer: Scope, keys: Sequence[str]) -> dict[str, Subject]:
    from groundplan.plans.selectors.subjects import plans_named  # noqa: PLC0415 - loads insight

    return {
        key: Subject(one.label, f"/plans/{one.plan}/")
        for key, one in plans_named(viewer, keys).items()
    }


def _parts(viewer: Scope, keys: Sequence[str]) -> dict[str, Subject]:
    from groundplan.plans.selectors.subjects import parts_named  # noqa: PLC0415 - loads insight

    return {
        key: Subject(one.label, f"/plans/{one.plan}/comments/?part={key}")
        for key, one in parts_named(viewer, keys).items()
    }


def _tactics(viewer: Scope, keys: Sequence[str]) -> dict[str, Subject]:
    from groundplan.plans.selectors.subjects import plans_worked  # noqa: PLC0415 - loads insight

    found = plans_worked(viewer, keys)
    return {
        key: Subject(one.label or gettext("a plan that you don't see"), "/week/")
        for key, one in found.items()
    }
