"""Weights between products: EASE, an item-item ridge regression (Steck 2019), and item cosine."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from groundplan.engine.read_ahead import ahead

from .contracts import Flags, Floats, Places, Recipe, Singles
from .holdings import Holdings, Products, shares


@dataclass(frozen=True, slots=True)
class Grams:
    """How many accounts own both of two products, by group, and each product's owners."""

    groups: tuple[Floats, ...]
    owners: Floats
    accounts: int


@dataclass(frozen=True, slots=True)
class Scales:
    """Standard deviation of each kind of score over what accounts don't own."""

    ease: float = 1.0
    cosine: float = 1.0
    popularity: float = 1.0


@dataclass(frozen=True, slots=True)
class Ordering:
    """Weights ready for use: an account's scores are its products times `weights`, plus `base`.

    `weights[g]` is square over the places `groups[g]`: row, an owned product; column, the product
    that it speaks for.
    """

    recipe: Recipe
    groups: tuple[Places, ...]
    weights: tuple[Singles, ...]
    base: Singles
    owners: Floats

    def scores(self, holdings: Holdings, at: int) -> Singles:
        """Accounts by products, higher is likelier; comparable within an account."""
        held = holdings.weighed(at, self.recipe.freshness)
        if len(self.groups) == 1 and len(self.groups[0]) == held.shape[1]:
            found: Singles = held @ self.weights[0]
            found += self.base
            return found
        found = np.broadcast_to(self.base, held.shape).copy()
        for places, weights in zip(self.groups, self.weights, strict=True):
            found[:, places] += held[:, places] @ weights
        return found


def count_pairs(blocks: Iterable[Holdings], products: Products, before: int) -> Grams:
    """Count over all accounts of `blocks` what was bought before the day."""
    groups = [np.zeros((len(places), len(places))) for places in products.groups]
    owners, accounts = np.zeros(len(products.ids)), 0

    def count(block: Holdings) -> tuple[list[Floats], Places, int]:
        early = block.first < before
        owned = np.bincount(block.product[early], minlength=len(owners))
        buyers = np.bincount(block.account[early], minlength=1)
        return _counted(block, products, before), owned, int(np.count_nonzero(buyers))

    for counts, owned, buyers in ahead(count, blocks):
        owners += owned
        accounts += buyers
        for number, part in enumerate(counts):
            groups[number] += part
    return Grams(tuple(groups), owners, accounts)


def _counted(block: Holdings, products: Products, before: int) -> list[Floats]:
    """The pairs of a block, by group. Counts below 2^24 are exact in single precision."""
    found: list[Floats] = [np.zeros((len(places), len(places))) for places in products.groups]
    for slab in block.slabs():
        held = slab.held(before)
        for number, places in enumerate(products.groups):
            part = held if len(places) == held.shape[1] else held[:, places]
            found[number] += part.T @ part
    return found


def ease(gram: Floats, ridge: float) -> Singles:
    """B = I - P diag(1 / diag P) with P = (X'X + ridge I)^-1; its diagonal is zero."""
    inverse = np.linalg.inv(gram + ridge * np.eye(len(gram)))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return weights.astype(np.float32)


def cosine(gram: Floats) -> Singles:
    """The cosine of two products' columns of owners; zero on the diagonal."""
    length = np.sqrt(np.maximum(np.diag(gram), 1))
    weights = gram / length[:, None] / length
    np.fill_diagonal(weights, 0)
    return weights.astype(np.float32)


def spread(scores: Floats, held: Flags, known: Flags) -> float:
    """Standard deviation over known products that accounts don't own; 1 where there is none."""
    free = ~held & known
    found = float(np.std(scores[free], dtype=np.float64)) if free.any() else 0.0
    return found or 1.0


def popularity_spread(owners: Floats, accounts: int) -> float:
    known = owners > 0
    return float(np.std(shares(owners, accounts)[known])) if known.any() else 0.0


def fit(recipe: Recipe, grams: Grams, products: Products, sample: Holdings, at: int) -> Ordering:
    """Weights as `recipe` says. The sample's accounts set the scale of what is mixed."""
    parts = [(ease(gram, recipe.ridge), cosine(gram)) for gram in grams.groups]
    held, weighed = sample.held(at), sample.weighed(at, recipe.freshness)
    scales = _scales(parts, products, (held, weighed), grams)
    weights = tuple(
        (1 - recipe.cosine) / scales.ease * of_ease + recipe.cosine / scales.cosine * of_cosine
        for of_ease, of_cosine in parts
    )
    base = recipe.popularity * shares(grams.owners, grams.accounts) / scales.popularity
    return Ordering(recipe, products.groups, weights, base.astype(np.float32), grams.owners)


def _scales(
    parts: list[tuple[Singles, Singles]],
    products: Products,
    sample: tuple[Singles, Singles],
    grams: Grams,
) -> Scales:
    """Of the largest group for all: scaling each by itself would blow noise up to a signal."""
    popular = popularity_spread(grams.owners, grams.accounts) or 1.0
    if not parts:
        return Scales(popularity=popular)
    largest = max(range(len(parts)), key=lambda one: len(products.groups[one]))
    places = products.groups[largest]
    known = grams.owners[places] > 0
    held, weighed = (one[:, places] for one in sample)
    of_ease, of_cosine = (spread(weighed @ part, held > 0, known) for part in parts[largest])
    return Scales(of_ease, of_cosine, popular)
