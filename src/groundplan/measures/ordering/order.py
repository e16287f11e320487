"""Puts each account's whitespace in order: what its own purchases speak for comes first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TypeAlias

import duckdb
import numpy as np
import pyarrow as pa

from groundplan.engine.beside import ahead
from groundplan.engine.stages import run_stages

from .choose import SAMPLE, choose_recipe
from .contracts import Basis, Flags, Floats, OrderChoice, Places
from .holdings import Holdings, Products, day_number, read_blocks, read_products, read_sample
from .judging import DECIMALS, leaders
from .weights import Ordering, count_pairs, fit

REASONS = 25
"""Owned products that are kept as reasons for a product, those that weigh most."""

Cells: TypeAlias = tuple[Places, Places]

_CELLS = pa.schema([("account_id", pa.int64()), ("product_id", pa.int64()), ("rank", pa.int32())])
_WEIGHTS = pa.schema(
    [("product_id", pa.int64()), ("because_id", pa.int64()), ("weight", pa.float64())]
)


def order_whitespace(
    connection: duckdb.DuckDBPyConnection, *, as_of: date, before: OrderChoice | None = None
) -> OrderChoice:
    """Put `whitespace_top` into the order that each account's purchases speak for.

    Reads `products`, `footprint`, `account_segments`, `segment_products` and `other_blocked`, and
    replaces `whitespace_top`: probability, amount and expected stay those of the segment. Accounts
    without purchases keep the segment's order. Also leaves `product_reasons` (product_id,
    because_id, weight): which owned products speak for a product, and how much. `before` is what
    the last analysis chose, as for `learn`.
    """
    at = day_number(as_of)
    products = read_products(connection)
    ordering, choice = learn(connection, at, before)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE ordered_cells"
        " (account_id BIGINT, product_id BIGINT, rank INTEGER)"
    )

    def top(part: tuple[Holdings, Cells]) -> pa.Table:
        block, other = part
        scores = ordering.scores(block, at)
        return _table_of(block, products, leaders(scores, ~_blocked(block, other)))

    for rows in ahead(top, _read_parts(connection, products)):
        _insert(connection, "ordered_cells", rows)
    connection.register("arriving_reasons", _reasons(ordering, products))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE product_reasons AS SELECT * FROM arriving_reasons"
    )
    connection.unregister("arriving_reasons")
    run_stages(connection, __package__, ("unordered_accounts", "whitespace_top"))
    return choice


def learn(
    connection: duckdb.DuckDBPyConnection, at: int, before: OrderChoice | None = None
) -> tuple[Ordering, OrderChoice]:
    """Choose the recipe and learn its weights from what was bought before the day `at`.

    Reads `products` and `footprint`. The sample is always the same accounts. The recipe of
    `before` stands as long as what it was chosen on has hardly changed.
    """
    products = read_products(connection)
    grams = count_pairs(read_blocks(connection, products), products, at)
    buckets = min(1000, -(-1000 * SAMPLE // max(grams.accounts, 1)))
    sample = read_sample(connection, products, buckets)
    digest = sha256(products.ids.tobytes()).hexdigest()[:16]
    basis = Basis(grams.accounts, int(grams.owners.sum()), digest)
    if before is None or before.basis is None or not basis.is_near(before.basis):
        before = replace(choose_recipe(sample, products, at), basis=basis)
    return fit(before.recipe, grams, products, sample, at), before


def _read_parts(
    connection: duckdb.DuckDBPyConnection, products: Products
) -> Iterator[tuple[Holdings, Cells]]:
    """Each block with the places (account, product) of what can't be sold to its accounts now."""
    for block in read_blocks(connection, products):
        found = connection.execute(
            "SELECT account_id, product_id FROM other_blocked"
            " WHERE account_id BETWEEN $first AND $last AND product_id IS NOT NULL",
            {"first": int(block.accounts[0]), "last": int(block.accounts[-1])},
        ).fetchnumpy()
        product = products.places(found["product_id"])
        account = np.searchsorted(block.accounts, found["account_id"])
        kept = (product >= 0) & (block.accounts[account] == found["account_id"])
        yield block, (account[kept], product[kept])


def _blocked(block: Holdings, other: Cells) -> Flags:
    """What the accounts own, whenever they bought it, or can't be sold now."""
    found = np.zeros((len(block.accounts), block.products), np.bool_)
    found[block.account, block.product] = True
    found[other] = True
    return found


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
