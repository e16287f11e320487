"""Accounts that nobody looked after: no recent touch, nobody known by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from groundplan.book.models import Account, Contact, Interaction


@dataclass(frozen=True, slots=True)
class Attention:
    """How many contacts an account has and when anybody was last in touch."""

    contacts: int = 0
    last_touch_on: date | None = None


def stale_accounts(accounts: QuerySet[Account], since: date) -> QuerySet[Account]:
    """Those of `accounts` where nobody was in touch on or after `since`."""
    met = Interaction.objects.filter(
        account=OuterRef("pk"), date__gte=since, archived_at__isnull=True
    )
    contacted = Contact.objects.filter(account=OuterRef("pk"), last_contacted_on__gte=since)
    return accounts.filter(~Exists(met), ~Exists(contacted))


def unnamed_accounts(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Those of `accounts` where we know nobody by name."""
    known = Contact.objects.filter(account=OuterRef("pk"), archived_at__isnull=True)
    return accounts.filter(~Exists(known))


def attention_of(account_ids: Sequence[int]) -> dict[int, Attention]:
    """For each account, in two queries; the caller found the ids through its own visibility."""
    ids = list(account_ids)
    contacts = (
        Contact.objects.filter(account__in=ids, archived_at__isnull=True)
        .values_list("account_id")
        .annotate(Count("pk"), Max("last_contacted_on"))
    )
    met = (
        Interaction.objects.filter(account__in=ids, archived_at__isnull=True)
        .values_list("account_id")
        .annotate(Max("date"))
    )
    known = {account: (count, last) for account, count, last in contacts}
    last_met = dict(met)
    return {
        account: Attention(
            known.get(account, (0, None))[0],
            _later(known.get(account, (0, None))[1], last_met.get(account)),
        )
        for account in ids
    }


def _later(one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day is not None]
    return max(days, default=None)
