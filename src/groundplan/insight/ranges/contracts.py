"""What is known of where revenue may land, as values in the organisation's currency."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Cut = Literal["all", "tier", "person", "below", "territory", "category", "channel"]
"""`below` is a person together with everybody below them."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a range is made of, on the average of all outcomes."""

    certain: Decimal
    booked: Decimal
    continuing: Decimal
    weighted: Decimal
    first: Decimal

    @property
    def total(self) -> Decimal:
        return self.certain + self.booked + self.continuing + self.weighted + self.first


@dataclass(frozen=True, slots=True)
class RangeLine:
    """One group's or account's range. `key` is the tier, name or uid; '' for everything."""

    cut: Cut | Literal["account"]
    key: str
    label: str
    p10: Decimal
    p50: Decimal
    p90: Decimal
    parts: Parts


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """How many of the past outcomes of one cut fell inside such ranges."""

    cut: str
    outcomes: int
    inside: int


@dataclass(frozen=True, slots=True)
class Ranges:
    """What the viewer may see of one cut, and how far such ranges are to be trusted.

    They are of the revenue of a fiscal year or quarter, of which the days from `start` to `end` lie
    ahead. Without `foretold` the history is too short to tell what customers go on to buy.
    """

    start: date
    end: date
    foretold: bool
    lines: tuple[RangeLine, ...]
    coverage: tuple[CoverageLine, ...]
