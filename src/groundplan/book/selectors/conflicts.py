"""Edits of imported fields that their source changed too, of rows that the viewer may see."""

from groundplan.book.contracts import AccountRef, Conflicted
from groundplan.book.models import Account, Contact, Opportunity
from groundplan.people.contracts import Scope
from groundplan.sources.contracts import FieldConflict, Kind
from groundplan.sources.selectors import conflicts_among

from .visibility import visible_accounts

KINDS: tuple[Kind, ...] = ("account", "contact", "opportunity")
"""What people may edit, and so get into conflict over."""


def conflicts_of(viewer: Scope, account: Account | None = None) -> list[Conflicted]:
    """Conflicts at all accounts that the viewer sees, or at one of them; by account, oldest first.

    `account` comes from a selector that took the viewer.
    """
    conflicts = open_conflicts(viewer, account)
    named = {kind: _named(kind, conflicts) for kind in KINDS}
    found = [Conflicted(one, *named[one.kind][one.target_id]) for one in conflicts]
    return sorted(found, key=lambda one: (one.account.name, one.account.id))


def open_conflicts(viewer: Scope, account: Account | None = None) -> list[FieldConflict]:
    """The same without names; rows that are archived aren't in conflict over anything."""
    contacts = Contact.objects.filter(archived_at__isnull=True)
    deals = Opportunity.objects.filter(archived_at__isnull=True)
    if account is not None:
        # Found for the viewer already: asking three times more costs a tenth of its page.
        accounts = Account.objects.filter(pk=account.pk)
        contacts, deals = contacts.filter(account=account), deals.filter(account=account)
    else:
        accounts = visible_accounts(viewer)
        if not viewer.sees_all:
            contacts = contacts.filter(account__in=accounts)
            deals = deals.filter(account__in=accounts)
    active = accounts.filter(archived_at__isnull=True)
    return conflicts_among(
        {
            "account": active.values("pk"),
            "contact": contacts.values("pk"),
            "opportunity": deals.values("pk"),
        }
    )


def _named(kind: Kind, conflicts: list[FieldConflict]) -> dict[int, tuple[str, AccountRef]]:
    """What each row is called, and the account that it is at."""
    ids = {conflict.target_id for conflict in conflicts if conflict.kind == kind}
    if not ids:
        return {}
    if kind == "account":
        accounts = Account.objects.filter(pk__in=ids)
        return {row.pk: ("", AccountRef(row.pk, row.uid, row.name)) for row in accounts}
    model: type[Contact] | type[Opportunity] = Contact if kind == "contact" else Opportunity
    rows = model.objects.filter(pk__in=ids).select_related("account")
    return {
        row.pk: (row.name, AccountRef(row.account.pk, row.account.uid, row.account.name))
        for row in rows
    }
