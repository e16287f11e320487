"""Reads who first bought what on which day: the part of the footprint that ordering needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import duckdb
import numpy as np

from .contracts import MOST_TOGETHER, Flags, Floats, Places, Singles

CELLS = 1_000_000
"""Cells of a dense block of accounts by products: 4 MB of single-precision numbers."""

SLAB = 400_000
"""Cells that are worked on at once: what fits the processor's cache is several times as fast."""

READ = 131_072
"""Accounts that are read at once: every question looks at what all files say of themselves."""

WIDEST_LOOKUP = 1_000_000
YEAR = 365.0


@dataclass(frozen=True, slots=True)
class Products:
    """The products to be ordered, by ascending id; `groups` are places weighed together."""

    ids: Places
    groups: tuple[Places, ...]

    def places(self, ids: Places) -> Places:
        """Where each id is, -1 for one that isn't among the products."""
        if not len(self.ids):
            return np.full(len(ids), -1)
        first, span = int(self.ids[0]), int(self.ids[-1] - self.ids[0] + 1)
        if span > WIDEST_LOOKUP:
            found: Places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
            return np.where(self.ids[found] == ids, found, -1)
        # Looking a place up takes a tenth of the time that searching it takes.
        lookup = np.full(span + 1, -1)
        lookup[self.ids - first] = np.arange(len(self.ids))
        if len(ids) and (int(ids.min()) < first or int(ids.max()) >= first + span):
            ids = np.where((ids >= first) & (ids < first + span), ids, first + span)
        return lookup[ids - first]


@dataclass(frozen=True, slots=True)
class Holdings:
    """First purchases of some accounts: a row each. `account` (ascending) and `product` are places
    in `accounts` (ids, ascending) and in the products; `first` is in days since 1970."""

    accounts: Places
    account: Places
    product: Places
    first: Places
    products: int

    def held(self, before: int) -> Singles:
        """Accounts by products: 1 where it was bought before the day."""
        found = np.zeros((len(self.accounts), self.products), np.float32)
        found[self.account, self.product] = self.first < before
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
        found[self.account, self.product] = by_age[np.maximum(age, 0)]
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

    def slabs(self) -> "Iterator[Holdings]":
        """The same, a few accounts at a time."""
        height = max(64, SLAB // max(self.products, 1))
        for start in range(0, len(self.accounts), height):
            accounts = self.accounts[start : start + height]
            ends = np.searchsorted(self.account, [start, start + len(accounts)])
            rows = slice(*ends)
            account = self.account[rows] - start
            yield Holdings(accounts, account, self.product[rows], self.first[rows], self.products)


def day_number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


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


def read_sample(
    connection: duckdb.DuckDBPyConnection, products: Products, buckets: int
) -> Holdings:
    """Holdings of `buckets` in a thousand of `accounts`, always the same ones."""
    # Asked of each account, not of each of its products.
    bucket = "(((a.account_id % 1048573) * 2654435761) % 4294967291) % 1000"
    chosen = f"SELECT a.account_id FROM accounts AS a WHERE {bucket} < {buckets:d}"
    return _holdings(_rows(connection, f"f.account_id IN ({chosen})"), products)


def read_blocks(connection: duckdb.DuckDBPyConnection, products: Products) -> Iterator[Holdings]:
    """Holdings of every account that has some, a range of accounts at a time."""
    [row] = connection.execute("SELECT MIN(account_id), MAX(account_id) FROM footprint").fetchall()
    if row[0] is None:
        return
    height = max(256, CELLS // max(len(products.ids), 1))
    for start in range(row[0], row[1] + 1, READ):
        rows = _rows(connection, f"f.account_id BETWEEN {start:d} AND {start + READ - 1:d}")
        ends = np.arange(start, start + READ + height, height)
        for first, end in pairwise(np.searchsorted(rows["account_id"].to_numpy(), ends).tolist()):
            block = _holdings(rows.slice(first, end - first), products)
            if len(block.accounts):
                yield block


def shares(owners: Floats, accounts: int) -> Floats:
    """The share of accounts that own each product."""
    found: Floats = owners / max(accounts, 1)
    return found


def _rows(connection: duckdb.DuckDBPyConnection, where: str) -> Any:
    """Account, product and day of first purchases, by account; files have them in that order."""
    found = connection.sql(
        "SELECT f.account_id, f.product_id, f.first_on FROM footprint AS f"
        f" WHERE f.product_id IS NOT NULL AND {where}"
    ).to_arrow_table()
    ids = found["account_id"].to_numpy()
    return found.sort_by("account_id") if (ids[1:] < ids[:-1]).any() else found


def _holdings(rows: Any, products: Products) -> Holdings:
    place = products.places(rows["product_id"].to_numpy())
    ids, first = rows["account_id"].to_numpy(), rows["first_on"].cast("int32").to_numpy()
    if len(place) and place.min() < 0:
        # What was archived since is in nobody's order.
        known = place >= 0
        place, ids, first = place[known], ids[known], first[known]
    accounts, account = _places(ids)
    return Holdings(accounts, account, place, first, len(products.ids))


def _places(ids: Places) -> tuple[Places, Places]:
    """The different ids of those, ascending, and the place of each among them."""
    if not len(ids):
        return ids, ids
    new = np.concatenate([[False], ids[1:] != ids[:-1]])
    return ids[np.concatenate([[0], np.flatnonzero(new)])], np.cumsum(new)
