"""What ordering takes and yields."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.floating[Any]]
Singles: TypeAlias = npt.NDArray[np.float32]
Places: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

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
class OrderChoice:
    """The recipe in use and what it was chosen by.

    `judged` accounts bought something new in the held-out windows; `gained` is by how much the
    recipe's NDCG@5 there exceeds that of the default recipe. Nothing was tried where too few
    accounts could judge.
    """

    recipe: Recipe
    judged: int
    ndcg: float
    gained: float
    tried: int
