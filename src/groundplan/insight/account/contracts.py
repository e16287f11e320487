"""Numbers of one account as values; amounts are in the organisation's currency."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from groundplan.insight.grid.contracts import Estimate, State


@dataclass(frozen=True, slots=True)
class FamilyTotals:
    """An account and its divisions together, those that the viewer may see."""

    accounts: int
    revenue_12m: Decimal
    recognised: Decimal
    backlog: Decimal
    weighted: Decimal
    whitespace: Decimal
    expected: Decimal
    goal: Decimal | None

    @property
    def forecast(self) -> Decimal:
        return self.recognised + self.backlog + self.weighted


@dataclass(frozen=True, slots=True)
class QuarterRevenue:
    """A fiscal quarter: `key` is FY2027-Q1. Weighted is what open opportunities may still add."""

    key: str
    label: str
    recognised: Decimal
    backlog: Decimal
    weighted: Decimal


@dataclass(frozen=True, slots=True)
class WhitespaceLine:
    """A product at the account: its state and, where something is left to sell, the estimate.

    `because` names owned products that speak for this one. `is_counted` where the analysis adds
    it to the account's whitespace; the state is what it is by now.
    """

    product_uid: UUID
    product: str
    category: str
    state: State
    estimate: Estimate | None
    because: tuple[str, ...] = ()
    is_counted: bool = False
