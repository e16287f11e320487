"""Draws outcomes of a revenue from everything that it is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np

from .contracts import HIGH, LOW, MIDDLE, Business, Floats, Range, Units
from .donors import Donors
from .leaning import Lean

DRAWS = 2_000
EXACT = 2_000
"""Up to so many accounts or opportunities are drawn one by one."""

LARGEST = 500
"""Of more than EXACT the largest are drawn, the rest is normal: off by less than 0.1 %."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the past tells: a group of donors for each window, and how far all may move together.

    `seasons` says how much more a day brings in the horizon than it did in each window; `shared`
    is the standard deviation of what moves every account alike, as a share; `leans` how far single
    categories or channels keep away from what look-alikes of all of them do.
    """

    donors: Sequence[Donors]
    seasons: Sequence[float]
    shared: float
    leans: Mapping[str, Lean] = field(default_factory=dict)

    def of(self, part: str) -> "Outlook":
        """The outlook for one category or channel."""
        if part not in self.leans:
            return self
        lean = self.leans[part]
        seasons = [season * float(np.exp(lean.by)) for season in self.seasons]
        return Outlook(self.donors, seasons, float(np.hypot(self.shared, lean.doubt)))


NO_OUTLOOK = Outlook((), (), 0.0)


def simulate(business: Business, outlook: Outlook, name: str) -> Range:
    """The range of one revenue. `name` seeds the draws: the same facts give the same range."""
    random = np.random.default_rng(crc32(name.encode()))
    # Half its variance less, so that the shift moves no mean.
    shift = random.normal(size=DRAWS) * outlook.shared - outlook.shared**2 / 2
    total = business.certain + _continuing(business.units, outlook, np.exp(shift), random)
    total += _deals(business.deals, business.odds, random)
    total += _first(business, random) * np.exp(shift)
    low, middle, high = np.quantile(total, [LOW, MIDDLE, HIGH])
    return Range(float(low), float(middle), float(high), float(total.mean()))


def _continuing(
    units: Units, outlook: Outlook, factor: Floats, random: np.random.Generator
) -> Floats:
    """A draw takes all its look-alikes from one window: what moved them alike then, moves again."""
    if not outlook.donors:
        return np.full(DRAWS, units.booked.sum())
    top, rest = _split(units)
    window = random.integers(len(outlook.donors), size=DRAWS)
    total = np.empty(DRAWS)
    for place, (donors, season) in enumerate(zip(outlook.donors, outlook.seasons, strict=True)):
        mine = np.flatnonzero(window == place)
        drawn = donors.draw(top, len(mine), random)
        drawn *= season * factor[mine][:, None]
        total[mine] = np.maximum(drawn, top.booked).sum(axis=1)
        if len(rest):
            mean, variance = donors.moments(rest)
            others = mean.sum() + np.sqrt(variance.sum()) * random.normal(size=len(mine))
            others = np.maximum(others * season * factor[mine], 0)
            total[mine] += np.maximum(others, rest.booked.sum())
    return total


def _split(units: Units) -> tuple[Units, Units]:
    order = np.lexsort((units.since, -units.booked, -units.bought))
    taken = len(order) if len(order) <= EXACT else LARGEST
    return units.some(order[:taken]), units.some(order[taken:])


def _deals(amounts: Floats, odds: Floats, random: np.random.Generator) -> Floats:
    """Each opportunity is won whole or not at all."""
    if not len(amounts):
        return np.zeros(DRAWS)
    order = np.lexsort((odds, -amounts))
    taken = len(order) if len(order) <= EXACT else LARGEST
    top, rest = order[:taken], order[taken:]
    won = np.zeros(DRAWS)
    # One opportunity at a time: a matrix of all draws would take hundreds of megabytes.
    for place in top:
        won += amounts[place] * (random.random(DRAWS) < odds[place])
    if len(rest):
        mean = float((amounts[rest] * odds[rest]).sum())
        variance = float((amounts[rest] ** 2 * odds[rest] * (1 - odds[rest])).sum())
        won += np.maximum(mean + np.sqrt(variance) * random.normal(size=DRAWS), 0)
    return won


def _first(business: Business, random: np.random.Generator) -> Floats:
    """Those who never bought come by chance, so many of about such a size."""
    if business.first <= 0 or business.first_size <= 0:
        return np.zeros(DRAWS)
    count = random.poisson(business.first / business.first_size, size=DRAWS)
    drawn = random.gamma(np.maximum(count, 1), business.first_size)
    return np.where(count > 0, drawn, 0.0)
