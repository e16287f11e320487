"""Whom we know at an account."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, DateField, Max, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest

from groundplan.book.contracts import ContactRow
from groundplan.book.models import Account, Contact
from groundplan.database.prepared import Parameter, prepared
from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope

from .visibility import visible_accounts

NEVER = date(1, 1, 1)
"""Sorts after every real day; a database's greatest of something and nothing is nothing."""


def contacts_of(account: Account, *, today: date, limit: int = 50) -> tuple[ContactRow, ...]:
    """An account's contacts, the one last in touch first; at most `limit`.

    `account` comes from a selector that took the viewer.
    """
    rows = _contacts(limit).ask(account=account.pk)
    return tuple(_row(row, row.touched_on, today) for row in rows)


@prepared
def _contacts(limit: int) -> QuerySet[Any]:
    never = Value(NEVER)
    account = Parameter("account", BigIntegerField())
    return (
        Contact.objects.filter(account=account, archived_at__isnull=True)
        .select_related("reports_to")
        .annotate(
            touched_on=Greatest(
                Coalesce("last_contacted_on", never),
                Coalesce(Max("interaction__date"), never),
                output_field=DateField(),
            )
        )
        .order_by("-touched_on", "name", "pk")[:limit]
    )


def contact_count(account: Account) -> int:
    """How many contacts an account has, archived ones aside."""
    return account.contacts.filter(archived_at__isnull=True).count()


def contact_of(viewer: Scope, uid: UUID, *, lock: bool = False) -> Contact:
    """One contact with the account. Raises NotFound as `account_of` does."""
    rows = Contact.objects.filter(account__in=visible_accounts(viewer))
    rows = rows.select_related("account", "reports_to")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(uid=uid).first()
    if row is None:
        raise NotFound("There is no such contact.", mend="Reload the account.")
    return row


def contact_at(account: Account, uid: str) -> Contact | None:
    """The account's contact with this uid, if it has one that isn't archived.

    `account` comes from a selector that took the viewer.
    """
    try:
        wanted = UUID(uid)
    except ValueError:
        return None
    return account.contacts.filter(archived_at__isnull=True, uid=wanted).first()


def contacts_to_choose(account: Account, limit: int = 300) -> list[tuple[UUID, str]]:
    """The account's contacts by name, as (uid, name and title); `account` as above."""
    rows = account.contacts.filter(archived_at__isnull=True).order_by("name", "pk")[:limit]
    return [(row.uid, f"{row.name}, {row.title}" if row.title else row.name) for row in rows]


def contact_names(ids: Iterable[int]) -> dict[int, str]:
    """Names for ids that stand in the log of an account that the viewer sees."""
    return dict(Contact.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def chain_above(contact: Contact) -> set[int]:
    """The ids of the contact and of everybody above; ends where it would go round."""
    seen: set[int] = set()
    next_id: int | None = contact.pk
    while next_id is not None and next_id not in seen:
        seen.add(next_id)
        above = Contact.objects.filter(pk=next_id).values_list("reports_to_id", flat=True)
        next_id = above.first()
    return seen


def _row(row: Contact, touched_on: date, today: date) -> ContactRow:
    seen = touched_on if touched_on > NEVER else None
    return ContactRow(
        uid=row.uid,
        name=row.name,
        title=row.title,
        department=row.department,
        seniority=row.seniority,
        email=row.email,
        phone=row.phone,
        reports_to=row.reports_to.name if row.reports_to else "",
        buying_role=row.buying_role,
        stance=row.stance,
        last_contacted_on=seen,
        days_since=max((today - seen).days, 0) if seen else None,
    )
