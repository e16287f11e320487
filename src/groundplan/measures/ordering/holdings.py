"""Who first bought what on which day, as dense blocks: what ordering works on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from groundplan.engine.owned import Owned, places_of, runs_of, sampled

from .contracts import MOST_TOGETHER, Flags, Floats, Places, Singles

CELLS = 1_000_000
"""Cells of a dense block of accounts by products: 4 MB of single-precision numbers."""

SLAB = 400_000
"""Cells that are worked on at once: what fits the processor's cache is several times as fast."""

YEAR = 365.0


@dataclass(frozen=True, slots=True)
class Products:
    """The products to be ordered, by ascending id; `groups` are places weighed together."""

    ids: Places
    groups: tuple[Places, ...]

    def places(self, ids: Places) -> Places:
        """Where each id is, -1 for one that isn't among the products."""
        return places_of(ids, self.ids)


@dataclass(frozen=True, slots=True)
class Holdings:
    """First purchases of some accounts: a row each. `account` (ascending) and `product` are places
    in `accounts` (ids, ascending) and in the products; `first` is in days since 1970."""

    accounts: Places
    account: Places
    product: Places
    first: Places
    products: int

    def put(self, table: Floats, values: Any) -> None:
        """Put a value, or one a row, into what was bought, in a `table` of accounts by products."""
        # Counted through, places are filled in less than half the time that pairs of them take.
        table.reshape(-1)[self.account * self.products + self.product] = values

    def held(self, before: int) -> Singles:
        """Accounts by products: 1 where it was bought before the day."""
        found = np.zeros((len(self.accounts), self.products), np.float32)
        self.put(found, self.first < before)
        return found

    def weighed(self, at: int, freshness: float) -> Singles:
        """As `held`, but part of each weight halves with every year since the first purchase."""
        if not freshness:
            return self.held(at)
        found = np.zeros((len(self.accounts), self.products), np.float32)
        age = at - self.first
        # Each age is worked out once; what was bought on the day itself or later has no weight.
        by_age = 1 - freshness + freshness * 0.5 ** (np.arange(age.max(initial=0) + 1) / YEAR)
        by_age[0] = 0
        self.put(found, by_age[np.maximum(age, 0)])
        return found

    def of(self, chosen: Flags) -> "Holdings":
        """Only the chosen accounts (one flag each)."""
        places = np.cumsum(chosen) - 1
        kept = chosen[self.account]
        return Holdings(
            self.accounts[chosen],
            places[self.account[kept]],
            self.product[kept],
            self.first[kept],
            self.products,
        )

    def known(self) -> "Holdings":
        """Without what was archived since, which is in nobody's order, and without accounts that
        bought nothing else."""
        kept = self.product >= 0
        there, starts = runs_of(self.account[kept])
        return Holdings(
            self.accounts[there],
            np.repeat(np.arange(len(there)), np.diff(starts)),
            self.product[kept],
            self.first[kept],
            self.products,
        )

    def slabs(self) -> "Iterator[Holdings]":
        """The same, a few accounts at a time."""
        height = max(64, SLAB // max(self.products, 1))
        for start in range(0, len(self.accounts), height):
            accounts = self.accounts[start : start + height]
            ends = np.searchsorted(self.account, [start, start + len(accounts)])
            rows = slice(*ends)
            account = self.account[rows] - start
            yield Holdings(accounts, account, self.product[rows], self.first[rows], self.products)


def read_products(connection: duckdb.DuckDBPyConnection) -> Products:
    """The products of the table `products`, together or, where they are many, by category.

    Of a category with more than MOST_TOGETHER the most owned are weighed.
    """
    rows = connection.execute(
        "SELECT product_id, COALESCE(category, '') FROM products ORDER BY product_id"
    ).fetchall()
    ids = np.array([row[0] for row in rows], np.int64)
    if len(rows) <= MOST_TOGETHER:
        return Products(ids, (np.arange(len(ids)),) if rows else ())
    names = [row[1] for row in rows]
    counted = connection.execute(
        "SELECT p.product_id, COUNT(f.account_id) AS owners"
        " FROM products AS p LEFT JOIN footprint AS f ON f.product_id = p.product_id"
        " GROUP BY p.product_id ORDER BY p.product_id"
    ).fetchnumpy()
    owners = counted["owners"].astype(np.int64)
    groups = []
    for name in sorted(set(names)):
        places = np.flatnonzero(np.array([one == name for one in names]))
        most = np.argsort(-owners[places], kind="stable")[:MOST_TOGETHER]
        groups.append(np.sort(places[most]))
    return Products(ids, tuple(groups))


def read_sample(connection: duckdb.DuckDBPyConnection, owned: Owned, buckets: int) -> Holdings:
    """Holdings of `buckets` in a thousand of `accounts`, always the same ones."""
    ids = sampled(connection, buckets)
    rows, place = owned.rows_of(ids)
    product, first = owned.product[rows], owned.first[rows]
    return Holdings(ids, place, product, first, len(owned.products)).known()


def blocks_of(owned: Owned) -> Iterator[Holdings]:
    """Holdings of every account that has some, so many accounts at a time that a dense block of
    them isn't too large."""
    height = max(256, CELLS // max(len(owned.products), 1))
    for start in range(0, len(owned.accounts), height):
        ends = owned.starts[start : start + height + 1]
        rows = slice(ends[0], ends[-1])
        block = Holdings(
            owned.accounts[start : start + height],
            np.repeat(np.arange(len(ends) - 1), np.diff(ends)),
            owned.product[rows],
            owned.first[rows],
            len(owned.products),
        )
        if block.product.min() < 0:
            block = block.known()
        if len(block.accounts):
            yield block


def shares(owners: Floats, accounts: int) -> Floats:
    """The share of accounts that own each product."""
    found: Floats = owners / max(accounts, 1)
    return found
