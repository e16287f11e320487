"""Counts over all that accounts own: by segment and product, and by account.

The only passes over every product owned; all that follows is small.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from groundplan.engine.exact import AMOUNT, Integers, decimals, unscaled
from groundplan.engine.owned import Owned, day_number, places_of
from groundplan.kernel.machine import processors

from .first_years import FirstYears

SLAB = 131_072
"""Rows that are counted at once: what fits the processor's cache is counted faster."""

ROWS_A_PLACE = 1
"""At least so many rows for each place that they are counted into: places cost too."""


@dataclass(frozen=True, slots=True)
class Segmented:
    """What accounts own and, for each account, the place of its segment among `segments` (ids,
    ascending): now, and when the window of first purchases began."""

    owned: Owned
    segments: Integers
    now: Integers
    past: Integers

    def cells(self, segment: Integers, accounts: slice) -> Integers:
        """For each row of the accounts the number of its segment and product."""
        owned = self.owned
        starts = owned.starts[accounts.start : accounts.stop + 1]
        first = segment[accounts] * len(owned.products)
        return np.repeat(first, np.diff(starts)) + owned.product[starts[0] : starts[-1]]

    def slabs(self) -> Iterable[slice]:
        """The accounts in parts of about as many rows as are counted at once."""
        starts = self.owned.starts
        size = max(SLAB, ROWS_A_PLACE * len(self.segments) * len(self.owned.products))
        ends = np.searchsorted(starts, np.arange(size, starts[-1] + size, size))
        ends = np.unique(np.minimum(ends, len(starts) - 1)).tolist()
        return (slice(*both) for both in pairwise([0, *ends]))


def segmented(connection: duckdb.DuckDBPyConnection, owned: Owned) -> Segmented:
    """With the segments of the table `account_segments`, which has every account."""
    found = connection.execute(
        "SELECT account_id, segment_id, past_segment_id FROM account_segments ORDER BY account_id"
    ).fetchnumpy()
    known = owned.known()
    at = np.searchsorted(found["account_id"], known.accounts)
    ids = connection.execute("SELECT segment_id FROM segments ORDER BY segment_id").fetchnumpy()
    segments = ids["segment_id"].astype(np.int64)
    now, past = (
        places_of(found[name][at].astype(np.int64), segments)
        for name in ("segment_id", "past_segment_id")
    )
    return Segmented(known, segments, now, past)


def count_pairs(
    held: Segmented, usual: FirstYears, *, window_from: date, as_of: date, year_ago: date
) -> tuple[Any, Any]:
    """The tables `owner_totals` (segment_id, product_id, owners, years, first_years) of accounts by
    their segment now and `buyer_totals` (past_segment_id, product_id, owned_before, adopted) by
    their segment when the window began. A first year counts within its usual bounds.
    """
    days = [day_number(day) for day in (window_from, as_of, year_ago)]
    size = len(held.segments) * len(held.owned.products)

    def count(accounts: slice) -> Any:
        return np.stack(_counted(held, usual, accounts, days, size))

    totals = sum(_beside(count, held.slabs()), np.zeros((5, size)))
    segment = np.repeat(held.segments, len(held.owned.products))
    product = np.tile(held.owned.products, len(held.segments))
    owners, years, amounts, owned_before, adopted = totals
    return (
        pa.table(
            {
                "segment_id": segment,
                "product_id": product,
                "owners": owners.astype(np.int64),
                "years": years.astype(np.int64),
                "first_years": amounts / 10_000,
            }
        ),
        pa.table(
            {
                "past_segment_id": segment,
                "product_id": product,
                "owned_before": owned_before.astype(np.int64),
                "adopted": adopted.astype(np.int64),
            }
        ),
    )


def _counted(
    held: Segmented, usual: FirstYears, accounts: slice, days: list[int], size: int
) -> list[Any]:
    owned = held.owned
    window_from, as_of, year_ago = days
    rows = slice(owned.starts[accounts.start], owned.starts[accounts.stop])
    product, first = owned.product[rows], owned.first[rows]
    now, past = (held.cells(segment, accounts) for segment in (held.now, held.past))
    year = (first <= year_ago) | usual.under_way.take(product)
    amount = usual.held(owned.first_year[rows], product)
    before = first < window_from
    adopted = (first < as_of) & ~before
    return [
        np.bincount(now, minlength=size),
        np.bincount(now, year, size),
        np.bincount(now, amount * year, size),
        np.bincount(past, before, size),
        np.bincount(past, adopted, size),
    ]


def count_cells(connection: duckdb.DuckDBPyConnection, held: Segmented) -> Any:
    """The table `account_owned`: of each account that owns something how many products, what they
    would be worth as whitespace, and as bits those among the first 60 ranks of its segment.

    Reads `segment_products`.
    """
    worth, bit = _worth(connection, held)

    def count(accounts: slice) -> tuple[Integers, Integers]:
        cells = held.cells(held.now, accounts)
        starts = held.owned.starts[accounts] - held.owned.starts[accounts.start]
        expected, bits = worth.take(cells), bit.take(cells)
        return np.add.reduceat(expected, starts), np.bitwise_or.reduceat(bits, starts)

    parts = list(_beside(count, held.slabs()))
    expected, first_ranks = (
        np.concatenate([np.empty(0, np.int64), *(part[which] for part in parts)])
        for which in (0, 1)
    )
    columns = [
        held.owned.accounts,
        np.diff(held.owned.starts),
        decimals(expected),
        first_ranks,
    ]
    return pa.Table.from_arrays([pa.array(column) for column in columns], schema=_ACCOUNT_OWNED)


_ACCOUNT_OWNED = pa.schema(
    [
        ("account_id", pa.int64()),
        ("cells", pa.int64()),
        ("expected", AMOUNT),
        ("first_ranks", pa.int64()),
    ]
)


def _worth(connection: duckdb.DuckDBPyConnection, held: Segmented) -> tuple[Integers, Integers]:
    """What each segment's products are expected to bring, in ten thousandths, and their ranks as
    bits: by the number of segment and product."""
    connection.execute("SET arrow_output_version = '1.5'")
    found = connection.sql(
        "SELECT segment_id, product_id, expected, rank_bit FROM segment_products"
    ).to_arrow_table()
    segment = places_of(found["segment_id"].to_numpy().astype(np.int64), held.segments)
    product = places_of(found["product_id"].to_numpy(), held.owned.products)
    worth, bit = np.zeros((2, len(held.segments) * len(held.owned.products)), np.int64)
    at = segment * len(held.owned.products) + product
    worth[at], bit[at] = unscaled(found["expected"]), found["rank_bit"].to_numpy()
    return worth, bit


def _beside(work: Callable[[slice], Any], parts: Iterable[slice]) -> Iterable[Any]:
    """`work` of each part, in their order, on all processors: NumPy leaves the interpreter."""
    with ThreadPoolExecutor(processors()) as pool:
        yield from pool.map(work, parts)
