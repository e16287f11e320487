"""Whom we know at an account."""

from datetime import date
from uuid import UUID

from django.db.models import DateField, Max, Value
from django.db.models.functions import Coalesce, Greatest

from groundplan.book.contracts import ContactRow
from groundplan.book.models import Account, Contact
from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope

from .visibility import visible_accounts

NEVER = date(1, 1, 1)
"""Sorts after every real day; a database's greatest of something and nothing is nothing."""


def contacts_of(account: Account, *, today: date, limit: int = 50) -> tuple[ContactRow, ...]:
    """An account's contacts, the one last in touch first; at most `limit`.

    `account` comes from a selector that took the viewer.
    """
    never = Value(NEVER)
    rows = (
        account.contacts.filter(archived_at__isnull=True)
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
    return tuple(_row(row, row.touched_on, today) for row in rows)


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
