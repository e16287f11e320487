"""Plans as lists show them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from .graph import State, Subject


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list. `account` is empty for a territory's, `parent` without one."""

    uid: UUID
    title: str
    subject: Subject
    period: str
    starts_on: date
    ends_on: date
    state: State
    number: int
    owner: UUID
    owner_name: str
    account: UUID | None
    account_name: str | None
    parent: UUID | None
    next_review_on: date | None
    changed_at: datetime
