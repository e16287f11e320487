"""Adds up what was foretold and what came true, in buckets of accounts that can be resampled."""

import numpy as np
import numpy.typing as npt

from groundplan.engine.owned import scattered
from groundplan.measures.ordering.contracts import Flags, Floats, Places
from groundplan.measures.ordering.judging import by_chance, judge

from .contracts import FIGURES, METHODS

BUCKETS = 500
BINS = 10
SEED = 20261122
RESAMPLES = 1_000


class Tally:
    """Sums of figures and of cells by bucket: all that resampling needs, however many accounts."""

    def __init__(self, edges: Floats) -> None:
        self.edges = edges
        bins = len(edges) + 1
        self.accounts = np.zeros(BUCKETS)
        self.chance = np.zeros(BUCKETS)
        self.figures = np.zeros((len(METHODS), len(FIGURES), BUCKETS))
        self.predicted = np.zeros((bins, BUCKETS))
        self.observed = np.zeros((bins, BUCKETS))
        self.cells = np.zeros((bins, BUCKETS))

    def add_orders(
        self, ids: Places, orders: dict[str, Floats], candidates: Flags, bought: Flags
    ) -> None:
        """Count accounts, each of which bought a candidate."""
        bucket = bucket_of(ids)
        self.accounts += np.bincount(bucket, minlength=BUCKETS)
        self.chance += np.bincount(bucket, by_chance(candidates, bought), BUCKETS)
        for place, method in enumerate(METHODS):
            found = judge(orders[method], candidates, bought)
            parts = (found.ndcg, found.hit, found.recall, found.precision)
            for row, part in enumerate(parts):
                self.figures[place, row] += np.bincount(bucket, part, BUCKETS)

    def add_cells(self, ids: Places, probability: Floats, candidates: Flags, bought: Flags) -> None:
        """Count the cells that could be bought, by their predicted probability."""
        rows, columns = np.nonzero(candidates)
        found = probability[rows, columns]
        bins = len(self.edges) + 1
        place = bucket_of(ids)[rows] * bins + np.searchsorted(self.edges, found, side="right")
        self.cells += self._counted(place, None)
        self.predicted += self._counted(place, found)
        self.observed += self._counted(place, bought[rows, columns].astype(np.float64))

    def _counted(self, place: Places, weights: Floats | None) -> Floats:
        shape = (BUCKETS, len(self.edges) + 1)
        found = np.bincount(place, weights, shape[0] * shape[1]).astype(np.float64)
        return found.reshape(shape).T


def bucket_of(ids: Places) -> Places:
    found: Places = scattered(ids) % BUCKETS
    return found


def edges_of(probability: Floats, cells: Floats) -> Floats:
    """Where to part cells into about BINS equal parts; equal probabilities stay together."""
    order = np.argsort(probability, axis=None, kind="stable")
    values, weights = probability.ravel()[order], np.maximum(cells.ravel()[order], 0)
    total = np.cumsum(weights)
    if not len(total) or total[-1] <= 0:
        return np.zeros(0)
    wanted = np.arange(1, BINS) / BINS * total[-1]
    found: Floats = np.unique(values[np.searchsorted(total, wanted, side="right")])
    return found


def resamples() -> npt.NDArray[np.float64]:
    """How often each bucket is drawn, a row a resample; always the same."""
    chance = np.random.default_rng(SEED)
    return chance.multinomial(BUCKETS, np.full(BUCKETS, 1 / BUCKETS), RESAMPLES).astype(np.float64)
