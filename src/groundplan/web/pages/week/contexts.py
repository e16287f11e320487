"""What is due this week and what is late, over all plans, for one or for everybody one leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from groundplan.kernel.figures import Figure
from groundplan.organisation.selectors import today
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Week, WeekLine
from groundplan.plans.selectors.weeks import week
from groundplan.web.pages.plans.words import choice_word

MINE, TEAM = "mine", "team"


@dataclass(frozen=True, slots=True)
class Line:
    """A tactic of the week. `plan` is None where the viewer may not open its plan."""

    uid: UUID
    title: str
    above: str
    plan: UUID | None
    plan_title: str
    owner: str
    due_on: date
    status: str
    status_label: str
    reason: str
    hours: Figure | None
    hours_logged: Figure | None
    days_late: int


@dataclass(frozen=True, slots=True)
class Group:
    """Tactics under a heading: late, open or closed."""

    code: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class WeekPage:
    """A week with the addresses of the weeks beside it."""

    starts_on: date
    ends_on: date
    is_now: bool
    of: str
    sees_team: bool
    groups: tuple[Group, ...]
    hours: Figure
    hours_logged: Figure
    is_empty: bool
    more: bool
    previous: str
    next: str
    viewer: int


def week_context(viewer: Scope, *, of: str, around: date | None) -> WeekPage:
    """The week of a day, this one by default."""
    now = today()
    of = TEAM if of == TEAM and viewer.sees_reports else MINE
    found = week(viewer, of=of, around=around or now)  # type: ignore[arg-type]
    groups = tuple(one for one in _groups(found, now) if one.lines)
    return WeekPage(
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        is_now=found.starts_on <= now <= found.ends_on,
        of=of,
        sees_team=viewer.sees_reports,
        groups=groups,
        hours=Figure(found.hours),
        hours_logged=Figure(found.hours_logged),
        is_empty=not groups,
        more=found.more,
        previous=_address(of, found.starts_on - timedelta(7)),
        next=_address(of, found.starts_on + timedelta(7)),
        viewer=viewer.user_id,
    )


def line_of(viewer: Scope, uid: UUID, around: date) -> Line | None:
    """One tactic again, as the week lists it; None where it left the week."""
    for of in (MINE, TEAM):
        page = week_context(viewer, of=of, around=around)
        for one in (line for group in page.groups for line in group.lines):
            if one.uid == uid:
                return one
    return None


def _groups(found: Week, now: date) -> Iterable[Group]:
    yield Group("overdue", tuple(_line(one, now) for one in found.overdue))
    yield Group("due", tuple(_line(one, now) for one in found.open))
    yield Group("closed", tuple(_line(one, now) for one in found.closed))


def _line(one: WeekLine, now: date) -> Line:
    is_open = one.status in ("planned", "moved")
    return Line(
        uid=one.uid,
        title=one.title,
        above=one.above,
        plan=one.plan,
        plan_title=one.plan_title,
        owner=one.owner_name,
        due_on=one.due_on,
        status=one.status,
        status_label=choice_word(one.status),
        reason=one.reason,
        hours=Figure(one.hours) if one.hours is not None else None,
        hours_logged=Figure(one.hours_logged) if one.hours_logged is not None else None,
        days_late=max((now - one.due_on).days, 0) if is_open else 0,
    )


def _address(of: str, day: date) -> str:
    return f"/week/?of={of}&around={day.isoformat()}"
