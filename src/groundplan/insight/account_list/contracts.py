"""What a list of accounts is asked for and what it hands back: values only."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

SORTS: tuple[str, ...] = (
    "expected",
    "name",
    "revenue",
    "whitespace",
    "weighted",
    "gap",
    "last_purchase",
    "owner",
)
"""Orders of a list; the first is the default. Numbers and days run from high to low, except the
gap, which begins with what is furthest behind its goal; names run from A to Z."""

KINDS = ("", "customer", "prospect")


@dataclass(frozen=True, slots=True)
class AccountFilters:
    """Which accounts; what is empty doesn't filter. `owner` is a person's uid.

    `needs` is any of owner (nobody owns it), name (no contact) and touch (nobody was in touch
    since `stale_since`). `on` is the day on which tiers set by hand have to hold, else today.
    """

    text: str = ""
    owner: UUID | None = None
    tier: str = ""
    industry: str = ""
    region: str = ""
    country: str = ""
    segment: str = ""
    kind: str = ""
    needs: tuple[str, ...] = ()
    stale_since: date | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A line of the list. Amounts are in the organisation's currency.

    Results are None for an account that the current analysis hasn't seen, all at once.
    `override_id` is the tier that a person set, also one that is over; of a single row only.
    """

    id: int
    uid: UUID
    name: str
    industry: str
    region: str
    country: str
    segment: str
    is_customer: bool | None
    owner_uid: UUID | None
    owner: str
    tier: str
    score: float | None
    revenue_12m: Decimal | None
    recognised: Decimal | None
    backlog: Decimal | None
    weighted: Decimal | None
    whitespace: Decimal | None
    expected: Decimal | None
    goal: Decimal | None
    last_purchase_on: date | None
    is_overridden: bool = False
    override_id: int | None = None
    contacts: int = 0
    last_touch_on: date | None = None
    is_stale: bool = False

    @property
    def has_results(self) -> bool:
        return self.expected is not None

    @property
    def forecast(self) -> Decimal | None:
        """What the fiscal year comes to if the open opportunities weigh what they are said to."""
        if self.recognised is None or self.backlog is None or self.weighted is None:
            return None
        return self.recognised + self.backlog + self.weighted

    @property
    def gap(self) -> Decimal | None:
        """Forecast less goal: below zero is behind."""
        if self.forecast is None or self.goal is None:
            return None
        return self.forecast - self.goal


@dataclass(frozen=True, slots=True)
class AccountPage:
    """A page of the list; `next` asks for the page after it, empty on the last."""

    rows: tuple[AccountRow, ...]
    next: str
