"""An account with the companies above and the divisions below it."""

from django.db.models import QuerySet

from groundplan.book.contracts import AccountRef, Division, Hierarchy
from groundplan.book.models import Account
from groundplan.people.contracts import Scope

from .accounts import active_accounts

MOST_DIVISIONS = 200


def family(viewer: Scope, account: Account) -> QuerySet[Account]:
    """The account and every division below it that the viewer may see."""
    return active_accounts(viewer).filter(path__startswith=account.path)


def hierarchy_of(viewer: Scope, account: Account) -> Hierarchy:
    """Where the account stands among those the viewer may see."""
    below = Account.objects.filter(path__startswith=account.path, archived_at__isnull=True)
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
