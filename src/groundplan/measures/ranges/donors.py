"""Look-alikes in the past: what followed for accounts that had bought as much, as recently."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from .contracts import Floats, Units

RECENT = (91, 182, 365, 730)
"""Days since the last purchase at which one class of look-alikes ends and the next begins."""

SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")

NEIGHBOURS = 20
"""Look-alikes on either side, by what they bought, among those of the same class."""

ENOUGH = 2 * NEIGHBOURS + 1
LAPSED = (3, 4)
"""Classes of those that bought nothing in the year before."""

FEWEST_AND_MOST = 0.2, 5.0

MOST_PEERS = 20_000

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Donors:
    """The units of one past window, sorted by class and by what they had bought before it.

    `owned` and `new` are what followed over what came before (or the amounts themselves, where
    nothing did): of products bought before and of others. `ends[c]` and `ends[c + 1]` bound
    class c. `spread` is how far their sum is left to chance, as a share of it.
    """

    bought: Floats
    owned: Floats
    new: Floats
    ends: Places
    spread: float

    def classes(self) -> Places:
        """The class of each."""
        return np.repeat(np.arange(len(RECENT) + 1), np.diff(self.ends))

    def near(self, units: Units) -> tuple[Places, Places]:
        """The first and the last place of each unit's look-alikes; none: the last comes first."""
        return self.between(units.bought, classes_of(units.since))

    def between(self, amounts: Floats, classes: Places) -> tuple[Places, Places]:
        """As `near`, of units of these classes that bought for these amounts."""
        low, high = np.zeros(len(amounts), np.int64), np.full(len(amounts), -1, np.int64)
        for one in range(len(RECENT) + 1):
            start, end = self.ends[one], self.ends[one + 1]
            mine = classes == one
            if start == end or not mine.any():
                continue
            bought, reach = self.bought[start:end], min(NEIGHBOURS, (end - start - 1) // 2)
            first, past = (np.searchsorted(bought, amounts[mine], one) for one in SIDES)
            middle = np.clip((first + past) // 2, reach, len(bought) - 1 - reach)
            # All that bought just as much, not those of them that happen to stand in the middle:
            # of many that bought nothing lately, these would be alike in what followed.
            low[mine] = start + np.minimum(middle - reach, first)
            high[mine] = start + np.maximum(middle + reach, past - 1)
        return low, high

    def moments(self, units: Units) -> tuple[Floats, Floats]:
        """Mean and variance of what each of these units brings."""
        low, high = self.near(units)
        count = np.maximum(high - low + 1, 1)
        owned, new, owned2, new2, both = (
            _between(values, low, high) / count
            for values in (self.owned, self.new, self.owned**2, self.new**2, self.owned * self.new)
        )
        mean = owned + units.white * new
        square = owned2 + units.white**2 * new2 + 2 * units.white * both
        scale = _scale(units.bought)
        return mean * scale, np.maximum(square - mean**2, 0) * scale**2

    def draw(self, units: Units, count: int, random: np.random.Generator) -> Floats:
        """`count` rows of one outcome a unit, each a look-alike's, in proportion."""
        if not len(self.bought):
            return np.zeros((count, len(units)))
        low, high = self.near(units)
        chance = random.random((count, len(units)))
        place = low + np.floor(chance * np.maximum(high - low + 1, 1)).astype(np.int64)
        drawn = self.owned[place] + units.white * self.new[place]
        return np.where(high >= low, drawn * _scale(units.bought), 0.0)


def _scale(bought: Floats) -> Floats:
    return np.where(bought > 0, bought, 1.0)


def _between(values: Floats, low: Places, high: Places) -> Floats:
    """Sums of `values` from each place `low` to `high`, both included."""
    summed = np.concatenate([[0.0], np.cumsum(values)])
    between: Floats = summed[high + 1] - summed[low]
    return between


def classes_of(since: Places) -> Places:
    """The class of each number of days since the last purchase: 0 is the most recent."""
    classes: Places = np.digitize(since, RECENT, right=True).astype(np.int64)
    return classes


def donors_of(bought: Floats, since: Places, owned: Floats, new: Floats) -> Donors:
    """Sort one window's units: `bought` before, days `since` the last time, what followed."""
    bought, owned, new, classes = _filled(bought, owned, new, classes_of(since))
    order = np.lexsort((new, owned, bought, classes))
    bought, owned, new = bought[order], owned[order], new[order]
    ends = np.searchsorted(classes[order], np.arange(len(RECENT) + 2)).astype(np.int64)
    positive = bought[bought > 0]
    # A cent before and a fortune after is chance, not growth by a million.
    floor = float(np.quantile(positive, 0.05)) if len(positive) else 1.0
    over = np.where(bought > 0, np.maximum(bought, floor), 1.0)
    found = Donors(bought, owned / over, new / over, ends, 0.0)
    return replace(found, spread=_spread(found, (owned + new) / over * _scale(bought)))


def _filled(bought: Floats, owned: Floats, new: Floats, classes: Places) -> tuple[Any, ...]:
    """As given, and where there are a few who had bought nothing for a year, as many who stay away
    as make ENOUGH: what two or three did who came back would be foretold of hundreds."""
    missing = [
        np.full(ENOUGH - count, one)
        for one in LAPSED
        if 0 < (count := int((classes == one).sum())) < ENOUGH
    ]
    zeros = np.zeros(sum(map(len, missing)))
    amounts = (np.concatenate([one, zeros]) for one in (bought, owned, new))
    return *amounts, np.concatenate([classes, *missing])


def _spread(donors: Donors, followed: Floats) -> float:
    """The standard deviation of the sum of outcomes around what look-alikes did, over the sum."""
    total = float(followed.sum())
    if total <= 0:
        return 0.0
    low, high = donors.between(donors.bought, donors.classes())
    around = _between(followed, low, high) / (high - low + 1)
    return float(np.sqrt(((followed - around) ** 2).sum())) / total


def uncertain_mean(donors: Sequence[Donors], step: int, days: int) -> float:
    """How far the donors' own mean may be off, as a share: few, overlapping windows tell less."""
    if not donors:
        return 0.0
    told = independent(len(donors), step, days)
    return float(np.sqrt(np.mean([one.spread**2 for one in donors]) / told))


def independent(windows: int, step: int, days: int) -> float:
    """As how many windows that don't overlap so many count that begin `step` days apart."""
    return max(1.0, windows * min(step / max(days, 1), 1.0))


@dataclass(frozen=True, slots=True)
class Peers:
    """The usual whitespace of customers, by class and by what they bought; sorted so."""

    bought: Floats
    usual: Floats
    ends: Places

    def multiple(self, white: Floats, bought: Floats, since: Places) -> Floats:
        """Each one's whitespace as a multiple of its peers', within FEWEST_AND_MOST."""
        classes = classes_of(since)
        multiple = np.ones(len(white))
        for one, (start, end) in enumerate(pairwise(self.ends)):
            mine = np.flatnonzero(classes == one)
            if start == end or not len(mine):
                continue
            at = start + np.searchsorted(self.bought[start:end], bought[mine])
            usual = self.usual[np.clip(at, start, end - 1)]
            multiple[mine] = np.where(usual > 0, white[mine] / np.where(usual > 0, usual, 1.0), 1.0)
        return np.clip(multiple, *FEWEST_AND_MOST)


def peers_of(white: Floats, bought: Floats, since: Places) -> Peers:
    """Average the whitespace of neighbours; of many, an even pick is kept."""
    classes = classes_of(since)
    order = np.lexsort((bought, classes))
    order = order[:: max(len(order) // MOST_PEERS, 1)]
    ends = np.searchsorted(classes[order], np.arange(len(RECENT) + 2)).astype(np.int64)
    usual = np.zeros(len(order))
    for start, end in pairwise(ends):
        if start == end:
            continue
        reach = min(NEIGHBOURS, (end - start - 1) // 2)
        middle = np.clip(np.arange(start, end), start + reach, end - 1 - reach)
        around = _between(white[order], middle - reach, middle + reach)
        usual[start:end] = around / (2 * reach + 1)
    return Peers(bought[order], usual, ends)
