"""Chooses the recipe by what accounts bought later: never on the purchases it is used for."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from .contracts import Flags, Floats, OrderChoice, Recipe
from .holdings import YEAR, Holdings, Products, shares
from .judging import ndcg_of
from .weights import cosine, count_pairs, ease, popularity_spread, spread

SAMPLE = 5_000
CELLS_TRIED = 500_000
FEWEST = 30
LEAST_GAIN = 0.002
RIDGES = (20.0, 100.0, 500.0, 2_000.0)
FRESHNESS = (0.0, 0.5, 1.0)
COSINES = (0.0, 0.25, 0.5, 0.75, 1.0)
POPULARITIES = (0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
STEPS: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("ridge", RIDGES),
    ("freshness", FRESHNESS),
    ("cosine", COSINES),
    ("popularity", POPULARITIES),
)
ROUNDS = 2


def choose_recipe(sample: Holdings, products: Products, at: int) -> OrderChoice:
    """The best of the recipes, by the NDCG@5 of up to two windows that end at the day `at`.

    A window is a year, or half of the history where that is shorter; weights are learned from
    what was bought before it. Another recipe than the default one must be better by more than
    the standard error of the difference, account by account, and by LEAST_GAIN.
    """
    trials = list(_trials(sample, products, at))
    judged = sum(trial.accounts for trial in trials)
    start = Recipe()
    if judged < FEWEST:
        return OrderChoice(start, judged, 0.0, 0.0, 0)
    known: dict[Recipe, Floats] = {}

    def ndcg(recipe: Recipe) -> Floats:
        if recipe not in known:
            known[recipe] = np.concatenate([trial.ndcg(recipe) for trial in trials])
        return known[recipe]

    best = climbed(ndcg, start)
    reached = float(ndcg(best).mean())
    return OrderChoice(best, judged, reached, reached - float(ndcg(start).mean()), len(known))


def climbed(ndcg: Callable[[Recipe], Floats], best: Recipe) -> Recipe:
    """One property after the other, until none of them helps."""
    for _ in range(ROUNDS):
        before = best
        for name, values in STEPS:
            rivals = [replace(best, **{name: value}) for value in values]
            gains = {one: _sure_gain(ndcg(one), ndcg(best)) for one in rivals if one != best}
            surest = max(gains, key=lambda one: gains[one])
            best = surest if gains[surest] > 0 else best
        if best == before:
            break
    return best


def _sure_gain(rival: Floats, current: Floats) -> float:
    """What is left of the gain once its standard error, or LEAST_GAIN, is taken off.

    The surest rival is taken, not the one that gained most: of several that differ by chance, that
    is the one with the largest error.
    """
    difference = rival - current
    error = float(difference.std()) / float(np.sqrt(len(difference)))
    needed = max(error, LEAST_GAIN * float(current.mean()))
    return float(difference.mean()) - needed


def _trials(sample: Holdings, products: Products, at: int) -> Iterator["Trial"]:
    first = int(sample.first.min()) if len(sample.first) else at
    window = int(min(YEAR, (at - first) // 2))
    if window < 1 or not products.groups:
        return
    group = max(products.groups, key=len)
    mine = _within(sample, group)
    for end in (at, at - window):
        if end - window - first >= window // 2:
            yield Trial(mine, end - window, end)


def _within(sample: Holdings, group: npt.NDArray[np.int64]) -> Holdings:
    """Only the products of the group, by their place in it."""
    if len(group) == sample.products:
        return sample
    kept = np.isin(sample.product, group)
    place = np.searchsorted(group, sample.product[kept])
    return Holdings(sample.accounts, sample.account[kept], place, sample.first[kept], len(group))


def _thinned(judges: Flags, most: int) -> Flags:
    """At most so many of the accounts, from all over the book."""
    places = np.flatnonzero(judges)
    found = np.zeros_like(judges)
    found[places[:: max(1, -(-len(places) // most))]] = True
    return found


class Trial:
    """One window: learned before `start`, judged by what was first bought from it to `end`."""

    def __init__(self, sample: Holdings, start: int, end: int) -> None:
        together = Products(np.arange(sample.products), (np.arange(sample.products),))
        grams = count_pairs([sample], together, start)
        self.gram = grams.groups[0]
        self.start = start
        owners = grams.owners
        self.base = shares(owners, grams.accounts) / (
            popularity_spread(owners, grams.accounts) or 1.0
        )
        self.known: Flags = owners > 0
        held = sample.held(start) > 0
        bought = (sample.held(end) > 0) & ~held & self.known
        able: Flags = np.logical_and(held.any(axis=1), bought.any(axis=1))
        judges = _thinned(able, max(FEWEST, CELLS_TRIED // max(sample.products, 1)))
        self.judges = sample.of(judges)
        self.held, self.bought = held[judges], bought[judges]
        self.accounts = len(self.held)
        self._parts: dict[tuple[float, float], Floats] = {}

    def ndcg(self, recipe: Recipe) -> Floats:
        """NDCG@5 of each account that judges."""
        scores = recipe.popularity * self.base
        if recipe.cosine < 1:
            scores = scores + (1 - recipe.cosine) * self._part(recipe.ridge, recipe.freshness)
        if recipe.cosine > 0:
            scores = scores + recipe.cosine * self._part(0.0, recipe.freshness)
        return ndcg_of(scores, ~self.held & self.known, self.bought)

    def _part(self, ridge: float, freshness: float) -> Floats:
        """Scores by EASE, or by cosine where `ridge` is zero, in standard deviations."""
        key = (ridge, freshness)
        if key not in self._parts:
            weights = ease(self.gram, ridge) if ridge else cosine(self.gram)
            scores = self.judges.weighed(self.start, freshness) @ weights
            self._parts[key] = scores / spread(scores, self.held, self.known)
        return self._parts[key]
