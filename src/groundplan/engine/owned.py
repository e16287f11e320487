"""What accounts own, as arrays: read once, and asked by every measure that looks at all of it.

A question of three and a half million products owned takes SQL a quarter of a second and more, a
tenth of it in NumPy, since rows lie by account and products are counted by their place.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from .exact import Integers, unscaled

READ = 131_072
"""Accounts that are read at once: bounds what lies in memory twice."""

WIDEST_LOOKUP = 1_000_000

Places = npt.NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, slots=True)
class Owned:
    """Products that accounts bought at least once, a row each, the rows of an account together.

    Those of `accounts[i]` (ids, ascending) begin at `starts[i]` and end before `starts[i + 1]`.
    `product` is the place in `products` (ids, ascending), -1 for what isn't a product any more.
    `first` is the day of the first purchase since 1970, `first_year` what was bought in the twelve
    months from it, in ten thousandths.
    """

    products: Integers
    accounts: Integers
    starts: Integers
    product: Places
    first: Places
    first_year: Integers

    def rows_of(self, accounts: Integers) -> tuple[Integers, Integers]:
        """The rows of these accounts (ids, ascending) and the place of each one's account."""
        at = np.searchsorted(self.accounts, accounts)
        there = np.flatnonzero(np.append(self.accounts, -1)[at] == accounts)
        begins = self.starts[at[there]]
        counts = self.starts[at[there] + 1] - begins
        shift = begins - (np.cumsum(counts) - counts)
        return np.arange(counts.sum()) + np.repeat(shift, counts), np.repeat(there, counts)

    def known(self) -> "Owned":
        """Without what isn't a product any more; itself where there is none of that."""
        kept = self.product >= 0
        if kept.all():
            return self
        account = np.repeat(np.arange(len(self.accounts)), np.diff(self.starts))[kept]
        there, starts = np.unique(account, return_index=True)
        return Owned(
            self.products,
            self.accounts[there],
            np.append(starts, len(account)),
            self.product[kept],
            self.first[kept],
            self.first_year[kept],
        )


def read_owned(connection: duckdb.DuckDBPyConnection) -> Owned:
    """Everything that accounts own, from the tables `footprint` and `products`."""
    products = connection.execute("SELECT product_id FROM products ORDER BY product_id")
    ids: Integers = products.fetchnumpy()["product_id"].astype(np.int64)
    [(most, first, last)] = connection.execute(
        "SELECT COUNT(*), MIN(account_id), MAX(account_id) FROM footprint"
    ).fetchall()
    # Filled part by part: parts that are put together at the end would lie there twice.
    account, first_year = np.empty(most, np.int64), np.empty(most, np.int64)
    product, day = np.empty(most, np.int32), np.empty(most, np.int32)
    end = 0
    for start in range(first, last + 1, READ) if most else ():
        rows = _rows(connection, start)
        part = slice(end, end + rows.num_rows)
        account[part] = rows["account_id"].to_numpy()
        product[part] = places_of(rows["product_id"].to_numpy(), ids)
        day[part] = rows["first_on"].cast("int32").to_numpy()
        first_year[part] = unscaled(rows["first_12m_amount"])
        end = part.stop
    accounts, starts = runs_of(account[:end])
    return Owned(ids, accounts, starts, product[:end], day[:end], first_year[:end])


def _rows(connection: duckdb.DuckDBPyConnection, start: int) -> Any:
    connection.execute("SET arrow_output_version = '1.5'")
    found = connection.sql(
        "SELECT account_id, product_id, first_on, first_12m_amount FROM footprint"
        f" WHERE product_id IS NOT NULL AND account_id BETWEEN {start:d} AND {start + READ - 1:d}"
    ).to_arrow_table()
    ids = found["account_id"].to_numpy()
    # The files of a snapshot have them in that order.
    return found.sort_by("account_id") if (ids[1:] < ids[:-1]).any() else found


def runs_of(ids: Integers) -> tuple[Integers, Integers]:
    """The different ones of `ids`, whose equals are neighbours, and where each begins; at the end
    of the latter, how many ids there are."""
    new = np.ones(len(ids), np.bool_)
    np.not_equal(ids[1:], ids[:-1], out=new[1:])
    starts = np.flatnonzero(new)
    return ids[starts], np.append(starts, len(ids))


def places_of(ids: Integers, among: Integers) -> Integers:
    """Where each id is `among` others (ascending), -1 for one that isn't there."""
    if not len(among):
        return np.full(len(ids), -1)
    first, span = int(among[0]), int(among[-1] - among[0] + 1)
    if span > WIDEST_LOOKUP:
        found: Integers = np.minimum(np.searchsorted(among, ids), len(among) - 1)
        return np.where(among[found] == ids, found, -1)
    # Looking a place up takes a tenth of the time that searching it takes.
    lookup = np.full(span + 1, -1)
    lookup[among - first] = np.arange(len(among))
    if len(ids) and (int(ids.min()) < first or int(ids.max()) >= first + span):
        ids = np.where((ids >= first) & (ids < first + span), ids, first + span)
    return lookup.take(ids - first)


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - date(1970, 1, 1)).days


def scattered(accounts: Integers) -> Integers:
    """A number for each account id, as good as drawn by lot and always the same."""
    return accounts % 1048573 * 2654435761 % 4294967291


def sampled(connection: duckdb.DuckDBPyConnection, buckets: int) -> Integers:
    """The ids of `buckets` in a thousand of the table `accounts`, ascending."""
    found = connection.execute("SELECT account_id FROM accounts ORDER BY account_id").fetchnumpy()
    ids: Integers = found["account_id"].astype(np.int64)
    return ids[scattered(ids) % 1000 < buckets]
