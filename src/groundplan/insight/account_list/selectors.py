"""Pages of the list for a viewer.

Two ways to the same page. Where few accounts are in question (a seller's own, an owner's, a
search), they are read first and sorted. Where many are, the index in the order of the results is
walked until the page is full, and what has no result follows. Left to choose, a database without
statistics takes the wrong one for an owner with few accounts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, F, FilteredRelation, Q, Value, When

from groundplan.book.selectors.accounts import active_accounts
from groundplan.book.selectors.attention import attention_of, stale_accounts, unnamed_accounts
from groundplan.book.selectors.search import matching
from groundplan.insight.models import AnalysisRun
from groundplan.organisation.selectors import today
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

from .contracts import AccountFilters, AccountPage, AccountRow
from .keyset import Place, as_text, from_text
from .sorting import SORTINGS, Sort

COUNTED = 1_000
"""A list says "more than 1,000" rather than count on."""

FIELDS = (
    "pk",
    "uid",
    "name",
    "industry",
    "region",
    "country",
    "segment",
    "is_customer",
    "owner__uid",
    "owner__name",
    "effective_tier",
    "result__score",
    "result__revenue_12m",
    "result__recognised",
    "result__backlog",
    "result__weighted",
    "result__whitespace",
    "result__expected",
    "result__goal",
    "result__last_purchase_on",
    "is_overridden",
)
Accounts = Any
"""A queryset of accounts, whose model is another room's."""


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
    found = _filtered(viewer, current, filters)
    wide = sorting.of_results and not _is_narrow(viewer, filters)
    day = filters.on or today()
    asked = Asked(sorting, filters.tier, place, size + 1, day)
    values = _walk(found, asked) if wide else _read(found, asked)
    last = values[size - 1] if len(values) > size else None
    following = as_text(sort, Place(last[-1], last[0])) if last else ""
    rows = [_row(one) for one in values[:size]]
    return AccountPage(_with_marks(rows, filters.stale_since), following)


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
    found = _filtered(viewer, current, AccountFilters()).filter(pk=account_id)
    found = _with_tier(found, "", on)
    values = list(found.values_list(*FIELDS, "pk"))
    return _with_marks([_row(values[0])], stale_since)[0] if values else None


def account_count(
    viewer: Scope, current: CurrentSnapshot | None, filters: AccountFilters
) -> int | None:
    """How many accounts the list has, None for more than COUNTED."""
    found = _filtered(viewer, current, filters).order_by()
    if filters.tier:
        found = _with_tier(found, filters.tier, filters.on or today())
    number = found.values("pk")[: COUNTED + 1].count()
    return None if number > COUNTED else number


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


def _filtered(viewer: Scope, current: CurrentSnapshot | None, filters: AccountFilters) -> Accounts:
    run = _run_id(current.results_uid) if current else 0
    found: Accounts = active_accounts(viewer)
    exact = {
        "owner__uid": filters.owner,
        "industry": filters.industry,
        "region": filters.region,
        "country": filters.country,
        "segment": filters.segment,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if filters.kind:
        found = found.filter(is_customer=filters.kind == "customer")
    if filters.text:
        found = matching(found, filters.text)
    found = _needing(found, filters)
    return found.annotate(result=FilteredRelation("results", condition=Q(results__run=run)))


def _with_tier(found: Accounts, tier: str, on: date) -> Accounts:
    """A person's decision while it holds, else the computed tier; of one tier where asked."""
    decided = Q(tieroverride__isnull=False)
    lasts = Q(tieroverride__expires_on__isnull=True) | Q(tieroverride__expires_on__gte=on)
    holds = decided & lasts
    found = found.annotate(
        effective_tier=Case(
            When(holds, then=F("tieroverride__tier")),
            default=F("result__tier"),
        ),
        is_overridden=Case(
            When(holds, then=Value(True)), default=Value(False), output_field=BooleanField()
        ),
    )
    return found.filter(effective_tier=tier) if tier else found


def _needing(found: Accounts, filters: AccountFilters) -> Accounts:
    if "owner" in filters.needs:
        found = found.filter(owner__isnull=True)
    if "name" in filters.needs:
        found = unnamed_accounts(found)
    if "touch" in filters.needs and filters.stale_since:
        found = stale_accounts(found, filters.stale_since)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is read by, besides the accounts it may hold."""

    sorting: Sort
    tier: str
    place: Place | None
    size: int
    on: date


def _read(found: Accounts, asked: Asked) -> list[Any]:
    found = _with_tier(found, asked.tier, asked.on).annotate(sort_value=asked.sorting.expression)
    return _first(found, asked)


def _walk(found: Accounts, asked: Asked) -> list[Any]:
    """As `_read`, beginning with the results in their order: an inner join, then the rest."""
    values: list[Any] = []
    if asked.place is None or asked.place.value is not None:
        # The inner join has to come before the order's column, or there would be two joins.
        ranked = _with_tier(found.filter(result__isnull=False), asked.tier, asked.on)
        ranked = ranked.annotate(sort_value=asked.sorting.expression)
        if asked.sorting.is_sparse:
            ranked = ranked.filter(sort_value__isnull=False)
        values = _first(ranked, replace(asked, sorting=replace(asked.sorting, nullable=False)))
    if len(values) < asked.size:
        begun = asked.place if asked.place and asked.place.value is None else None
        rest = _with_tier(found, asked.tier, asked.on).annotate(sort_value=asked.sorting.expression)
        rest = rest.filter(sort_value__isnull=True)
        values += _first(rest, replace(asked, place=begun, size=asked.size - len(values)))
    return values


def _first(found: Accounts, asked: Asked) -> list[Any]:
    if asked.place:
        found = found.filter(asked.sorting.after(asked.place))
    ordered = found.order_by(*asked.sorting.order())
    return list(ordered.values_list(*FIELDS, "sort_value")[: asked.size])


def _row(values: Sequence[Any]) -> AccountRow:
    (pk, uid, name, industry, region, country, segment, is_customer, owner_uid, owner, *rest) = (
        values[:-1]
    )
    tier, score, *amounts = rest
    return AccountRow(
        pk,
        uid,
        name,
        industry,
        region,
        country,
        segment,
        is_customer,
        owner_uid,
        owner or "",
        tier or "",
        score,
        *amounts,
    )


def _with_marks(rows: list[AccountRow], stale_since: date | None) -> tuple[AccountRow, ...]:
    attention = attention_of([row.id for row in rows])
    return tuple(
        replace(
            row,
            contacts=attention[row.id].contacts,
            last_touch_on=attention[row.id].last_touch_on,
            is_stale=_is_stale(attention[row.id].last_touch_on, stale_since),
        )
        for row in rows
    )


def _is_stale(last_touch_on: date | None, since: date | None) -> bool:
    return since is not None and (last_touch_on is None or last_touch_on < since)
