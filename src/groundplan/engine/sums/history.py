"""What each account bought, in one row: made from the sums of its cells."""

from typing import Any

import numpy as np
import pyarrow as pa

from groundplan.engine.exact import AMOUNT, Integers, decimals, sums

from .batches import NO_PRODUCT
from .cells import Cells, Window, days_as_dates, refuse_overflow
from .revenue import Revenue

HISTORY = pa.schema(
    [
        ("account_id", pa.int64()),
        ("revenue_12m", AMOUNT),
        ("revenue_prior_12m", AMOUNT),
        ("owned_products", pa.int64()),
        ("owned_before", pa.int64()),
        ("bought_before", pa.int64()),
        ("first_on", pa.date32()),
        ("last_on", pa.date32()),
        ("recognised_on", pa.date32()),
        ("year_recognised", AMOUNT),
        ("year_backlog", AMOUNT),
    ]
)
"""One row an account that bought: products owned (all, and a year ago), whether anything was
bought before that, and the purchases of the fiscal year."""


def history_of(cells: Cells, quarters: Revenue, window: Window, year: tuple[int, int]) -> Any:
    """The table HISTORY of a batch; `year` is from which place of quarters up to which."""
    starts = np.concatenate([[0], np.flatnonzero(cells.account[1:] != cells.account[:-1]) + 1])
    account = cells.account[starts]
    product = cells.product != NO_PRODUCT
    before = cells.first < window.year_ago
    _, this_year, year_before, _ = cells.amounts
    counts = np.diff(starts, append=len(cells.account))
    refuse_overflow(cells.amounts[0], counts)

    def added(values: Any) -> Integers:
        return np.add.reduceat(values.astype(np.int64, copy=False), starts)

    inside = (quarters.place >= year[0]) & (quarters.place < year[1])
    at = np.searchsorted(account, quarters.subject[inside])
    columns = [
        account,
        decimals(added(this_year)),
        decimals(added(year_before)),
        added(product),
        added(product & before),
        np.maximum.reduceat(before, starts).astype(np.int64),
        days_as_dates(np.minimum.reduceat(cells.first, starts)),
        days_as_dates(np.maximum.reduceat(cells.last, starts)),
        days_as_dates(np.maximum.reduceat(cells.recognised, starts)),
        *(
            decimals(sums(at, amount[inside], len(account)))
            for amount in (quarters.recognised, quarters.backlog)
        ),
    ]
    return pa.Table.from_arrays(columns, schema=HISTORY)
