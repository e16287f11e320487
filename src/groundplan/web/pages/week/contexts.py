"""What is due this week and what is late, over all plans, for one or for everybody one leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from groundplan.kernel.figures import Figure
from groundplan.organisation.selectors import today
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Week
from groundplan.plans.selectors.weeks import Of, week

from .lines import Row, row_of

MINE: Of = "mine"
TEAM: Of = "team"


@dataclass(frozen=True, slots=True)
class Group:
    """Tactics under a heading: late, open or closed."""

    code: str
    rows: tuple[Row, ...]


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
    chosen = TEAM if of == TEAM and viewer.sees_reports else MINE
    found = week(viewer, of=chosen, around=around or now)
    groups = tuple(one for one in _groups(found, chosen, now) if one.rows)
    return WeekPage(
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        is_now=found.starts_on <= now <= found.ends_on,
        of=chosen,
        sees_team=viewer.sees_reports,
        groups=groups,
        hours=Figure(found.hours),
        hours_logged=Figure(found.hours_logged),
        is_empty=not groups,
        more=found.more,
        previous=_address(chosen, found.starts_on - timedelta(7)),
        next=_address(chosen, found.starts_on + timedelta(7)),
        viewer=viewer.user_id,
    )


def _groups(found: Week, of: str, now: date) -> Iterable[Group]:
    shown = (("overdue", found.overdue), ("due", found.open), ("closed", found.closed))
    for code, lines in shown:
        rows = (row_of(one, of=of, around=found.starts_on, now=now) for one in lines)
        yield Group(code, tuple(rows))


def _address(of: str, day: date) -> str:
    return f"/week/?of={of}&around={day.isoformat()}"
