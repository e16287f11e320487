"""What the days of the year bring: of everything, and how categories and channels differ in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from .contracts import Floats, Horizon
from .history import Daily, PartDays
from .shrinking import kept_of
from .windows import YEAR

MOST_YEARS = 3
SMOOTHED = 0.05
"""This share of what days would bring without seasons is added: nothing at all has no logarithm."""

POOLED = 2
"""As how many years what the years of all parts differ by counts against those of one."""


def season(days: Daily | None, horizon: Horizon, cutoff: date) -> float:
    """How much more a day brings in the horizon than in a window as long from `cutoff` on.

    By what the same days of the last full years brought, as far as these agree; 1 where there are
    not two of them.
    """
    years = full_years(days) if days is not None and horizon.days < YEAR else 0
    if days is None or not years:
        return 1.0
    by_year = _by_year(days.amounts.sum(axis=0), years)
    if (by_year.sum(axis=-1) <= 0).any():
        return 1.0
    level = by_year / _trend(by_year)
    now = level[:, _places(horizon, horizon.known)].sum(axis=1)
    then = level[:, _places(horizon, cutoff)].sum(axis=1)
    if not ((now > 0) & (then > 0)).all():
        return 1.0
    return float(np.exp(_agreed(np.log(now / then))))


@dataclass(frozen=True, slots=True)
class Own:
    """By how much a part brings more at some days than everything does, as a logarithm, and how
    far that may be off; nothing of a part that is not named."""

    by: Mapping[str, float] = field(default_factory=dict)
    doubt: Mapping[str, float] = field(default_factory=dict)

    def of(self, parts: Any) -> Floats:
        """By how much, of the part of each entry."""
        names, places = np.unique(np.asarray(parts, str), return_inverse=True)
        found: Floats = np.array([self.by.get(one, 0.0) for one in names.tolist()])[places]
        return found


def own_seasons(
    days: Daily | None, parts: PartDays | None, horizon: Horizon, cutoffs: Sequence[date]
) -> list[Own]:
    """How the share of each category or channel swings over the year: in the horizon, and in the
    window from each cutoff on. Without `parts`, and without two years, nothing swings.

    Garden tools and heaters have no season in common: what everything brings may be level while
    neither is.
    """
    years = full_years(days) if days is not None and horizon.days < YEAR else 0
    if days is None or parts is None or not years:
        return [Own()] * (1 + len(cutoffs))
    by_year = _by_year(parts.amounts, years)
    there = (by_year.sum(axis=-1) > 0).all(axis=-1)
    names = [name for name, one in zip(parts.names, there.tolist(), strict=True) if one]
    level = _level(by_year[there])
    whole = _level(_by_year(days.amounts.sum(axis=0), years))
    found = []
    for day in (horizon.known, *cutoffs):
        places = _places(horizon, day)
        found.append(_swings(names, *(one[..., places].sum(axis=-1) for one in (level, whole))))
    return found


def _swings(names: list[str], brought: Floats, usual: Floats) -> Own:
    """From what share of a year's business some days had, of each part by year, and of everything.

    A swing is drawn towards none by how far years differ, in the part and, pooled, in all of them:
    two years of a small part agree by chance.
    """
    usual = np.maximum(usual, 1e-9)
    of_years = np.log((np.maximum(brought / usual, 0) + SMOOTHED) / (1 + SMOOTHED))
    mean, more = of_years.mean(axis=-1), of_years.shape[-1] - 1
    own = of_years.var(axis=-1, ddof=1)
    pooled = own.mean() if len(own) else 0.0
    doubt = (POOLED * pooled + more * own) / (POOLED + more) / (more + 1)
    kept = kept_of(mean, doubt)
    by, unsure = (kept * mean).tolist(), np.sqrt(kept * doubt).tolist()
    return Own(dict(zip(names, by, strict=True)), dict(zip(names, unsure, strict=True)))


def full_years(days: Daily) -> int:
    """How many years before what is known are looked at; none where there are not two."""
    years = min(days.amounts.shape[1] // YEAR, MOST_YEARS)
    return years if years >= 2 else 0


def _by_year(amounts: Floats, years: int) -> Floats:
    """Days, the last axis, as years by days of a year: place 0 is the first day not known, since
    the history ends on the day before it."""
    return amounts[..., -YEAR * years :].reshape(*amounts.shape[:-1], years, YEAR)


def _places(horizon: Horizon, day: date) -> npt.NDArray[np.int64]:
    """Places in a year of the days that lie as far from `day` as the horizon from what is known."""
    begins = horizon.ahead + (day - horizon.known).days
    return (np.arange(horizon.days) + begins) % YEAR


def _level(by_year: Floats) -> Floats:
    """Each year's days without its growth, as shares of the year."""
    level = by_year / _trend(by_year)
    shares: Floats = level / level.sum(axis=-1, keepdims=True)
    return shares


def _agreed(of_years: Floats) -> float:
    """Their mean, drawn towards nothing by how far they differ (James and Stein): of years that
    contradict each other nothing is left."""
    mean, doubt = of_years.mean(), of_years.var(ddof=1) / len(of_years)
    return float(mean * max(1 - doubt / mean**2, 0.0)) if mean else 0.0


def _trend(by_year: Floats) -> Floats:
    """How growth from year to year raises each day of a year against the year's middle.

    Without that, the end of a growing year passed for its season, and what follows upon it, which
    is like its beginning, was foretold too little: what grows goes on from where it is.
    """
    sums = np.log(by_year.sum(axis=-1))
    growth = (sums[..., -1] - sums[..., 0]) / (sums.shape[-1] - 1)
    trend: Floats = np.exp(growth[..., None, None] * (np.arange(YEAR) / YEAR - 0.5))
    return trend
