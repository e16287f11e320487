"""Pages of the list for a viewer.

Two ways to the same page. Where few accounts are in question (a seller's own, an owner's, a
search), they are read first and sorted. Where many are, the index in the order of the results is
walked until the page is full, and what has no result follows. Left to choose, a database without
statistics takes the wrong one for an owner with few accounts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, DateField

from groundplan.book.selectors.attention import Attention, attention_of
from groundplan.database.prepared import Parameter, prepared
from groundplan.insight.models import AnalysisRun
from groundplan.organisation.selectors import today
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

from .contracts import AccountFilters, AccountPage, AccountRow
from .keyset import Place, as_text, from_text
from .queries import FIELDS, Accounts, filtered, with_tier
from .sorting import SORTINGS, Sort

COUNTED = 1_000
"""A list says "more than 1,000" rather than count on."""


def account_page(
    viewer: Scope,
    current: CurrentSnapshot | None,
    filters: AccountFilters,
    *,
    sort: str = "expected",
    after: str = "",
    size: int = 25,
) -> AccountPage:
    """The next `size` accounts the viewer may see, after the place `after`.

    Before the first analysis an order by results is one by name. Raises InvalidInput for a place
    that belongs to another order.
    """
    sort, sorting = _sorting(sort, current)
    place = from_text(sort, sorting.parse, after) if after else None
    wide = sorting.of_results and not _is_narrow(viewer, filters)
    question = Question(
        viewer.reach, _run_of(current), replace(filters, on=filters.on or today()), sort, place
    )
    values = _walk(question, size + 1) if wide else _read(question, size + 1)
    last = values[size - 1] if len(values) > size else None
    following = as_text(sort, Place(last[-1], last[0])) if last else ""
    return AccountPage(_rows([one[:-1] for one in values[:size]], filters.stale_since), following)


def account_rows(
    viewer: Scope, current: CurrentSnapshot | None, filters: AccountFilters, *, sort: str
) -> Iterator[AccountRow]:
    """Every account of the list, read a few hundred at a time."""
    after, begun = "", False
    while after or not begun:
        begun = True
        page = account_page(viewer, current, filters, sort=sort, after=after, size=500)
        yield from page.rows
        after = page.next


def account_row(
    viewer: Scope,
    current: CurrentSnapshot | None,
    account_id: int,
    *,
    stale_since: date,
    on: date,
) -> AccountRow | None:
    """One account as the list shows it; None for what the viewer doesn't have in the list."""
    values = _one(viewer.reach, _run_of(current)).ask(account=account_id, on=on)
    if not values:
        return None
    *shown, override = values[0]
    return replace(_rows([shown], stale_since)[0], override_id=override)


def account_count(
    viewer: Scope, current: CurrentSnapshot | None, filters: AccountFilters
) -> int | None:
    """How many accounts the list has, None for more than COUNTED."""
    filters = replace(filters, on=filters.on or today())
    number = _counted(viewer.reach, _run_of(current), filters).count()
    return None if number > COUNTED else number


@prepared
def _one(reach: Scope, run: int) -> Accounts:
    account, on = Parameter("account", BigIntegerField()), Parameter("on", DateField())
    found = with_tier(filtered(reach, run, AccountFilters()).filter(pk=account), "", on)
    return found.values_list(*FIELDS, "tieroverride__pk")


@prepared
def _counted(reach: Scope, run: int, filters: AccountFilters) -> Accounts:
    found = filtered(reach, run, filters).order_by()
    if filters.tier:
        found = with_tier(found, filters.tier, filters.on)
    return found.values_list("pk", flat=True)[: COUNTED + 1]


def _run_of(current: CurrentSnapshot | None) -> int:
    return _run_id(current.results_uid) if current else 0


@lru_cache(maxsize=64)
def _run_id(uid: UUID) -> int:
    return AnalysisRun.objects.values_list("pk", flat=True).get(uid=uid)


def _sorting(sort: str, current: CurrentSnapshot | None) -> tuple[str, Sort]:
    known = sort if sort in SORTINGS else "expected"
    if current is None and SORTINGS[known].of_results:
        known = "name"
    return known, SORTINGS[known]


def _is_narrow(viewer: Scope, filters: AccountFilters) -> bool:
    return bool(not viewer.sees_reports or filters.owner or filters.text or filters.needs)


class Question(NamedTuple):
    """What a page is read by, besides its size; the same question has the same query."""

    reach: Scope
    run: int
    filters: AccountFilters
    sort: str
    place: Place | None


def _read(question: Question, size: int) -> list[Any]:
    return _any(question, size).ask()


def _walk(question: Question, size: int) -> list[Any]:
    """As `_read`, beginning with the results in their order: an inner join, then the rest."""
    values: list[Any] = []
    place = question.place
    if place is None or place.value is not None:
        values = _ranked(question, size).ask()
        place = None
    if len(values) < size:
        values += _rest(question._replace(place=place), size - len(values)).ask()
    return values


@prepared
def _any(question: Question, size: int) -> Accounts:
    return _first(_in_order(_found(question), question), question, SORTINGS[question.sort], size)


@prepared
def _ranked(question: Question, size: int) -> Accounts:
    # The inner join has to come before the order's column, or there would be two joins.
    ranked = _in_order(_found(question).filter(result__isnull=False), question)
    if SORTINGS[question.sort].is_sparse:
        ranked = ranked.filter(sort_value__isnull=False)
    return _first(ranked, question, replace(SORTINGS[question.sort], nullable=False), size)


@prepared
def _rest(question: Question, size: int) -> Accounts:
    rest = _in_order(_found(question), question).filter(sort_value__isnull=True)
    return _first(rest, question, SORTINGS[question.sort], size)


def _found(question: Question) -> Accounts:
    return filtered(question.reach, question.run, question.filters)


def _in_order(found: Accounts, question: Question) -> Accounts:
    found = with_tier(found, question.filters.tier, question.filters.on)
    return found.annotate(sort_value=SORTINGS[question.sort].expression)


def _first(found: Accounts, question: Question, sorting: Sort, size: int) -> Accounts:
    if question.place:
        found = found.filter(sorting.after(question.place))
    ordered = found.order_by(*sorting.order())
    return ordered.values_list(*FIELDS, "sort_value")[:size]


def _rows(found: Sequence[Sequence[Any]], stale_since: date | None) -> tuple[AccountRow, ...]:
    """What FIELDS gave of each account, with when anybody was in touch there."""
    attention = attention_of([values[0] for values in found])
    return tuple([_row(values, attention[values[0]], stale_since) for values in found])


def _row(values: Sequence[Any], attention: Attention, stale_since: date | None) -> AccountRow:
    *shown, owner, tier = values[: FIELDS.index("effective_tier") + 1]
    rest = values[len(shown) + 2 :]
    last = attention.last_touch_on
    # Between them the tier that a person set, which is told of single accounts only.
    touched = (None, attention.contacts, last, _is_stale(last, stale_since))
    told: list[Any] = [*shown, owner or "", tier or "", *rest, *touched]
    return AccountRow(*told)


def _is_stale(last_touch_on: date | None, since: date | None) -> bool:
    return since is not None and (last_touch_on is None or last_touch_on < since)
