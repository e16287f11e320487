"""The list of plans, with what waits for the viewer's decision on top."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from groundplan.kernel.figures import Figure
from groundplan.kernel.periods import label_of
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import PlanLine
from groundplan.plans.selectors.following import queue
from groundplan.plans.selectors.plans import plans_listed

from .words import STATES, SUBJECTS

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A plan in the list; `depth` is 1 for a quarter's below its year's."""

    uid: UUID
    title: str
    subject: str
    period: str
    state: str
    state_label: str
    owner: str
    account: str
    account_uid: UUID | None
    next_review_on: date | None
    changed_at: datetime
    depth: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A plan that waits for the viewer's decision, with how sound it is."""

    uid: UUID
    title: str
    owner: str
    period: str
    submitted_at: datetime
    ratio: Figure
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A state to list the plans of."""

    label: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """Plans, and those to decide on."""

    lines: tuple[Line, ...]
    waiting: tuple[Waiting, ...]
    states: tuple[Choice, ...]
    text: str
    state: str
    is_cut: bool
    may_write: bool


def list_page(viewer: Scope, asked: Mapping[str, str]) -> ListPage:
    """`asked` may hold state and text."""
    state, text = asked.get("state", ""), asked.get("text", "").strip()
    state = state if state in STATES else ""
    found = plans_listed(viewer, state=state, text=text, limit=SHOWN + 1)
    return ListPage(
        lines=tuple(_nested(found[:SHOWN])),
        waiting=tuple(_waiting(viewer)),
        states=tuple(_states(state)),
        text=text,
        state=state,
        is_cut=len(found) > SHOWN,
        may_write=viewer.may_write,
    )


def _nested(found: Iterable[PlanLine]) -> Iterable[Line]:
    """Each plan with those that hang below it after it."""
    lines = list(found)
    shown = {one.uid for one in lines}
    tops = [one for one in lines if one.parent not in shown]
    for top in tops:
        yield _line(top, 0)
        below = [one for one in lines if one.parent == top.uid]
        for one in sorted(below, key=lambda line: line.starts_on):
            yield _line(one, 1)


def _line(one: PlanLine, depth: int) -> Line:
    return Line(
        uid=one.uid,
        title=one.title,
        subject=str(SUBJECTS.get(one.subject, one.subject)),
        period=label_of(one.period),
        state=one.state,
        state_label=str(STATES.get(one.state, one.state)),
        owner=one.owner_name,
        account=one.account_name or "",
        account_uid=one.account,
        next_review_on=one.next_review_on,
        changed_at=one.changed_at,
        depth=depth,
    )


def _waiting(viewer: Scope) -> Iterable[Waiting]:
    for one in queue(viewer):
        yield Waiting(
            uid=one.plan.uid,
            title=one.plan.title,
            owner=one.plan.owner_name,
            period=label_of(one.plan.period),
            submitted_at=one.submitted_at,
            ratio=Figure(one.fact_ratio, "rate"),
            errors=one.errors,
            warnings=one.warnings,
        )


def _states(chosen: str) -> Iterable[Choice]:
    yield Choice(_("all"), "/plans/", not chosen)
    for code, label in STATES.items():
        yield Choice(str(label), f"/plans/?state={code}", code == chosen)
