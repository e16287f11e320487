"""Which parts of any plan name an account: for merging accounts, so no viewer restricts it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from groundplan.plans.models import PlanPart

NAMING = ("answer", "opportunity", "strategy", "objective")
"""The kinds whose fields name accounts, or cite them as evidence."""


def parts_naming(account: UUID) -> list[PlanPart]:
    """Parts that name or cite the account, also those that were removed: they may come back."""
    rows = PlanPart.objects.filter(kind__in=NAMING).select_related("plan")
    rows = rows.annotate(said=Cast("values", TextField())).filter(said__contains=str(account))
    found = rows.order_by("plan_id", "pk")
    return [row for row in found if names_account(row.values, str(account))]


def names_account(values: Mapping[str, Any], account: str) -> bool:
    return values.get("account") == account or any(cites(values, account))


def cites(values: Mapping[str, Any], account: str) -> Iterable[bool]:
    """For each piece of evidence whether it is the account."""
    for one in values.get("evidence") or ():
        yield one.get("kind") == "account" and one.get("key") == account
