"""Reads who first bought what on which day: the part of the footprint that ordering needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np

from .contracts import MOST_TOGETHER, Flags, Floats, Places, Singles

CELLS = 4_000_000
"""Cells of a dense block of accounts by products: 16 MB of single-precision numbers."""

WIDEST = 16_384
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
        there = np.where((ids >= first) & (ids < first + span), ids - first, span)
        return lookup[there]


@dataclass(frozen=True, slots=True)
class Holdings:
    """First purchases of some accounts: a row each. `account` and `product` are places in
    `accounts` (ids, ascending) and in the products; `first` is in days since 1970."""

    accounts: Places
    account: Places
    product: Places
    first: Places
    products: int

    def held(self, before: int) -> Singles:
        """Accounts by products: 1 where it was bought before the day."""
        found = np.zeros((len(self.accounts), self.products), np.float32)
        kept = self.first < before
        found[self.account[kept], self.product[kept]] = 1
        return found

    def weighed(self, at: int, freshness: float) -> Singles:
        """As `held`, but part of each weight halves with every year since the first purchase."""
        if not freshness:
            return self.held(at)
        found = np.zeros((len(self.accounts), self.products), np.float32)
        kept = self.first < at
        age = (at - self.first[kept]) / YEAR
        found[self.account[kept], self.product[kept]] = 1 - freshness + freshness * 0.5**age
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
    """Holdings of `buckets` in a thousand accounts, always the same ones."""
    where = f"(((f.account_id % 1048573) * 2654435761) % 4294967291) % 1000 < {buckets:d}"
    return _read(connection, products, where)


def read_blocks(connection: duckdb.DuckDBPyConnection, products: Products) -> Iterator[Holdings]:
    """Holdings of every account that has some, a range of accounts at a time."""
    [row] = connection.execute("SELECT MIN(account_id), MAX(account_id) FROM footprint").fetchall()
    if row[0] is None:
        return
    width = max(256, min(WIDEST, CELLS // max(len(products.ids), 1)))
    for start in range(row[0] // width * width, row[1] + 1, width):
        where = f"f.account_id BETWEEN {start:d} AND {start + width - 1:d}"
        block = _read(connection, products, where)
        if len(block.accounts):
            yield block


def shares(owners: Floats, accounts: int) -> Floats:
    """The share of accounts that own each product."""
    found: Floats = owners / max(accounts, 1)
    return found


def _read(connection: duckdb.DuckDBPyConnection, products: Products, where: str) -> Holdings:
    found = connection.sql(
        "SELECT f.account_id, f.product_id, f.first_on FROM footprint AS f"
        f" WHERE f.product_id IS NOT NULL AND {where}"
    ).to_arrow_table()
    place = products.places(found["product_id"].to_numpy())
    ids, first = found["account_id"].to_numpy(), found["first_on"].cast("int32").to_numpy()
    if len(place) and place.min() < 0:
        # What was archived since is in nobody's order.
        known = place >= 0
        place, ids, first = place[known], ids[known], first[known]
    accounts, account = _places(ids)
    return Holdings(accounts, account, place, first, len(products.ids))


def _places(ids: Places) -> tuple[Places, Places]:
    """The different ids, ascending, and the place of each among them; without sorting them."""
    if not len(ids):
        return ids, ids
    first = int(ids.min())
    there = ids - first
    present = np.zeros(int(there.max()) + 1, np.bool_)
    present[there] = True
    return np.flatnonzero(present) + first, (np.cumsum(present) - 1)[there]
