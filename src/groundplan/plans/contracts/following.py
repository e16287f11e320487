"""What follows from plans: versions, teams, weeks, and the queue of those who accept."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from .listing import PlanLine
from .parts import TacticStatus


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody of a plan's team; `id` names the membership, `section` what they sign. `sees` is
    False for whoever doesn't see the account, and so not its plan."""

    id: int
    person: UUID
    name: str
    function: str
    section: str
    signed_at: datetime | None
    is_viewer: bool
    sees: bool = True


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A plan as it was kept: `state` says on what occasion."""

    id: int
    number: int
    state: str
    at: datetime
    actor: str
    revision: int
    snapshot: UUID | None
    errors: int
    warnings: int
    fact_ratio: float | None


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """A finding that somebody waived by name, and why."""

    code: str
    where: str
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A plan that waits for the viewer's acceptance, with what the check found on submission.

    `is_mine` where the viewer is the plan's manager, and not only further above.
    """

    plan: PlanLine
    submitted_at: datetime
    submitted_by: str
    errors: int
    warnings: int
    fact_ratio: float | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A tactic with its place; `plan` is None where the viewer may not open its plan."""

    uid: UUID
    title: str
    above: str
    plan: UUID | None
    plan_title: str
    owner: int
    owner_name: str
    due_on: date
    status: TacticStatus
    reason: str
    hours: Decimal | None
    hours_logged: Decimal | None
    version: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week's tactics over all plans, Monday to Sunday: what is still open from earlier weeks,
    and what is or was due in this one.

    `hours` are planned for all that is open, overdue included, `hours_logged` spent on all that is
    due this week. `more` says that there are further tactics than the listed ones.
    """

    starts_on: date
    ends_on: date
    overdue: tuple[WeekLine, ...]
    open: tuple[WeekLine, ...]
    closed: tuple[WeekLine, ...]
    hours: Decimal
    hours_logged: Decimal
    more: bool

    @property
    def due(self) -> tuple[WeekLine, ...]:
        return (*self.open, *self.closed)
