"""Reads of one account's results.

`account` ids come from a selector that took the viewer; what goes beyond the account takes them
itself.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from groundplan.book.selectors.hierarchy import (
    family,
    family_in_range,
    path_range,
    ranges_of_paths,
)
from groundplan.book.selectors.naming import product_names
from groundplan.database.prepared import prepared
from groundplan.insight.grid import reading
from groundplan.insight.grid.live import marks_now
from groundplan.insight.grid.reasons import order_of, reasons_of
from groundplan.insight.grid.rules import SELLABLE, ZERO, state_of
from groundplan.insight.models import AccountResult
from groundplan.insight.selectors.quarters import account_quarters_sql
from groundplan.insight.selectors.tables import fetch
from groundplan.kernel.periods import FiscalCalendar, covering
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

from .contracts import FamilyTotals, QuarterRevenue, WhitespaceLine

SUMMED = ("revenue_12m", "recognised", "backlog", "weighted", "whitespace", "expected", "goal")
MOST_QUARTERS = 16


def family_totals(viewer: Scope, current: CurrentSnapshot, account: Any) -> FamilyTotals:
    """The sums of an account and its divisions, in one query."""
    if account.path and ranges_of_paths():
        begins, ends = path_range(account.path)
        rows = _family_sums(viewer.reach, current.results_uid).ask(begins=begins, ends=ends)
    else:
        rows = list(_sums(current.results_uid, family(viewer, account)))
    number, *sums = rows[0] if rows else (0, *[None] * len(SUMMED))
    amounts = dict(zip(SUMMED, sums, strict=True))
    goal = amounts.pop("goal")
    whole = {name: amount or ZERO for name, amount in amounts.items()}
    return FamilyTotals(accounts=number or 0, goal=goal, **whole)


@prepared
def _family_sums(reach: Scope, results: UUID) -> QuerySet[AccountResult, Any]:
    return _sums(results, family_in_range(reach))


def _sums(results: UUID, among: QuerySet[Any]) -> QuerySet[AccountResult, Any]:
    found = AccountResult.objects.filter(run__uid=results, account__in=among).order_by()
    sums = {f"sum_{name}": Sum(name) for name in SUMMED}
    one = found.values("run").annotate(accounts=Count("pk"), **sums)
    return one.values_list("accounts", *sums)


def account_quarters(
    current: CurrentSnapshot, cut: FiscalCalendar, account_id: int
) -> tuple[QuarterRevenue, ...]:
    """The account's fiscal quarters, oldest first, without gaps; at most the last four years."""
    source = account_quarters_sql(current, [account_id])
    rows = fetch(
        f"SELECT quarter, sum(recognised), sum(backlog), sum(weighted) FROM {source}"
        " WHERE account_id = $account GROUP BY quarter",
        {"account": account_id},
    )
    known = {key: amounts for key, *amounts in rows}
    if not known:
        return ()
    years = sorted(int(key[2:6]) for key in known)
    first, last = cut.year_starts_on(years[0]), cut.periods(years[-1])[0].ends_on
    quarters = [period for period in covering(cut, first, last) if period.kind == "quarter"]
    begun = next(place for place, period in enumerate(quarters) if period.key in known)
    ended = max(place for place, period in enumerate(quarters) if period.key in known)
    shown = quarters[begun : ended + 1][-MOST_QUARTERS:]
    return tuple(
        QuarterRevenue(period.key, period.label, *known.get(period.key, (ZERO, ZERO, ZERO)))
        for period in shown
    )


def account_whitespace(current: CurrentSnapshot, account_id: int) -> tuple[WhitespaceLine, ...]:
    """Every product at the account, what is left to sell first.

    The best few are in the order that the account's own purchases speak for, the others by
    expected revenue.
    """
    segment = reading.segments_of(current, [account_id]).get(account_id)
    if segment is None:
        return ()
    estimates = reading.estimates_of(current, [segment])[segment]
    marks, analysed = marks_now(current, [account_id]), reading.marks_of(current, [account_id])
    names = product_names()
    order, because = order_of(current, account_id), reasons_of(current, account_id)
    lines = [
        WhitespaceLine(
            product_uid=names[product].uid,
            product=names[product].name,
            category=category,
            state=state_of((account_id, product), marks),
            estimate=estimates.get(product),
            because=tuple(names[one].name for one in because.get(product, ()) if one in names),
            is_counted=state_of((account_id, product), analysed) == "whitespace",
        )
        for product, category in reading.categories(current)
        if product in names
    ]
    places = {names[product].uid: place for product, place in order.items() if product in names}
    return tuple(sorted(lines, key=lambda line: _rank(line, places)))


def _rank(line: WhitespaceLine, places: Mapping[UUID, int]) -> tuple[bool, int, Any, str]:
    sellable = line.state in SELLABLE
    expected = line.estimate.expected if line.estimate else ZERO
    place = places.get(line.product_uid, len(places) + 1)
    return (not sellable, place, -expected if sellable else ZERO, line.product)
