"""What would have been said on the day of the cutoff, from what was known then."""

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np

from groundplan.engine.owned import Owned, day_number, read_owned
from groundplan.engine.stages import run_stages
from groundplan.kernel.errors import InvalidInput
from groundplan.measures.exposure import Window, hazard_factor, learning_window, months_after
from groundplan.measures.ordering import OrderChoice, Recipe, learn
from groundplan.measures.ordering.contracts import Floats, Places
from groundplan.measures.ordering.holdings import (
    Holdings,
    Products,
    blocks_of,
    read_products,
)
from groundplan.measures.ordering.weights import Grams, Ordering, count_pairs, fit
from groundplan.measures.segments import choose_segments
from groundplan.measures.whitespace import estimate_whitespace, first_years

_STAGES = (
    "footprint",
    "account_totals",
    "accounts",
    "products",
    "opportunities",
    "competitor_positions",
)


@dataclass(frozen=True, slots=True)
class Prediction:
    """Everything that was said: two orders by weights, and probabilities by segment.

    `probability` is segments by products, for a first purchase within the months asked for;
    `segment_of` is the row there of each account, by its place in `accounts` (ids, ascending).
    """

    at: int
    owned: Owned
    products: Products
    ordering: Ordering
    cosine: Ordering
    choice: OrderChoice
    accounts: Places
    segment_of: Places
    probability: Floats
    window: Window

    def orders(self, block: Holdings) -> dict[str, Floats]:
        """Scores of every method for the accounts of `block`; higher comes first."""
        owners = np.broadcast_to(self.ordering.owners, (len(block.accounts), block.products))
        return {
            "groundplan": self.ordering.scores(block, self.at),
            "popularity": owners,
            "segment": self.probability[self.segments(block)],
            "cosine": self.cosine.scores(block, self.at),
        }

    def segments(self, block: Holdings) -> Places:
        found: Places = self.segment_of[np.searchsorted(self.accounts, block.accounts)]
        return found


def predict(connection: duckdb.DuckDBPyConnection, *, cutoff: date, months: int) -> Prediction:
    """Learn from the rows of `converted_purchases` before `cutoff`, and from nothing else.

    Leaves the tables of that day behind: `footprint`, `accounts`, `products` and what estimating
    makes of them. Raises InvalidInput where nothing was bought before the cutoff.
    """
    window = _window(connection, cutoff)
    run_stages(connection, __package__, _STAGES, _days(cutoff, window.starts_on))
    at = day_number(cutoff)
    owned = read_owned(connection)
    ordering, choice = learn(connection, owned, as_of=cutoff)
    products = read_products(connection)
    segments = choose_segments(connection, owned, as_of=cutoff, year_ago=window.starts_on)
    estimate_whitespace(
        connection,
        owned,
        first_years(connection, owned, year_ago=window.starts_on),
        as_of=cutoff,
        year_ago=window.starts_on,
        strength=segments.strength,
        hazard=hazard_factor(connection, owned, window, months),
    )
    probability, accounts, segment_of = _estimates(connection, products)
    return Prediction(
        at=at,
        owned=owned,
        products=products,
        ordering=ordering,
        cosine=_cosine(owned, products, at),
        choice=choice,
        accounts=accounts,
        segment_of=segment_of,
        probability=probability,
        window=window,
    )


def _days(cutoff: date, window_from: date) -> dict[str, date]:
    """The days that the stages ask for, by their names there."""
    return {
        "cutoff": cutoff,
        "year_before": months_after(cutoff, -12),
        "two_years_before": months_after(cutoff, -24),
        "window_from": window_from,
        "year_before_window": months_after(window_from, -12),
    }


def _window(connection: duckdb.DuckDBPyConnection, cutoff: date) -> Window:
    row = connection.execute(
        "SELECT MIN(date) FROM converted_purchases WHERE date < $cutoff AND product_id IS NOT NULL",
        {"cutoff": cutoff},
    ).fetchone()
    if row is None or row[0] is None:
        raise InvalidInput(
            f"Nothing was bought before {cutoff.isoformat()}.", mend="Choose a later cutoff."
        )
    return learning_window(row[0], cutoff)


def _cosine(owned: Owned, products: Products, at: int) -> Ordering:
    """Plain item cosine, which a good order has to beat."""
    plain = Recipe(cosine=1.0, freshness=0.0, popularity=0.0)
    grams: Grams = count_pairs(blocks_of(owned), products, at)
    nobody = np.zeros(0, np.int64)
    sample = Holdings(nobody, nobody, nobody, nobody, len(products.ids))
    return fit(plain, grams, products, sample, at)


def _estimates(
    connection: duckdb.DuckDBPyConnection, products: Products
) -> tuple[Floats, Places, Places]:
    """Probabilities by segment and product, and each account's segment."""
    found = connection.execute(
        "SELECT segment_id, product_id, probability FROM segment_products"
    ).fetchnumpy()
    segments = np.unique(found["segment_id"])
    probability = np.zeros((len(segments), len(products.ids)))
    row = np.searchsorted(segments, found["segment_id"])
    probability[row, products.places(found["product_id"])] = found["probability"]
    placed = connection.execute(
        "SELECT account_id, segment_id FROM account_segments ORDER BY account_id"
    ).fetchnumpy()
    of = np.searchsorted(segments, placed["segment_id"])
    return probability, placed["account_id"].astype(np.int64), of.astype(np.int64)
