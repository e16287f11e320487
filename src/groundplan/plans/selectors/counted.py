"""What facts say of a plan's subject: revenue, pipeline, new logos, touches. Pages ask kept results
for it; a sum that has to be read from the snapshot is read once a process."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from groundplan.book.selectors.accounts import active_accounts
from groundplan.book.selectors.territory import Touches, territory_of, touches_of
from groundplan.insight.selectors.quarters import account_quarters_sql
from groundplan.insight.selectors.tables import fetch, table
from groundplan.kernel.money import ZERO
from groundplan.snapshots.contracts import CurrentSnapshot

from .reach import Reach, credited, quarter_keys


@dataclass(frozen=True, slots=True)
class Money:
    """Recognised and backlog of a period, and the open opportunities that close in it."""

    actual: Decimal = ZERO
    open_amount: Decimal = ZERO


def accounts_of(reach: Reach) -> QuerySet[Any, Any]:
    """The plan's account, or the accounts of its territory, that the viewer may see."""
    if reach.plan.account_id is not None:
        return active_accounts(reach.viewer).filter(pk=reach.plan.account_id)
    return territory_of(reach.viewer, reach.persons)


def money_of(reach: Reach, shown: CurrentSnapshot, period: str) -> Money:
    """Of the account, or credited to the territory's persons, over a period."""
    if reach.plan.account_id is not None:
        quarters = _account_quarters(shown, reach.plan.account_id)
        found = [quarters[key] for key in quarter_keys(period) if key in quarters]
        return Money(
            sum((one.actual for one in found), ZERO), sum((one.open_amount for one in found), ZERO)
        )
    sums = credited(shown, reach.persons, period)
    return Money(sums.actual, sums.open_amount)


def new_logos(reach: Reach, shown: CurrentSnapshot, first: date, last: date) -> int:
    """How many of the plan's accounts bought for the first time from `first` to `last`."""
    begun = _first_buyers(shown.folder, first, last)
    if not begun:
        return 0
    return len(begun.intersection(accounts_of(reach).values_list("pk", flat=True)))


def touches(reach: Reach, first: date, last: date) -> Touches:
    """What happened at the plan's accounts from `first` to `last`."""
    return touches_of(accounts_of(reach), first, last)


@lru_cache(maxsize=1024)
def _account_quarters(shown: CurrentSnapshot, account_id: int) -> dict[str, Money]:
    source = account_quarters_sql(shown, [account_id])
    rows = fetch(
        "SELECT quarter, SUM(recognised) + SUM(backlog), SUM(open_amount)"
        f" FROM {source} WHERE account_id = $account GROUP BY quarter",
        {"account": account_id},
    )
    return {quarter: Money(actual or ZERO, offered or ZERO) for quarter, actual, offered in rows}


@lru_cache(maxsize=32)
def _first_buyers(folder: Path, first: date, last: date) -> frozenset[int]:
    rows = fetch(
        f"SELECT account_id FROM {table(folder, 'account_totals')}"
        " WHERE first_on BETWEEN $first AND $last",
        {"first": first, "last": last},
    )
    return frozenset(account for (account,) in rows)
