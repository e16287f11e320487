"""What a back-test asks and finds."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from groundplan.measures.ordering import OrderChoice

Verdict: TypeAlias = Literal["signal", "popularity", "none", "few"]
"""What the history has to say: `signal`, an account's purchases foretell its next ones better than
popularity does; `popularity`, they don't, but what sells well sells on; `none`, no better than
chance; `few`, too few accounts to tell."""

METHODS = ("groundplan", "popularity", "segment", "cosine")
FIGURES = ("ndcg@5", "hit@5", "recall@5", "map")


@dataclass(frozen=True, slots=True)
class Band:
    """Nine in ten resamples of the accounts lie from `low` to `high`."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class MethodFound:
    """How well one way to order foretold what accounts bought: figures by the names of FIGURES."""

    figures: dict[str, float]
    bands: dict[str, Band]


@dataclass(frozen=True, slots=True)
class Bin:
    """Cells of about the same predicted probability, and the share of them that was bought."""

    predicted: float
    observed: float
    cells: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """`error` is the mean distance of predicted and observed, by cells."""

    error: float
    band: Band
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class BacktestFound:
    """What a back-test found. `accounts` were counted; `chance` is the NDCG@5 of shuffled orders.

    `lead` is how much groundplan's NDCG@5 exceeds popularity's, from low to high. `learned_from`
    is the first day of the window that probabilities were learned from.
    """

    cutoff: date
    months: int
    accounts: int
    methods: dict[str, MethodFound]
    calibration: Calibration
    chance: float
    lead: Band
    verdict: Verdict
    choice: OrderChoice
    learned_from: date
