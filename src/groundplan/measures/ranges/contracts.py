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
    """The days whose revenue is foretold: from `start`, not known yet, to `end`, both included.

    `ahead` is how many days lie between what is known and `start`.
    """

    start: date
    end: date
    ahead: int = 0

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def known(self) -> date:
        """The first day of which nothing is known."""
        return self.start - timedelta(days=self.ahead)

    @property
    def span(self) -> int:
        """Days from what is known to the end."""
        return self.ahead + self.days

    def seen_from(self, day: date) -> "Horizon":
        """The days that lie as far from `day` as these do from what is known."""
        start = day + timedelta(days=self.ahead)
        return Horizon(start, start + timedelta(days=self.days - 1), self.ahead)


@dataclass(frozen=True, slots=True)
class Windows:
    """Days in the past from which a time as long and as far ahead as the horizon can be watched.

    What was bought in the `base` days before such a day is compared with what came in the `days`
    that began `ahead` days after it.
    """

    cutoffs: tuple[date, ...]
    base: int
    days: int
    ahead: int = 0

    def looks_back_to(self, cutoff: date) -> date:
        return cutoff - timedelta(days=self.base)

    def watched(self, cutoff: date) -> tuple[date, date]:
        """The first day watched, the first day no longer watched."""
        begins = cutoff + timedelta(days=self.ahead)
        return begins, begins + timedelta(days=self.days)


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
