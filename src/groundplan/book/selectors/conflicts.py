"""Edits of imported fields that their source changed too, of rows that the viewer may see."""

from typing import Any

from django.db.models import BigIntegerField, QuerySet

from groundplan.book.contracts import AccountRef, Conflicted
from groundplan.book.models import Account, Contact, Opportunity
from groundplan.database.prepared import Parameter, prepared
from groundplan.people.contracts import Scope
from groundplan.sources.contracts import FieldConflict, Kind
from groundplan.sources.selectors import conflicts_among, edit_of, edits_in_conflict

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
    if account is not None:
        return [edit_of(edit) for edit in _at_account().ask(account=account.pk)]
    contacts = Contact.objects.filter(archived_at__isnull=True)
    deals = Opportunity.objects.filter(archived_at__isnull=True)
    accounts = visible_accounts(viewer)
    if not viewer.sees_all:
        contacts = contacts.filter(account__in=accounts)
        deals = deals.filter(account__in=accounts)
    return conflicts_among(_ids(accounts.filter(archived_at__isnull=True), contacts, deals))


@prepared
def _at_account() -> QuerySet[Any]:
    """Without looking who may see it: the account was found for the viewer."""
    account = Parameter("account", BigIntegerField())
    active = {"archived_at__isnull": True}
    return edits_in_conflict(
        _ids(
            Account.objects.filter(pk=account, **active),
            Contact.objects.filter(account=account, **active),
            Opportunity.objects.filter(account=account, **active),
        )
    )


def _ids(
    accounts: QuerySet[Account], contacts: QuerySet[Contact], deals: QuerySet[Opportunity]
) -> dict[Kind, QuerySet[Any, Any]]:
    rows: dict[Kind, QuerySet[Any, Any]]
    rows = {"account": accounts, "contact": contacts, "opportunity": deals}
    return {kind: found.values("pk") for kind, found in rows.items()}


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
