"""What a list of accounts is read from: which accounts, what of each, and the tier that holds."""

from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, F, FilteredRelation, Q, Value, When

from groundplan.book.selectors.accounts import active_accounts
from groundplan.book.selectors.attention import stale_accounts, unnamed_accounts
from groundplan.book.selectors.search import matching
from groundplan.database.prepared import Parameter
from groundplan.people.contracts import Scope

from .contracts import AccountFilters

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


def filtered(viewer: Scope, run: int, filters: AccountFilters) -> Accounts:
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


def with_tier(found: Accounts, tier: str, on: date | Parameter | None) -> Accounts:
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
