"""Puts each account's whitespace in order: what its own purchases speak for comes first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TypeAlias

import duckdb
import numpy as np
import pyarrow as pa

from groundplan.engine.arrays import keep_table
from groundplan.engine.owned import Owned, day_number
from groundplan.engine.read_ahead import ahead
from groundplan.engine.stages import run_stages, view_stage

from .choose import SAMPLE, choose_recipe
from .contracts import Basis, Floats, OrderChoice, Places
from .holdings import Holdings, Products, blocks_of, read_products, read_sample
from .judging import DECIMALS, take_leaders
from .weights import Ordering, count_pairs, fit

REASONS = 25
"""Owned products that are kept as reasons for a product, those that weigh most."""

Cells: TypeAlias = tuple[Places, Places]

_CELLS = pa.schema([("account_id", pa.int64()), ("product_id", pa.int64()), ("rank", pa.int32())])
_WEIGHTS = pa.schema(
    [("product_id", pa.int64()), ("because_id", pa.int64()), ("weight", pa.float64())]
)


def order_whitespace(
    connection: duckdb.DuckDBPyConnection,
    owned: Owned,
    *,
    as_of: date,
    before: OrderChoice | None = None,
) -> OrderChoice:
    """Learn what each account's purchases speak for and leave `whitespace_top` in that order.

    As `learn` and `lead`, one after the other.
    """
    ordering, choice = learn(connection, owned, as_of=as_of, before=before)
    lead(connection, owned, ordering, as_of=as_of)
    return choice


def lead(
    connection: duckdb.DuckDBPyConnection, owned: Owned, ordering: Ordering, *, as_of: date
) -> None:
    """Leave `whitespace_top` behind: up to five products an account, best first.

    Reads `products`, `account_segments`, `segment_products`, `segment_top` and `other_blocked`.
    Probability, amount and expected are those of the segment; accounts without purchases keep the
    segment's order. Also leaves `product_reasons` (product_id, because_id, weight): which owned
    products speak for a product, and how much.
    """
    at = day_number(as_of)
    products = read_products(connection)
    other = _read_other(connection)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE ordered_cells"
        " (account_id BIGINT, product_id BIGINT, rank INTEGER)"
    )

    def top(block: Holdings) -> pa.Table:
        best = _leaders(ordering, block, _within(other, products, block), at)
        return _table_of(block, products, best)

    for rows in ahead(top, blocks_of(owned)):
        _insert(connection, "ordered_cells", rows)
    keep_table(connection, "product_reasons", _reasons(ordering, products))
    run_stages(connection, __package__, ("unordered_accounts",))
    view_stage(connection, __package__, "whitespace_top")


def learn(
    connection: duckdb.DuckDBPyConnection,
    owned: Owned,
    *,
    as_of: date,
    before: OrderChoice | None = None,
) -> tuple[Ordering, OrderChoice]:
    """Choose the recipe and learn its weights from what was bought before `as_of`.

    Reads `accounts` and `products`. The sample is always the same accounts. The
    recipe of `before`, which the last analysis chose, stands as long as what it was chosen on has
    hardly changed.
    """
    at = day_number(as_of)
    products = read_products(connection)
    grams = count_pairs(blocks_of(owned), products, at)
    buckets = min(1000, -(-1000 * SAMPLE // max(grams.accounts, 1)))
    sample = read_sample(connection, owned, buckets)
    digest = sha256(products.ids.tobytes()).hexdigest()[:16]
    basis = Basis(grams.accounts, int(grams.owners.sum()), digest)
    if before is None or before.basis is None or not basis.is_near(before.basis):
        before = replace(choose_recipe(sample, products, at), basis=basis)
    return fit(before.recipe, grams, products, sample, at), before


def _read_other(connection: duckdb.DuckDBPyConnection) -> Cells:
    """The ids (account, product) of what can't be sold now, by account."""
    found = connection.execute(
        "SELECT account_id, product_id FROM other_blocked"
        " WHERE product_id IS NOT NULL ORDER BY account_id"
    ).fetchnumpy()
    return found["account_id"], found["product_id"]


def _within(other: Cells, products: Products, block: Holdings) -> Cells:
    """Those of the block's accounts, as places in it and in the products."""
    ends = np.searchsorted(other[0], [block.accounts[0], block.accounts[-1] + 1])
    ids, product = other[0][slice(*ends)], products.places(other[1][slice(*ends)])
    account = np.searchsorted(block.accounts, ids)
    kept = (product >= 0) & (block.accounts[account] == ids)
    return account[kept], product[kept]


def _leaders(ordering: Ordering, block: Holdings, other: Cells, at: int) -> Places:
    """The best of what each account neither owns, whenever it bought it, nor can't be sold now."""
    found, start = [], 0
    for slab in block.slabs():
        end = start + len(slab.accounts)
        scores = ordering.scores(slab, at)
        slab.put(scores, -np.inf)
        rows = slice(*np.searchsorted(other[0], [start, end]))
        scores[other[0][rows] - start, other[1][rows]] = -np.inf
        found.append(take_leaders(scores))
        start = end
    return np.concatenate(found)


def _table_of(block: Holdings, products: Products, best: Places) -> pa.Table:
    rows, ranks = np.nonzero(best >= 0)
    ids = block.accounts[rows], products.ids[best[rows, ranks]]
    arrays = [*ids, (ranks + 1).astype(np.int32)]
    return pa.Table.from_arrays([pa.array(one) for one in arrays], schema=_CELLS)


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
