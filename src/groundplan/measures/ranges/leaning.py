"""How much less or more a part of the business does than look-alikes of all parts did."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .contracts import Floats, Units
from .donors import Donors
from .history import NEVER, Watched
from .seasons import Own
from .shrinking import kept_of

MOST = 1.5
"""As logarithms: a part that brought a fifth or five times as much leans no further."""


@dataclass(frozen=True, slots=True)
class Lean:
    """By how much a part brings more than look-alikes, as a logarithm, and how sure that is not."""

    by: float
    doubt: float


def leans(
    watched: Sequence[Watched],
    donors: Sequence[Donors],
    independent: float,
    own: Own,
    in_windows: Sequence[Own],
) -> dict[str, Lean]:
    """The lean of each part, from what it brought in the windows over what was to be expected.

    An account that bought for so much buys on alike in no two categories: what one needs every
    month and what one buys once regress to their means at different rates. A lean is drawn towards
    none by how far chance alone would carry it (empirical Bayes; the windows count as so many
    `independent` ones). What a part owes to its season in the windows is taken out of that, and its
    `own` season of the horizon is put in.
    """
    names = np.unique(np.concatenate([one.part.astype(str) for one in watched]))
    shape = (len(watched), len(names))
    came, expected, variance = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for place, (one, look_alikes) in enumerate(zip(watched, donors, strict=True)):
        known = one.since < NEVER
        nothing = np.zeros(int(known.sum()))
        units = Units(one.bought[known], one.since[known], nothing, nothing + 1)
        part = np.searchsorted(names, one.part[known].astype(str))
        sums = ((one.followed + one.first_bought)[known], *look_alikes.moments(units))
        for into, amounts in zip((came, expected, variance), sums, strict=True):
            into[place] = np.bincount(part, amounts, len(names))
    seen = (came > 0) & (expected > 0)
    # What was not seen adds nothing: a logarithm of one, a chance of none.
    came, expected = np.where(seen, came, 1.0), np.where(seen, expected, 1.0)
    count = np.maximum(seen.sum(axis=0), 1)
    level = np.log(came / expected) - np.array([one.of(names) for one in in_windows])
    mean = np.where(seen, level, 0.0).clip(-MOST, MOST).sum(axis=0) / count
    chance = np.where(seen, variance / expected**2, 0.0).sum(axis=0) / count
    chance /= np.maximum(independent * count / len(watched), 1.0)
    there = seen.sum(axis=0) > 0
    found = _drawn(names.tolist(), mean, chance, there)
    return {name: _in_season(one, own, name) for name, one in found.items()}


def _in_season(lean: Lean, own: Own, name: str) -> Lean:
    doubt = float(np.hypot(lean.doubt, own.doubt.get(name, 0.0)))
    return Lean(lean.by + own.by.get(name, 0.0), doubt)


def _drawn(
    names: list[str], mean: Floats, chance: Floats, seen: npt.NDArray[np.bool_]
) -> dict[str, Lean]:
    kept = np.zeros(len(mean))
    kept[seen] = kept_of(mean[seen], chance[seen])
    doubt = np.sqrt(kept * chance)
    found = zip(names, (kept * mean).tolist(), doubt.tolist(), seen.tolist(), strict=True)
    return {name: Lean(by, doubt) for name, by, doubt, there in found if there}
