"""What ordering takes and yields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.floating[Any]]
Singles: TypeAlias = npt.NDArray[np.float32]
Places: TypeAlias = npt.NDArray[np.signedinteger[Any]]
Flags: TypeAlias = npt.NDArray[np.bool_]

MOST_CHANGED = 0.03
"""The share of accounts or of what they own that may come or go before a recipe is chosen anew."""

MOST_TOGETHER = 2_000
"""Products that are weighed against each other at once: the inverse takes their number cubed."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an account's products become the order of those it doesn't own.

    `ridge` is added to the diagonal of the item-item matrix, in accounts. `cosine` is the share of
    plain item cosine in the weights (0 to 1). `freshness` is the share of a purchase's weight that
    halves with each year since it was first made (0 to 1). `popularity` is the weight of how many
    accounts own a product, in standard deviations of the scores.
    """

    ridge: float = 100.0
    cosine: float = 0.5
    freshness: float = 0.0
    popularity: float = 0.1


@dataclass(frozen=True, slots=True)
class Basis:
    """What a recipe was chosen on: accounts with purchases, the products that they own, and
    which products there were (a digest of their ids)."""

    accounts: int
    cells: int
    products: str

    def is_near(self, other: "Basis") -> bool:
        """Whether so little changed that the choice would hardly be another."""
        counts = ((self.accounts, other.accounts), (self.cells, other.cells))
        return self.products == other.products and all(
            abs(one - two) <= MOST_CHANGED * two for one, two in counts
        )


@dataclass(frozen=True, slots=True)
class OrderChoice:
    """The recipe in use and what it was chosen by.

    `judged` accounts bought something new in the held-out windows; `gained` is by how much the
    recipe's NDCG@5 there exceeds that of the default recipe. Nothing was tried where too few
    accounts could judge. `basis` is what there was when it was chosen.
    """

    recipe: Recipe
    judged: int
    ndcg: float
    gained: float
    tried: int
    basis: Basis | None = None

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> "OrderChoice":
        """The way back from `dataclasses.asdict`."""
        basis = value.get("basis")
        parts = {"recipe": Recipe(**value["recipe"]), "basis": Basis(**basis) if basis else None}
        return cls(**{**value, **parts})
