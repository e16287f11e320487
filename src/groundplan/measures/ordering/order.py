"""Puts each account's whitespace in order: what its own purchases speak for comes first."""

from collections.abc import Iterator
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa

from groundplan.engine.stages import run_stages

from .choose import SAMPLE, choose_recipe
from .contracts import Flags, Floats, OrderChoice, Places
from .holdings import Holdings, Products, day_number, read_blocks, read_products, read_sample
from .judging import TOP
from .weights import DECIMALS, Ordering, count_pairs, fit

REASONS = 25
"""Owned products that are kept as reasons for a product, those that weigh most."""

_CELLS = pa.schema([("account_id", pa.int64()), ("product_id", pa.int64()), ("rank", pa.int32())])
_WEIGHTS = pa.schema(
    [("product_id", pa.int64()), ("because_id", pa.int64()), ("weight", pa.float64())]
)


def order_whitespace(connection: duckdb.DuckDBPyConnection, *, as_of: date) -> OrderChoice:
    """Put `whitespace_top` into the order that each account's purchases speak for.

    Reads `products`, `footprint`, `account_segments`, `segment_products` and `other_blocked`, and
    replaces `whitespace_top`: probability, amount and expected stay those of the segment. Accounts
    without purchases keep the segment's order. Also leaves `product_reasons` (product_id,
    because_id, weight): which owned products speak for a product, and how much.
    """
    ordering, choice = learn(connection, day_number(as_of))
    products = read_products(connection)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE ordered_cells"
        " (account_id BIGINT, product_id BIGINT, rank INTEGER)"
    )
    for block in read_blocks(connection, products):
        free = ~_blocked(connection, block, products)
        rows = _top(block, products, ordering.scores(block, day_number(as_of)), free)
        _insert(connection, "ordered_cells", rows)
    connection.register("arriving_reasons", _reasons(ordering, products))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE product_reasons AS SELECT * FROM arriving_reasons"
    )
    connection.unregister("arriving_reasons")
    run_stages(connection, __package__, ("unordered_accounts", "whitespace_top"))
    return choice


def learn(connection: duckdb.DuckDBPyConnection, at: int) -> tuple[Ordering, OrderChoice]:
    """Choose the recipe and learn its weights from what was bought before the day `at`.

    Reads `products` and `footprint`. The sample is always the same accounts.
    """
    products = read_products(connection)
    row = connection.execute("SELECT COUNT(DISTINCT account_id) FROM footprint").fetchone()
    accounts = int(row[0]) if row else 0
    sample = read_sample(connection, products, min(1000, -(-1000 * SAMPLE // max(accounts, 1))))
    choice = choose_recipe(sample, products, at)
    grams = count_pairs(read_blocks(connection, products), products, at)
    return fit(choice.recipe, grams, products, sample, at), choice


def best_of(scores: Floats, free: Flags, most: int = TOP) -> tuple[Places, Places]:
    """Row and column of each account's best free products, by row and rank.

    Scores are rounded first, so that those that differ by rounding alone go by product.
    """
    width = scores.shape[1]
    rounded = np.rint(scores * np.float32(10**DECIMALS))
    rounded[~free] = -np.inf
    if width > most:
        least = np.partition(rounded, width - most, axis=1)[:, width - most, None]
        free = free & (rounded >= least)
    rows, columns = np.nonzero(free)
    order = np.lexsort((columns, -rounded[rows, columns], rows))
    rows, columns = rows[order], columns[order]
    kept = _rank(rows) <= most
    return rows[kept], columns[kept]


def _rank(rows: Places) -> Places:
    """The place of each within its row, from 1; `rows` ascend."""
    found: Places = np.arange(len(rows)) - np.searchsorted(rows, rows) + 1
    return found


def _top(block: Holdings, products: Products, scores: Floats, free: Flags) -> pa.Table:
    rows, columns = best_of(scores, free)
    arrays = [block.accounts[rows], products.ids[columns], _rank(rows).astype(np.int32)]
    return pa.Table.from_arrays([pa.array(one) for one in arrays], schema=_CELLS)


def _blocked(connection: duckdb.DuckDBPyConnection, block: Holdings, products: Products) -> Flags:
    """What the accounts own, whenever they bought it, or can't be sold now."""
    found = np.zeros((len(block.accounts), len(products.ids)), np.bool_)
    found[block.account, block.product] = True
    other = connection.execute(
        "SELECT account_id, product_id FROM other_blocked"
        " WHERE account_id BETWEEN $first AND $last AND product_id IS NOT NULL",
        {"first": int(block.accounts[0]), "last": int(block.accounts[-1])},
    ).fetchnumpy()
    product = products.places(other["product_id"])
    account = np.searchsorted(block.accounts, other["account_id"])
    kept = (product >= 0) & (block.accounts[account] == other["account_id"])
    found[account[kept], product[kept]] = True
    return found


def _reasons(ordering: Ordering, products: Products) -> pa.Table:
    """The owned products that speak most for each product."""
    parts: list[Floats] = [np.empty((0, 3))]
    for places, weights in zip(ordering.groups, ordering.weights, strict=True):
        parts += list(_strongest(products.ids[places], weights))
    rows = np.concatenate(parts)
    ids = [rows[:, column].astype(np.int64) for column in (0, 1)]
    columns = [*ids, np.round(rows[:, 2], DECIMALS)]
    return pa.Table.from_arrays([pa.array(one) for one in columns], schema=_WEIGHTS)


def _strongest(ids: Places, weights: Floats) -> Iterator[Floats]:
    for column, product in enumerate(ids):
        mine = weights[:, column]
        best = np.argsort(-mine, kind="stable")[:REASONS]
        best = best[mine[best] > 0]
        yield np.column_stack([np.full(len(best), product), ids[best], mine[best]])


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("arriving", rows)
    connection.execute(f"INSERT INTO {table} SELECT * FROM arriving")
    connection.unregister("arriving")
