"""Sums of a batch by account and product (cells), and by account."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from groundplan.engine.exact import AMOUNT, Integers, Truths, decimals
from groundplan.kernel.errors import InvalidInput

from .batches import NO_PRODUCT, Bought

CELLS = pa.schema(
    [
        ("account_id", pa.int64()),
        ("product_id", pa.int64()),
        ("first_on", pa.date32()),
        ("last_on", pa.date32()),
        ("recognised_on", pa.date32()),
        ("purchases", pa.int64()),
        ("amount", AMOUNT),
        ("amount_12m", AMOUNT),
        ("amount_prior_12m", AMOUNT),
        ("first_12m_amount", AMOUNT),
    ]
)
"""The columns of the footprint."""

NEVER = -(2**31)
"""The earliest day of all stands for none."""


@dataclass(frozen=True, slots=True)
class Window:
    """The day that sums are as of, and the same day one and two years before, since 1970."""

    today: int
    year_ago: int
    two_years_ago: int

    @classmethod
    def at(cls, day: date) -> "Window":
        today = np.array([(day - date(1970, 1, 1)).days], np.int64)
        return cls(*(int(_years_from(today, -back)[0]) for back in (0, 1, 2)))


@dataclass(frozen=True, slots=True)
class Cells:
    """What each account bought of each product, as the columns of CELLS; amounts are whole."""

    account: Integers
    product: Integers
    first: Integers
    last: Integers
    recognised: Integers
    purchases: Integers
    amounts: tuple[Integers, Integers, Integers, Integers]

    def table(self) -> Any:
        return pa.Table.from_arrays(
            [
                self.account,
                without(self.product, NO_PRODUCT),
                days_as_dates(self.first),
                days_as_dates(self.last),
                days_as_dates(self.recognised),
                self.purchases,
                *(decimals(amount) for amount in self.amounts),
            ],
            schema=CELLS,
        )


def cells_of(bought: Bought, window: Window) -> Cells:
    """Sum a batch, whose rows of a cell are neighbours in the order of their days."""
    starts = _starts(bought)
    counts = np.diff(starts, append=len(bought.account))
    refuse_overflow(bought.amount, counts)
    several = _Several(starts, counts)
    first, last = bought.day[starts], bought.day[starts + counts - 1]
    recognised = bought.amount
    if bought.backlog is not None:
        recognised = bought.amount * ~bought.backlog
    day = bought.day
    this_year = (day >= window.year_ago) & (day < window.today)
    year_before = (day >= window.two_years_ago) & (day < window.year_ago)
    return Cells(
        bought.account[starts],
        bought.product[starts],
        first,
        last,
        _recognised_on(bought, several, window, last),
        counts,
        (
            several.sum(bought.amount),
            several.sum(recognised * this_year),
            several.sum(recognised * year_before),
            several.sum_first_year(bought),
        ),
    )


class _Several:
    """Reduces rows to cells. Most cells are a single row, which needs no adding up."""

    def __init__(self, starts: Integers, counts: Integers) -> None:
        self.starts = starts
        self.cells = np.flatnonzero(counts > 1)
        self.counts = counts[self.cells]
        ends = np.cumsum(self.counts)
        self.begins = ends - self.counts
        size = int(ends[-1]) if len(ends) else 0
        self.rows = np.arange(size) + np.repeat(starts[self.cells] - self.begins, self.counts)

    def sum(self, amounts: Integers) -> Integers:
        return self._reduce(np.add, amounts, amounts[self.rows])

    def max(self, days: Integers) -> Integers:
        return self._reduce(np.maximum, days, days[self.rows])

    def sum_first_year(self, bought: Bought) -> Integers:
        """The sum of what was bought in the year from a cell's first day; a single row was."""
        day, amount = bought.day[self.rows], bought.amount[self.rows]
        year_end = np.repeat(_year_after(day[self.begins]), self.counts)
        return self._reduce(np.add, bought.amount, amount * (day < year_end))

    def _reduce(self, how: np.ufunc, values: Integers, kept: Integers) -> Integers:
        found = values[self.starts]
        if len(self.cells):
            found[self.cells] = how.reduceat(kept, self.begins)
        return found


def _recognised_on(bought: Bought, several: _Several, window: Window, last: Integers) -> Integers:
    """The last day up to the window's on which something was recognised, NEVER without one."""
    if bought.backlog is None and int(last.max()) <= window.today:
        return last
    kept: Truths = bought.day <= window.today
    if bought.backlog is not None:
        kept &= ~bought.backlog
    return several.max(np.where(kept, bought.day, np.int32(NEVER)))


def _starts(bought: Bought) -> Integers:
    """Where each cell's rows begin."""
    new = np.empty(len(bought.account), np.bool_)
    new[0] = True
    np.not_equal(bought.account[1:], bought.account[:-1], out=new[1:])
    new[1:] |= bought.product[1:] != bought.product[:-1]
    return np.flatnonzero(new)


def _year_after(days: Integers) -> Integers:
    """As `_years_from`, for many days that lie close together: each is computed once."""
    if not len(days):
        return days
    earliest = int(days.min())
    every = np.arange(earliest, int(days.max()) + 1)
    found: Integers = _years_from(every, 1)[days - earliest]
    return found


def _years_from(days: Integers, years: int) -> Integers:
    """The same day of the month `years` later, in days since 1970; the last one where a month
    is too short."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    place = dates - months.astype("datetime64[D]")
    target = months + np.timedelta64(12 * years, "M")
    end = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    found: Integers = np.minimum(target.astype("datetime64[D]") + place, end).astype(np.int64)
    return found


def days_as_dates(days: Integers) -> Any:
    """Dates, NULL for NEVER."""
    return without(days.astype(np.int32, copy=False), NEVER).cast(pa.date32())


def without(values: Integers, none: int) -> Any:
    """The values as an Arrow array, NULL for those that are `none`."""
    missing = values == none
    return pa.array(values, mask=missing) if missing.any() else pa.array(values)


def refuse_overflow(amount: Integers, counts: Integers) -> None:
    """Sums of 64 bits wrap without a sound: refuse what could, long before real money does."""
    if max(-int(amount.min()), int(amount.max())) * int(counts.max()) >= 2**63:
        raise InvalidInput("Some purchases have amounts too large to be summed exactly.")
