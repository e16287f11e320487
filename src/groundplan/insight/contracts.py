"""What results say, as values; amounts are in the organisation's currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from groundplan.kernel.money import ZERO
from groundplan.measures.tiers import Thresholds


@dataclass(frozen=True, slots=True)
class Amounts:
    """Goal, revenue and pipeline of somebody in some period."""

    goal: Decimal = ZERO
    recognised: Decimal = ZERO
    backlog: Decimal = ZERO
    weighted: Decimal = ZERO
    open_amount: Decimal = ZERO

    @property
    def actual(self) -> Decimal:
        return self.recognised + self.backlog

    @property
    def forecast(self) -> Decimal:
        return self.actual + self.weighted

    @property
    def gap(self) -> Decimal:
        """Forecast less goal: below zero is behind."""
        return self.forecast - self.goal

    @property
    def attained(self) -> float | None:
        """Actual as a share of the goal; None without one."""
        return float(self.actual / self.goal) if self.goal else None

    @classmethod
    def total(cls, parts: Iterable["Amounts"]) -> "Amounts":
        found = list(parts)
        return cls(
            sum((part.goal for part in found), ZERO),
            sum((part.recognised for part in found), ZERO),
            sum((part.backlog for part in found), ZERO),
            sum((part.weighted for part in found), ZERO),
            sum((part.open_amount for part in found), ZERO),
        )


@dataclass(frozen=True, slots=True)
class PerformanceRow:
    """A person, team, account or quarter; `key` is its uid, or the quarter's key.

    An empty key is what nobody is credited with, or what is in no team. `periods` are in the
    order that was asked for; `elapsed` is the share of their days that is over.
    """

    key: str
    label: str
    total: Amounts
    periods: tuple[Amounts, ...] = ()
    elapsed: float = 0.0

    @property
    def pace(self) -> float | None:
        """The share of the goal attained over the share of time gone: above 1 is ahead."""
        attained = self.total.attained
        return attained / self.elapsed if attained is not None and self.elapsed else None


@dataclass(frozen=True, slots=True)
class LandingMonth:
    """A fiscal month and the running sums up to its end."""

    key: str
    label: str
    ends_on: date
    month: Amounts
    so_far: Amounts


@dataclass(frozen=True, slots=True)
class YearLanding:
    """Where the fiscal year lands: month by month, and its total."""

    key: str
    label: str
    as_of: date
    elapsed: float
    months: tuple[LandingMonth, ...]
    total: Amounts


@dataclass(frozen=True, slots=True)
class WhitespaceTotal:
    """Whitespace of a segment, category, owner, tier or industry. `key` is the segment's number,
    the owner's uid, else the name; empty is without one."""

    key: str
    label: str
    expected: Decimal
    accounts: int | None = None
    cells: int | None = None


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """A characteristic and whether the account meets it; `actual` is the account's own value."""

    name: str
    attribute: str
    operator: str
    value: object
    weight: float
    met: bool
    actual: object


@dataclass(frozen=True, slots=True)
class TierExplanation:
    """Why an account has its computed tier: every characteristic, and the sums asked for."""

    tier: str
    score: float
    met: int
    thresholds: Thresholds
    rules: tuple[RuleOutcome, ...]


@dataclass(frozen=True, slots=True)
class CharacteristicRow:
    """A characteristic in force; one of the default set has no uid."""

    uid: UUID | None
    name: str
    attribute: str
    operator: str
    value: object
    weight: float
    active: bool
    position: int


@dataclass(frozen=True, slots=True)
class SegmentationTried:
    """A way of grouping accounts and its gain over one segment, as a share of deviance."""

    attributes: tuple[str, ...]
    segments: int
    gain: float


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What describes the run that everybody sees."""

    uid: UUID
    as_of: date
    started_at: datetime
    finished_at: datetime | None
    accounts: int
    whitespace: Decimal
    tiers: dict[str, int]
    thresholds: Thresholds
    default_characteristics: bool
    segment_attributes: tuple[str, ...]
    segments_automatic: bool
    segments_gain: float
    tried: tuple[SegmentationTried, ...]
