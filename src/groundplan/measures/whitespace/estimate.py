"""Estimates whitespace by segment and fills it in by account: no cell is ever materialised."""

import math
from datetime import date

import duckdb

from groundplan.engine.stages import run_stages

TOP = 5
"""Products that are kept for each account."""

SAMPLE = 20_000
PRODUCT_STRENGTH = 10.0
AMOUNT_STRENGTH = 10.0

_STAGES = (
    "pair_totals",
    "segment_cells",
    "product_priors",
    "segment_products",
    "segment_totals",
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


def first_years(connection: duckdb.DuckDBPyConnection, *, year_ago: date) -> None:
    """Leave `product_first_years` behind: what is usual in an account's first year of a product.

    Reads `accounts` and `footprint`, of a sample that is always the same accounts.
    """
    row = connection.execute("SELECT COUNT(*) FROM accounts").fetchone()
    buckets = min(1000, math.ceil(1000 * SAMPLE / max(int(row[0]) if row else 0, 1)))
    parameters = {"year_ago": year_ago, "buckets": buckets}
    run_stages(connection, __package__, ("product_first_years",), parameters)


def estimate_whitespace(
    connection: duckdb.DuckDBPyConnection,
    *,
    as_of: date,
    year_ago: date,
    strength: float,
    window_from: date | None = None,
    hazard: float = 1.0,
    everybody: bool = True,
) -> None:
    """Leave the whitespace of every segment and account behind.

    Reads `accounts`, `products`, `footprint`, `opportunities`, `competitor_positions`, `segments`,
    `account_segments` and what `first_years` left. Makes `segment_products` (probability, amount,
    expected, rank), `account_whitespace` (cells and sum an account), `segment_top` (up to TOP rows
    an account, best first; without `everybody` only of accounts that own nothing, whose purchases
    put nothing in order) and `whitespace_totals` (by segment, owner, category). `strength` is the
    weight of a product's overall rate, in accounts. First purchases are counted from `window_from`,
    by default `year_ago`; `hazard` turns their rate p into the probability 1 - (1 - p)^hazard.
    """
    parameters = {
        "as_of": as_of,
        "year_ago": year_ago,
        "window_from": window_from or year_ago,
        "hazard": hazard,
        "everybody": everybody,
        "strength": strength,
        "product_strength": PRODUCT_STRENGTH,
        "amount_strength": AMOUNT_STRENGTH,
    }
    run_stages(connection, __package__, _STAGES, parameters)
