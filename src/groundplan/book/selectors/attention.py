"""Accounts that nobody looked after: no recent touch, nobody known by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, Max, OuterRef, Q, QuerySet

from groundplan.book.models import Account, Contact, Interaction
from groundplan.database.prepared import Parameter, prepared

PAGE = 25
"""Accounts that are asked for together, as a page of the list has."""


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
    """For each account, two queries a page; the caller found the ids through its own visibility."""
    ids = list(account_ids)
    known: dict[int, tuple[int, date | None]] = {}
    last_met: dict[int, date] = {}
    for begin in range(0, len(ids), PAGE):
        among = ids[begin : begin + PAGE]
        size = 1 if len(among) == 1 else PAGE
        # What is asked twice is found once.
        asked = {f"a{place}": among[min(place, len(among) - 1)] for place in range(size)}
        contacts = _contacts(size).ask(**asked)
        known |= {account: (count, last) for account, count, last in contacts}
        last_met |= dict(_met(size).ask(**asked))
    return {
        account: Attention(
            known.get(account, (0, None))[0],
            _later(known.get(account, (0, None))[1], last_met.get(account)),
        )
        for account in ids
    }


@prepared
def _contacts(size: int) -> QuerySet[Contact, Any]:
    found = Contact.objects.filter(_at_any(size), archived_at__isnull=True)
    return found.values_list("account_id").annotate(Count("pk"), Max("last_contacted_on"))


@prepared
def _met(size: int) -> QuerySet[Interaction, Any]:
    found = Interaction.objects.filter(_at_any(size), archived_at__isnull=True)
    return found.values_list("account_id").annotate(Max("date"))


def _at_any(size: int) -> Q:
    """At one of `size` accounts; databases look such up as they do a list."""
    any_of = Q()
    for place in range(size):
        any_of |= Q(account=Parameter(f"a{place}", BigIntegerField()))
    return any_of


def _later(one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day is not None]
    return max(days, default=None)
