"""Does knowing what look-alikes bought say what an account buys next? Judged without our measures.

A pair (account, product) is in one of three states: never bought, first bought before the last
year, first bought within it. Rankings see only the second and are scored on the third.
"""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from groundplan.demo.catalogue import CATALOGUE
from groundplan.demo.world import World

States = NDArray[np.int8]
Scores = NDArray[np.float64]
NEVER, BEFORE, NEWLY = 0, 1, 2


def pair_states(company: World) -> tuple[States, list[str]]:
    """Accounts that ever bought x products, and the industry of each account."""
    products = {item.key: place for place, item in enumerate(CATALOGUE)}
    industries = {
        str(row["account_id"]): str(row["industry"]) for row in company.tables["accounts"]
    }
    buyers = sorted({str(row["account_id"]) for row in company.tables["purchases"]})
    first: dict[tuple[str, str], date] = {}
    for row in company.tables["purchases"]:
        on, pair = row["date"], (str(row["account_id"]), str(row["product_id"]))
        assert isinstance(on, date)
        first[pair] = min(on, first.get(pair, on))
    cut = company.today - timedelta(days=365)
    states = np.zeros((len(buyers), len(products)), dtype=np.int8)
    place = {account: number for number, account in enumerate(buyers)}
    for (account, product), on in first.items():
        states[place[account], products[product]] = BEFORE if on <= cut else NEWLY
    return states, [industries[account] for account in buyers]


def shuffled(states: States, seed: int) -> States:
    """Each product's buyers drawn anew: popularity and timing stay, affinity is gone."""
    draw = np.random.default_rng(seed)
    return np.column_stack(
        [draw.permutation(states[:, column]) for column in range(states.shape[1])]
    )


def by_popularity(states: States) -> Scores:
    owned = (states == BEFORE).astype(float)
    scores: Scores = np.tile(owned.mean(axis=0), (len(owned), 1))
    return scores


def by_cosine(states: States) -> Scores:
    owned = (states == BEFORE).astype(float)
    norm = np.sqrt(owned.sum(axis=0)) + 1e-9
    likeness = owned.T @ owned / np.outer(norm, norm)
    np.fill_diagonal(likeness, 0)
    scores: Scores = owned @ likeness
    return scores


def by_segment(states: States, segments: list[str]) -> Scores:
    owned = (states == BEFORE).astype(float)
    scores: Scores = np.zeros_like(owned)
    for segment in set(segments):
        rows = np.array([name == segment for name in segments])
        scores[rows] = (owned[rows].sum(axis=0) + 5 * owned.mean(axis=0)) / (rows.sum() + 5)
    return scores


def ndcg_at_5(states: States, scores: Scores) -> float:
    """Mean over the accounts that newly bought something; 1 is a perfect order."""
    discounts = 1 / np.log2(np.arange(2, 7))
    ranked = np.argsort(-np.where(states == BEFORE, -np.inf, scores), axis=1, kind="stable")[:, :5]
    hits = np.take_along_axis(states == NEWLY, ranked, axis=1)
    wanted = (states == NEWLY).sum(axis=1)
    kept = wanted > 0
    ideal = np.array([discounts[: min(5, count)].sum() for count in wanted[kept]])
    return float(((hits[kept] * discounts).sum(axis=1) / ideal).mean())
