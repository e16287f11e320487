"""A territory: the accounts of a person and of everybody below them, and what happens there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from groundplan.book.models import Account, Contact, Interaction, Opportunity
from groundplan.people.contracts import Scope

from .accounts import active_accounts
from .cells import open_opportunities

MEETING, CAMPAIGN = Interaction.Kind.MEETING, Interaction.Kind.CAMPAIGN


@dataclass(frozen=True, slots=True)
class Touches:
    """What happened at some accounts between two days. `reached` accounts were in touch at all."""

    meetings: int
    campaigns: int
    reached: int
    accounts: int


@dataclass(frozen=True, slots=True)
class OfferNow:
    """An open opportunity as the book has it by now, without its amount."""

    id: int
    uid: UUID
    name: str
    stage: str
    product: str
    account: int
    close_on: date | None
    probability: Decimal


def territory_of(viewer: Scope, persons: Iterable[int]) -> QuerySet[Account]:
    """Accounts of these owners that the viewer may see."""
    return active_accounts(viewer).filter(owner__in=list(persons))


def touches_of(accounts: QuerySet[Account], first: date, last: date) -> Touches:
    """Meetings, campaigns and accounts reached from `first` to `last`, both included.

    `accounts` come from a selector that took the viewer. Touches of one campaign are those with
    its subject; what has none is one for each day.
    """
    rows = interactions_at(accounts, first, last)
    met: dict[str, Any] = rows.aggregate(
        meetings=Count("pk", filter=Q(kind=MEETING)),
        named=Count("subject", filter=Q(kind=CAMPAIGN) & ~Q(subject=""), distinct=True),
        unnamed=Count("date", filter=Q(kind=CAMPAIGN, subject=""), distinct=True),
    )
    reached = reached_at(accounts, first, last)
    campaigns = met["named"] + met["unnamed"]
    return Touches(met["meetings"], campaigns, len(reached), accounts.count())


def interactions_at(accounts: QuerySet[Account], first: date, last: date) -> QuerySet[Interaction]:
    """What happened at these accounts from `first` to `last`, both included."""
    return Interaction.objects.filter(
        account__in=accounts.values("pk"), archived_at__isnull=True, date__range=(first, last)
    )


def reached_at(accounts: QuerySet[Account], first: date, last: date) -> set[int]:
    """The ids of those that anybody was in touch with from `first` to `last`."""
    rows = interactions_at(accounts, first, last)
    reached = set(rows.order_by().values_list("account_id", flat=True).distinct())
    contacted = Contact.objects.filter(
        account__in=accounts.values("pk"), last_contacted_on__range=(first, last)
    )
    return reached | set(contacted.values_list("account_id", flat=True))


def meetings_at(
    accounts: QuerySet[Account], first: date, last: date
) -> QuerySet[Interaction, tuple[UUID, str, date, str]]:
    """Each meeting's account, by uid and name, its day and subject, the latest first."""
    rows = interactions_at(accounts, first, last).filter(kind=MEETING).order_by("-date", "pk")
    return rows.values_list("account__uid", "account__name", "date", "subject")


def campaigns_at(
    accounts: QuerySet[Account], first: date, last: date
) -> list[tuple[str, date, int]]:
    """Each campaign's subject, its first day and how many touches it has, as `touches_of` tells
    them apart."""
    rows = interactions_at(accounts, first, last).filter(kind=CAMPAIGN).order_by("date", "pk")
    found: dict[tuple[str, date | None], tuple[date, int]] = {}
    for subject, day in rows.values_list("subject", "date"):
        key = (subject, None if subject else day)
        begun, touched = found.get(key, (day, 0))
        found[key] = (begun, touched + 1)
    return [(subject, *told) for (subject, _day), told in found.items()]


def offers_now(ids: Iterable[int]) -> dict[int, OfferNow]:
    """Those of the opportunities with these ids that are open; the caller found the accounts."""
    rows: QuerySet[Opportunity] = open_opportunities().filter(pk__in=list(ids))
    found = rows.select_related("stage", "product")
    return {
        row.pk: OfferNow(
            id=row.pk,
            uid=row.uid,
            name=row.name,
            stage=row.stage.name,
            product=str(row.product.uid) if row.product else "",
            account=row.account_id,
            close_on=row.close_on,
            probability=row.stage.probability if row.probability is None else row.probability,
        )
        for row in found
    }
