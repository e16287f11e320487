"""Estimates whitespace by segment and fills it in by account: no cell is ever materialised."""

from datetime import date

import duckdb

from groundplan.engine.arrays import keep_table
from groundplan.engine.owned import Owned
from groundplan.engine.stages import run_stages

from .counting import count_cells, count_pairs, segmented
from .first_years import FirstYears

TOP = 5
"""Products that are kept for each account."""

PRODUCT_STRENGTH = 10.0
AMOUNT_STRENGTH = 10.0

_BY_SEGMENT = (
    "segment_cells",
    "product_priors",
    "segment_products",
    "segment_totals",
)
_BY_ACCOUNT = (
    "other_blocked",
    "account_blocked",
    "account_whitespace",
    "places",
    "free_ranks",
    "deep_shifts",
    "segment_top",
    "category_totals",
    "whitespace_totals",
)


def estimate_whitespace(
    connection: duckdb.DuckDBPyConnection,
    owned: Owned,
    usual: FirstYears,
    *,
    as_of: date,
    year_ago: date,
    strength: float,
    window_from: date | None = None,
    hazard: float = 1.0,
    everybody: bool = True,
) -> None:
    """Leave the whitespace of every segment and account behind.

    Reads `accounts`, `products`, `footprint`, `opportunities`, `competitor_positions`, `segments`
    and `account_segments`; `usual` is what `first_years` found. Makes `segment_products`
    (probability, amount, expected, rank), `account_whitespace` (cells and sum an account),
    `segment_top` (up to TOP rows an account, best first; without `everybody` only of accounts that
    own nothing, whose purchases put nothing in order) and `whitespace_totals` (by segment, owner,
    category). `strength` is the weight of a product's overall rate, in accounts. First purchases
    are counted from `window_from`, by default `year_ago`; `hazard` turns their rate p into the
    probability 1 - (1 - p)^hazard.
    """
    held = segmented(connection, owned)
    owners, buyers = count_pairs(
        held, usual, window_from=window_from or year_ago, as_of=as_of, year_ago=year_ago
    )
    keep_table(connection, "owner_totals", owners)
    keep_table(connection, "buyer_totals", buyers)
    parameters = {
        "hazard": hazard,
        "everybody": everybody,
        "strength": strength,
        "product_strength": PRODUCT_STRENGTH,
        "amount_strength": AMOUNT_STRENGTH,
    }
    run_stages(connection, __package__, _BY_SEGMENT, parameters)
    keep_table(connection, "account_owned", count_cells(connection, held))
    run_stages(connection, __package__, _BY_ACCOUNT, parameters)
