"""What is usual in an account's first year of a product, from what sampled accounts spent."""

import math
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np

from groundplan.engine.exact import Integers, Truths
from groundplan.engine.owned import Owned, Places, day_number, sampled

SAMPLE = 20_000
LEVEL = 0.95
ENOUGH = 5
"""So many first years that are over tell enough: those under way count no more."""

_ANY = np.iinfo(np.int64)


@dataclass(frozen=True, slots=True)
class FirstYears:
    """By product: between what amounts (in ten thousandths) a first year is held, so that one giant
    order doesn't set the price for everybody, and whether years under way count."""

    least: Integers
    most: Integers
    under_way: Truths

    def held(self, amounts: Integers, product: Places) -> Integers:
        """The amounts of these products (places) within their bounds."""
        return np.minimum(np.maximum(amounts, self.least.take(product)), self.most.take(product))


def first_years(
    connection: duckdb.DuckDBPyConnection, owned: Owned, *, year_ago: date
) -> FirstYears:
    """The most is the level that 95 % of the first years that are over don't exceed; where none is
    over, of those that are under way; no bound where nobody sampled owns the product.

    Reads `accounts`; the sample is always the same accounts.
    """
    row = connection.execute("SELECT COUNT(*) FROM accounts").fetchone()
    buckets = min(1000, math.ceil(1000 * SAMPLE / max(int(row[0]) if row else 0, 1)))
    rows, _ = owned.rows_of(sampled(connection, buckets))
    rows = rows[owned.product[rows] >= 0]
    product, size = owned.product[rows], len(owned.products)
    is_over = owned.first[rows] <= day_number(year_ago)
    over = np.bincount(product[is_over], minlength=size)
    telling = is_over == (over > 0)[product]
    least, most = np.full(size, _ANY.min), np.full(size, _ANY.max)
    product, amount = product[telling], owned.first_year[rows[telling]]
    # The narrower the numbers, the faster they are put in order.
    order = np.argsort(product.astype(np.min_scalar_type(size)), kind="stable")
    ends = np.cumsum(np.bincount(product, minlength=size))
    for place, part in enumerate(np.split(amount[order], ends[:-1]) if size else ()):
        if len(part):
            least[place], most[place] = 0, _level(part)
    return FirstYears(least, most, over < ENOUGH)


def _level(amounts: Integers) -> int:
    """What LEVEL of the amounts don't exceed; between two of them in proportion."""
    at = (len(amounts) - 1) * LEVEL
    low, high = math.floor(at), math.ceil(at)
    parted = np.partition(amounts, (low, high))
    below, above = int(parted[low]), int(parted[high])
    return round(below + (above - below) * (at - low))
