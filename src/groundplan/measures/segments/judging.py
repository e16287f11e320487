"""Judges ways of grouping accounts by purchases of accounts that they haven't learned from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt

from groundplan.engine.owned import Owned

from .contracts import Candidate, CandidateScore

PRODUCT_STRENGTH = 10.0
STRENGTHS = (10.0, 50.0, 200.0, 1000.0)
CERTAIN = 0.999999

Places = npt.NDArray[np.int64]
Counts = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Fold:
    """Segments (rows) by products: who could have bought in the window, and who did."""

    exposed: Counts
    adopted: Counts


class Sample:
    """The sampled accounts and what they own: read once, asked of every candidate.

    One account in five is held out: nothing is learned from it. Counting into places takes a
    tenth of the time that grouping in SQL takes, and every candidate counts all pairs anew.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, owned: Owned, *, as_of: int, year_ago: int
    ) -> None:
        accounts = connection.execute(
            "SELECT account_id, bucket % 5 = 0 AS held_out FROM grouped_attributes"
            " ORDER BY account_id"
        ).fetchnumpy()
        self.accounts: Places = accounts["account_id"]
        self.held_out: npt.NDArray[np.bool_] = accounts["held_out"]
        self.products = len(owned.products)
        rows, account = owned.rows_of(self.accounts)
        # What isn't a product any more counts for nobody.
        known = owned.product[rows] >= 0
        rows, account = rows[known], account[known]
        product, first = owned.product[rows], owned.first[rows]
        when = {"owned_before": first < year_ago, "adopted": (first >= year_ago) & (first < as_of)}
        self._pairs: dict[tuple[bool, str], tuple[Places, Places]] = {}
        for fold in (False, True):
            for told, counted in when.items():
                chosen = (self.held_out[account] == fold) & counted
                self._pairs[fold, told] = account[chosen], product[chosen]

    def folds(self, places: Places) -> tuple[_Fold, _Fold]:
        """What is learned from and what is held out, where account i was of segment `places[i]`;
        a row for each segment that some account was of."""
        there, place = np.unique(places, return_inverse=True)
        learned, held_out = (self._fold(place, len(there), fold) for fold in (False, True))
        return learned, held_out

    def _fold(self, place: Places, segments: int, fold: bool) -> _Fold:
        accounts = np.bincount(place[self.held_out == fold], minlength=segments)
        owned, adopted = (
            self._count(place, segments, self._pairs[fold, told])
            for told in ("owned_before", "adopted")
        )
        return _Fold(accounts[:, None] - owned, adopted)

    def _count(self, place: Places, segments: int, pairs: tuple[Places, Places]) -> Counts:
        account, product = pairs
        cell = place[account] * self.products + product
        counts = np.bincount(cell, minlength=segments * self.products)
        return counts.reshape(segments, self.products).astype(np.float64)


def judged(
    connection: duckdb.DuckDBPyConnection, sample: Sample, candidates: Sequence[Candidate]
) -> Iterator[CandidateScore]:
    """The score of each candidate with its best prior strength, by its `candidate_segments`."""
    if not len(sample.accounts) or not sample.products:
        return
    rows = connection.execute(
        "SELECT place_past FROM candidate_segments ORDER BY candidate, account_id"
    ).fetchnumpy()
    places = rows["place_past"].reshape(len(candidates), len(sample.accounts))
    for candidate, place in zip(candidates, places, strict=True):
        learned, held_out = sample.folds(place)
        # Of equal ones the stronger prior is taken.
        likelihood, strength = max(
            (_likelihood(learned, held_out, strength), strength) for strength in STRENGTHS
        )
        yield CandidateScore(
            candidate,
            strength,
            likelihood,
            int(held_out.adopted.sum()),
            int(held_out.exposed.sum()),
            len(learned.exposed),
        )


def _likelihood(learned: _Fold, held_out: _Fold, strength: float) -> float:
    """Log likelihood, in nats, of the held-out first purchases under rates that were learned."""
    rates = (learned.adopted + strength * _product_rates(learned)) / (learned.exposed + strength)
    rates = np.minimum(rates, CERTAIN)
    missed = held_out.exposed - held_out.adopted
    return float(np.sum(held_out.adopted * np.log(rates) + missed * np.log1p(-rates)))


def _product_rates(learned: _Fold) -> Counts:
    """A product's rate over all segments, itself drawn to the rate of all products."""
    adopted, exposed = learned.adopted.sum(axis=0), learned.exposed.sum(axis=0)
    mean = (adopted.sum() + 0.5) / (exposed.sum() + 1.0)
    rates: Counts = (adopted + PRODUCT_STRENGTH * mean) / (exposed + PRODUCT_STRENGTH)
    return rates
