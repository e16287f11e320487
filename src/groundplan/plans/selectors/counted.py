"""What facts say of a plan's subject: revenue, pipeline, new logos, touches. Pages ask kept results
for it; a sum that has to be read from the snapshot is read once a process."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from groundplan.book.selectors.accounts import active_accounts
from groundplan.book.selectors.territory import Touches, territory_of, touches_of
from groundplan.insight.selectors.lines import Whose, cut, purchases_sql
from groundplan.insight.selectors.overrides import tiers_decided
from groundplan.insight.selectors.quarters import account_quarters_sql
from groundplan.insight.selectors.results import results_of
from groundplan.insight.selectors.slices import Days, Slice, Sum, pieces_of, sum_of
from groundplan.insight.selectors.tables import fetch, table
from groundplan.kernel.money import ZERO
from groundplan.snapshots.contracts import CurrentSnapshot

from .reach import Reach, credited, quarter_keys

WHOLE = Slice()
MOST_NAMED = 20_000
"""Accounts that are told apart one by one: more than anybody's territory has."""


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


def money_in(reach: Reach, shown: CurrentSnapshot, part: Slice, what: Sum, last: date) -> Decimal:
    """Of one part of the business, by facts dated from the plan's first day to `last`."""
    first = reach.plan.starts_on
    decided = tiers_decided() if part.tier else ()
    pieces = pieces_of(shown, _whose(reach), Days(first, last, first), what, decided)
    return sum_of(part, pieces)


def accounts_in(
    reach: Reach, shown: CurrentSnapshot | None, part: Slice
) -> QuerySet[Any, Any] | None:
    """Those of the plan's accounts that are of a tier and base; None where nobody knows which."""
    accounts = accounts_of(reach)
    if part == WHOLE:
        return accounts
    if shown is None or part.category or part.channel:
        return None
    if part.tier:
        tiered = results_of(reach.viewer, shown).filter(effective_tier=part.tier)
        accounts = accounts.filter(pk__in=tiered.values("account"))
    return _of_base(reach, shown, accounts, part.base) if part.base else accounts


def _of_base(
    reach: Reach, shown: CurrentSnapshot, accounts: QuerySet[Any, Any], base: str
) -> QuerySet[Any, Any] | None:
    """Customers are those who bought before the plan began, or whom the book calls so where nobody
    knows of a purchase; see `insight.selectors.lines.cut`."""
    known = dict(accounts.values_list("pk", "is_customer")[: MOST_NAMED + 1])
    if len(known) > MOST_NAMED:
        return None
    begun: dict[int, date] = dict(
        fetch(
            f"SELECT account_id, first_on FROM {table(shown.folder, 'account_totals')}"
            " WHERE account_id IN (SELECT unnest($known::BIGINT[]))",
            {"known": list(known)},
        )
    )
    customers = {
        pk
        for pk, is_customer in known.items()
        if (begun[pk] < reach.plan.starts_on if pk in begun else is_customer)
    }
    chosen = customers if base == "customer" else known.keys() - customers
    return accounts.filter(pk__in=chosen)


def new_logos(
    reach: Reach, shown: CurrentSnapshot, first: date, last: date, part: Slice = WHOLE
) -> int | None:
    """How many of the plan's accounts bought for the first time from `first` to `last`; of a
    category or channel, what they bought on that first day was of it. None for customers, who are
    no new ones, and where nobody knows who is meant."""
    found = new_buyers(reach, shown, first, last, part)
    return None if found is None else len(found)


def new_buyers(
    reach: Reach, shown: CurrentSnapshot, first: date, last: date, part: Slice
) -> frozenset[int] | None:
    """The ids of the accounts that `new_logos` counts."""
    accounts = accounts_in(reach, shown, Slice(tier=part.tier))
    if part.base == "customer" or accounts is None:
        return None
    begun = _first_buyers(shown, first, last, part.category, part.channel)
    return begun.intersection(accounts.values_list("pk", flat=True)) if begun else begun


def touches(reach: Reach, first: date, last: date) -> Touches:
    """What happened at the plan's accounts from `first` to `last`."""
    return touches_of(accounts_of(reach), first, last)


def _whose(reach: Reach) -> Whose:
    if reach.plan.account_id is not None:
        return Whose(accounts=(reach.plan.account_id,))
    return Whose(persons=tuple(sorted(reach.persons)))


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
def _first_buyers(
    shown: CurrentSnapshot, first: date, last: date, category: str, channel: str
) -> frozenset[int]:
    totals = table(shown.folder, "account_totals")
    days: dict[str, Any] = {"first": first, "last": last}
    sql = f"SELECT account_id FROM {totals} WHERE first_on BETWEEN $first AND $last"
    if category or channel:
        lines, parameters = cut(
            shown, purchases_sql(shown, Whose()), ("category", "channel"), begins=first
        )
        sql = (
            f"SELECT line.account_id FROM ({lines}) AS line JOIN ({sql}) USING (account_id)"
            f" JOIN {totals} AS total ON total.account_id = line.account_id"
            " AND total.first_on = line.date WHERE $category IN ('', of_category)"
            " AND $channel IN ('', of_channel)"
        )
        days |= {**parameters, "category": category, "channel": channel}
    return frozenset(account for (account,) in fetch(sql, days))
