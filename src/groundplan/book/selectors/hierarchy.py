"""An account with the companies above and the divisions below it."""

from django.db import connection
from django.db.models import Q, QuerySet

from groundplan.book.contracts import AccountRef, Division, Hierarchy
from groundplan.book.models import Account
from groundplan.people.contracts import Scope

from .accounts import active_accounts

MOST_DIVISIONS = 200


def family(viewer: Scope, account: Account) -> QuerySet[Account]:
    """The account and every division below it that the viewer may see."""
    return active_accounts(viewer).filter(_within(account))


def hierarchy_of(viewer: Scope, account: Account) -> Hierarchy:
    """Where the account stands among those the viewer may see."""
    below = Account.objects.filter(_within(account), archived_at__isnull=True)
    below = below.exclude(pk=account.pk)
    rows = list(
        family(viewer, account)
        .exclude(pk=account.pk)
        .select_related("owner")
        .order_by("path", "pk")[: MOST_DIVISIONS + 1]
    )
    more = len(rows) > MOST_DIVISIONS
    unseen = 0 if viewer.sees_all or more else below.count() - len(rows)
    depth = _depth(account)
    divisions = tuple(
        Division(
            AccountRef(row.pk, row.uid, row.name),
            row.owner.name if row.owner else "",
            _depth(row) - depth,
        )
        for row in rows[:MOST_DIVISIONS]
    )
    return Hierarchy(_above(viewer, account), divisions, unseen, more)


def _above(viewer: Scope, account: Account) -> tuple[AccountRef, ...]:
    ids = [int(part) for part in account.path.split("/") if part][:-1]
    if not ids:
        return ()
    rows = active_accounts(viewer).filter(pk__in=ids).order_by("path")
    return tuple(AccountRef(row.pk, row.uid, row.name) for row in rows)


def _depth(account: Account) -> int:
    return account.path.count("/")


def _within(account: Account) -> Q:
    """The account and what lies below it, by an index.

    SQLite's LIKE looks at every account; a range finds the same, as "0" is what comes after "/".
    PostgreSQL's order of text depends on its locale, its LIKE doesn't.
    """
    if not account.path:
        return Q(pk=account.pk)
    if connection.vendor == "sqlite":
        return Q(path__gte=account.path, path__lt=account.path.removesuffix("/") + "0")
    return Q(path__startswith=account.path)
