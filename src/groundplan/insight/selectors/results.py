"""One result an account, of the run that everybody sees."""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from groundplan.book.selectors import visible_accounts
from groundplan.insight.models import AccountResult
from groundplan.organisation.selectors import today
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.selectors import current

Persons = Collection[int] | QuerySet[Any, Any]
"""Ids, known or to be found by the database."""


def results_of(viewer: Scope, shown: CurrentSnapshot | None = None) -> QuerySet[Any, Any]:
    """Results of the accounts that the viewer may see; none before the first analysis.

    `effective_tier` is a person's decision while it holds, else the computed tier.
    """
    shown = shown or current()
    if shown is None:
        return AccountResult.objects.none()
    found = AccountResult.objects.filter(run__uid=shown.results_uid)
    if not viewer.sees_all:
        found = found.filter(account__in=visible_accounts(viewer).values("pk"))
    return with_effective_tier(found)


def with_effective_tier(found: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Results with the tier that counts today."""
    decided = "account__tieroverride"
    holds = Q(**{f"{decided}__expires_on__isnull": True}) | Q(
        **{f"{decided}__expires_on__gte": today()}
    )
    tiered: QuerySet[Any, Any] = found.annotate(
        effective_tier=Case(
            When(Q(**{f"{decided}__isnull": False}) & holds, then=F(f"{decided}__tier")),
            default=F("tier"),
        )
    )
    return tiered


def results_of_owners(
    viewer: Scope, shown: CurrentSnapshot | None, persons: Persons | None
) -> QuerySet[Any, Any]:
    """Of the accounts that the viewer may see those of these owners; None is every account."""
    found = results_of(viewer, shown)
    return found if persons is None else found.filter(account__owner__in=persons)


def covered_persons(viewer: Scope) -> Persons | None:
    """The persons whose accounts the viewer answers for; None is everybody and nobody."""
    return None if viewer.sees_all else visible_persons(viewer).values("pk")


def visible_ids(viewer: Scope) -> list[int] | None:
    """Ids of the accounts that the viewer may see; None is all of them."""
    if viewer.sees_all:
        return None
    return list(visible_accounts(viewer).values_list("pk", flat=True))
