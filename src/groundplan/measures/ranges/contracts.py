"""What a range is asked for and what it is made of."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

Unit = Literal["account", "category", "channel"]
"""What goes on buying: a whole account, or an account within a category or a channel."""

UNITS: tuple[Unit, ...] = ("account", "category", "channel")

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days whose revenue is foretold: from `start`, not known yet, to `end`, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Windows:
    """Days in the past from which a time as long as the horizon can be watched.

    What was bought in the `base` days before such a day is compared with what followed it.
    """

    cutoffs: tuple[date, ...]
    base: int
    days: int

    def watched(self, cutoff: date) -> tuple[date, date, date]:
        """First day looked back to, the cutoff itself, first day no longer watched."""
        return (
            cutoff - timedelta(days=self.base),
            cutoff,
            cutoff + timedelta(days=self.days),
        )


@dataclass(frozen=True, slots=True)
class Units:
    """Who goes on buying, an entry each: bought in the base days, days since, booked ahead.

    `white` is the whitespace left, as a multiple of what units that bought as much have left.
    """

    bought: Floats
    since: npt.NDArray[np.int64]
    booked: Floats
    white: Floats

    def __len__(self) -> int:
        return len(self.bought)

    def some(self, places: npt.NDArray[Any]) -> "Units":
        """Those at `places`, or where a mask of them is true."""
        return Units(
            self.bought[places], self.since[places], self.booked[places], self.white[places]
        )


@dataclass(frozen=True, slots=True)
class Business:
    """Everything that a revenue is made of.

    `certain` is recognised or booked and past; `units` go on buying, what they own and what is
    new to them, at least what is `booked`; `deals` are open opportunities, amounts with their
    probabilities; `first` is what those who never bought are expected to bring, in purchases of
    about `first_size`.
    """

    certain: float
    units: Units
    deals: Floats = field(default_factory=lambda: np.empty(0))
    odds: Floats = field(default_factory=lambda: np.empty(0))
    first: float = 0.0
    first_size: float = 1.0


@dataclass(frozen=True, slots=True)
class Range:
    """Nine of ten outcomes lie above `p10`, half below `p50`, one of ten above `p90`."""

    p10: float
    p50: float
    p90: float
    mean: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the `outcomes` of one dimension fell inside their range of P10 to P90."""

    dimension: str
    outcomes: int
    inside: int

    @property
    def share(self) -> float | None:
        return self.inside / self.outcomes if self.outcomes else None
