"""The book as columns: what a snapshot is made of. Names and e-mail addresses stay behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import IntegerField, Max, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from groundplan.book.models import (
    Account,
    CompetitorPosition,
    Contact,
    Interaction,
    Opportunity,
    Product,
    Quota,
)
from groundplan.database.columns import Type
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons
from groundplan.sources.selectors import redirects

from .cells import effective_positions
from .visibility import visible_accounts


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """Rows to be read as columns: `queryset` yields tuples of `columns`, in this order.

    `ranged` tells that rows can be read a range of their own ids at a time.
    """

    queryset: QuerySet[Any, tuple[Any, ...]]
    columns: Mapping[str, Type]
    ranged: bool = False


Field = tuple[str, Type, str | Combinable]


def account_columns(viewer: Scope) -> ColumnRead:
    """Accounts that aren't archived; amounts in each one's currency, `attributes` as JSON."""
    return _read(
        visible_accounts(viewer).filter(archived_at=None),
        ("account_id", "integer", "id"),
        ("parent_id", "integer", "parent_id"),
        ("path", "text", "path"),
        ("owner_id", "integer", "owner_id"),
        ("industry", "text", "industry"),
        ("region", "text", "region"),
        ("country", "text", "country"),
        ("segment", "text", "segment"),
        ("employees", "integer", "employees"),
        ("annual_revenue", "amount", "annual_revenue"),
        ("currency", "text", "currency"),
        # A flag is 0 or 1 in one database and true or false in another.
        ("is_customer", "integer", Cast("is_customer", IntegerField())),
        ("revenue_goal", "amount", "revenue_goal"),
        ("attributes", "text", Cast("attributes", TextField())),
    )


def owner_columns(viewer: Scope) -> ColumnRead:
    """Who owns each account that isn't archived."""
    return _read(
        visible_accounts(viewer).filter(archived_at=None),
        ("account_id", "integer", "id"),
        ("owner_id", "integer", "owner_id"),
    )


def contact_columns(viewer: Scope) -> ColumnRead:
    """The account of each contact and the day on which it was last contacted."""
    return _read(
        _of_visible(Contact.objects.filter(archived_at=None), viewer),
        ("account_id", "integer", "account_id"),
        ("last_on", "date", "last_contacted_on"),
    )


def interaction_columns(viewer: Scope, until: date) -> ColumnRead:
    """When something last happened with each account, up to the day `until`."""
    rows = _of_visible(Interaction.objects.filter(archived_at=None, date__lte=until), viewer)
    columns: dict[str, Type] = {"account_id": "integer", "last_on": "date"}
    grouped = rows.order_by().values("account_id")
    return ColumnRead(grouped.values_list("account_id", Max("date")), columns)


def product_columns() -> ColumnRead:
    """Products that aren't archived."""
    return _read(
        Product.objects.filter(archived_at=None),
        ("product_id", "integer", "id"),
        ("category", "text", "category__name"),
        ("is_core", "integer", Cast("is_core", IntegerField())),
        ("list_price", "amount", "list_price"),
    )


def person_columns(viewer: Scope) -> ColumnRead:
    """Persons, those who left too: what they brought in stays theirs."""
    return _read(
        visible_persons(viewer),
        ("person_id", "integer", "id"),
        ("manager_id", "integer", "manager_id"),
        ("path", "text", "path"),
        ("team_id", "integer", "team_id"),
        ("team", "text", "team__name"),
        ("territory", "text", "territory"),
    )


def opportunity_columns(viewer: Scope) -> ColumnRead:
    """Opportunities that aren't archived, with the id of their stage and their own probability."""
    return _read(
        _of_visible(Opportunity.objects.filter(archived_at=None), viewer),
        ("opportunity_id", "integer", "id"),
        ("account_id", "integer", "account_id"),
        ("product_id", "integer", "product_id"),
        ("owner_id", "integer", "owner_id"),
        ("stage_id", "integer", "stage_id"),
        ("probability", "number", "probability"),
        ("amount", "amount", "amount"),
        ("currency", "text", "currency"),
        ("opened_on", "date", "opened_on"),
        ("close_on", "date", "close_on"),
        ("closed_on", "date", "closed_on"),
        ("kind", "text", "kind"),
        ("channel", "text", "channel"),
    )


def position_columns(viewer: Scope) -> ColumnRead:
    """Competitor positions that count: why an account doesn't buy a product from us."""
    return _read(
        _of_visible(effective_positions(CompetitorPosition.objects.all()), viewer),
        ("account_id", "integer", "account_id"),
        ("product_id", "integer", "product_id"),
        ("position", "text", "position"),
    )


def quota_columns(viewer: Scope) -> ColumnRead:
    """Quotas, each in its currency."""
    return _read(
        Quota.objects.filter(person__in=visible_persons(viewer)),
        ("person_id", "integer", "person_id"),
        ("period_start", "date", "period_start"),
        ("period_end", "date", "period_end"),
        ("amount", "amount", "amount"),
        ("currency", "text", "currency"),
    )


def last_won_on(viewer: Scope) -> date | None:
    """The day on which an opportunity was last won."""
    won = _of_visible(Opportunity.objects.filter(archived_at=None, stage__outcome="won"), viewer)
    found: date | None = won.aggregate(on=Max(Coalesce("closed_on", "close_on")))["on"]
    return found


def merged_accounts() -> dict[int, int]:
    """Account ids that purchases may still carry, and the accounts they were merged into.

    A merged account stays as an archived row; its layers are immutable and keep its id.
    """
    winners = redirects("account")
    losers = dict(Account.objects.filter(uid__in=winners).values_list("id", "uid"))
    direct = {loser: winners[uid] for loser, uid in losers.items()}
    return {loser: _end(direct, loser) for loser in direct}


def _end(direct: Mapping[int, int], start: int) -> int:
    """Where a chain of merges leads; a circle, which no merge makes, ends where it closes."""
    seen = {start}
    end = direct[start]
    while end in direct and end not in seen:
        seen.add(end)
        end = direct[end]
    return end


def _read(rows: QuerySet[Any], *fields: Field) -> ColumnRead:
    expressions = [expression for _, _, expression in fields]
    columns = {name: type_ for name, type_, _ in fields}
    return ColumnRead(rows.order_by().values_list(*expressions), columns, ranged=True)


def _of_visible(rows: QuerySet[Any], viewer: Scope) -> QuerySet[Any]:
    if viewer.sees_all:
        # Every account is visible: a sub-select over all of them would only cost time.
        return rows
    return rows.filter(account__in=visible_accounts(viewer))
