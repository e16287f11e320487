"""How an amount for some days falls on the days of a period."""

from datetime import date, timedelta
from decimal import Decimal

from groundplan.kernel.money import amount as rounded
from groundplan.kernel.periods import Period


def prorated(amount: Decimal, first: date, last: date, period: Period) -> Decimal:
    """The part of `amount`, meant for `first` to `last`, that falls into `period`, by days.

    A difference of two rounded running totals: the parts of any periods that cover the days
    without overlap add up to `amount` exactly.
    """
    days = (last - first).days + 1
    start = max(period.starts_on, first)
    end = min(period.ends_on, last)
    if end < start:
        return Decimal(0)
    before = (start - first).days
    after = (end + timedelta(1) - first).days
    return _running(amount, after, days) - _running(amount, before, days)


def _running(amount: Decimal, gone: int, days: int) -> Decimal:
    return rounded(amount * gone / days)
