"""How well an order foretold what was bought: hit@5, recall@5, NDCG@5 and average precision."""

from dataclasses import dataclass

import numpy as np

from .contracts import Flags, Floats, Places

TOP = 5
ROWS = 4_000
DECIMALS = 4
"""Scores are kept to so many: what differs by less is rounding, and product order decides."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One figure an account, each from 0 to 1."""

    ndcg: Floats
    hit: Floats
    recall: Floats
    precision: Floats


def ranks_of(scores: Floats, candidates: Flags, bought: Flags) -> tuple[Places, Places]:
    """The account (row) and rank from 1 of everything bought, by row and rank.

    Only candidates are ranked; equal scores go by the product's place.
    """
    ranked = np.where(candidates, scores, -np.inf)
    rows, columns = np.nonzero(bought & candidates)
    ranks = np.empty(len(rows), np.int64)
    places = np.arange(scores.shape[1])
    for start in range(0, len(rows), ROWS):
        part = slice(start, start + ROWS)
        row, column = rows[part], columns[part]
        others, mine = ranked[row], ranked[row, column][:, None]
        before = (others > mine) | ((others == mine) & (places < column[:, None]))
        ranks[part] = 1 + before.sum(axis=1)
    order = np.lexsort((ranks, rows))
    return rows[order], ranks[order]


def judge(scores: Floats, candidates: Flags, bought: Flags) -> Judged:
    """Figures of each account (row); every row has bought at least one candidate."""
    rows, ranks = ranks_of(scores, candidates, bought)
    accounts = len(scores)
    count = np.bincount(rows, minlength=accounts)
    within = ranks <= TOP
    found = np.bincount(rows[within], minlength=accounts)
    gain = np.bincount(rows[within], discounts(ranks[within]), accounts)
    best = np.concatenate([[0.0], np.cumsum(discounts(np.arange(1, TOP + 1)))])
    # The n-th thing bought, at rank r, makes a precision of n / r.
    starts = np.concatenate([[0], np.cumsum(count)[:-1]])
    nth = np.arange(len(rows)) - starts[rows] + 1
    precision = np.bincount(rows, nth / ranks, accounts)
    some = np.maximum(count, 1)
    return Judged(
        gain / np.maximum(best[np.minimum(count, TOP)], 1e-12),
        (found > 0).astype(np.float64),
        found / some,
        precision / some,
    )


def leaders(scores: Floats, free: Flags, most: int = TOP) -> Places:
    """Accounts by ranks: the columns of each account's best free products, -1 where none is."""
    left = np.where(free, scores, -np.inf).astype(scores.dtype, copy=False)
    return take_leaders(left, most)


def take_leaders(left: Floats, most: int = TOP) -> Places:
    """As `leaders`; `left`, whose scores are minus infinity where a product isn't free, is used up.

    Scores are rounded first, so that those that differ by rounding alone go by product.
    """
    np.multiply(left, left.dtype.type(10**DECIMALS), out=left)
    np.rint(left, out=left)
    best = np.empty((len(left), min(most, left.shape[1])), np.int64)
    rows = np.arange(len(left))
    # Of equal scores the first is taken; taking each rank in turn costs less than parting them.
    for rank in range(best.shape[1]):
        found = left.argmax(axis=1)
        best[:, rank] = np.where(left[rows, found] > -np.inf, found, -1)
        left[rows, found] = -np.inf
    return best


def ndcg_of(scores: Floats, free: Flags, bought: Flags) -> Floats:
    """NDCG@5 alone, as `judge` has it; many times as fast, for trying many scores."""
    best = leaders(scores, free)
    mine = bought & free
    found = np.take_along_axis(mine, np.maximum(best, 0), axis=1) & (best >= 0)
    steps = discounts(np.arange(1, TOP + 1))
    ideal = np.cumsum(steps)[np.clip(mine.sum(axis=1), 1, TOP) - 1]
    ndcg: Floats = (found @ steps[: found.shape[1]]) / ideal
    return ndcg


def by_chance(candidates: Flags, bought: Flags) -> Floats:
    """The NDCG@5 that each account would have on average if its products were shuffled."""
    count = (bought & candidates).sum(axis=1)
    of = np.maximum(candidates.sum(axis=1), 1)
    best = np.concatenate([[1.0], np.cumsum(discounts(np.arange(1, TOP + 1)))])
    top = np.concatenate([[0.0], np.cumsum(discounts(np.arange(1, TOP + 1)))])
    found: Floats = count / of * top[np.minimum(of, TOP)] / best[np.minimum(count, TOP)]
    return found


def discounts(ranks: Places) -> Floats:
    found: Floats = 1 / np.log2(1 + ranks)
    return found
