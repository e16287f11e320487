"""An account with the companies above and the divisions below it."""

from uuid import UUID

from django.db import connection
from django.db.models import BigIntegerField, CharField, Q, QuerySet

from groundplan.book.contracts import AccountRef, Division, Hierarchy
from groundplan.book.models import Account
from groundplan.database.prepared import Parameter, prepared
from groundplan.people.contracts import Scope

from .accounts import active_accounts

MOST_DIVISIONS = 200
DivisionRow = tuple[int, UUID, str, str | None, str]


def family(viewer: Scope, account: Account) -> QuerySet[Account]:
    """The account and every division below it that the viewer may see."""
    return active_accounts(viewer).filter(_within(account))


def hierarchy_of(viewer: Scope, account: Account) -> Hierarchy:
    """Where the account stands among those the viewer may see."""
    below = Account.objects.filter(_within(account), archived_at__isnull=True)
    below = below.exclude(pk=account.pk)
    rows = _divisions_of(viewer, account)
    more = len(rows) > MOST_DIVISIONS
    unseen = 0 if viewer.sees_all or more else below.count() - len(rows)
    depth = _depth(account.path)
    divisions = tuple(
        Division(AccountRef(pk, uid, name), owner or "", _depth(path) - depth)
        for pk, uid, name, owner, path in rows[:MOST_DIVISIONS]
    )
    return Hierarchy(_above(viewer, account), divisions, unseen, more)


def _divisions_of(viewer: Scope, account: Account) -> list[DivisionRow]:
    if account.path and ranges_of_paths():
        begins, ends = path_range(account.path)
        asked = _divisions(viewer.reach)
        return asked.ask(account=account.pk, begins=begins, ends=ends)
    return list(_rows(family(viewer, account).exclude(pk=account.pk)))


@prepared
def _divisions(reach: Scope) -> QuerySet[Account, DivisionRow]:
    account = Parameter("account", BigIntegerField())
    return _rows(family_in_range(reach).exclude(pk=account))


def _rows(found: QuerySet[Account]) -> QuerySet[Account, DivisionRow]:
    ordered = found.order_by("path", "pk")[: MOST_DIVISIONS + 1]
    return ordered.values_list("pk", "uid", "name", "owner__name", "path")


def family_in_range(reach: Scope) -> QuerySet[Account]:
    """A family for a prepared query, whose parameters `begins` and `ends` are a `path_range`."""
    begins, ends = Parameter("begins", CharField()), Parameter("ends", CharField())
    return active_accounts(reach).filter(path__gte=begins, path__lt=ends)


def path_range(path: str) -> tuple[str, str]:
    """What a path and all that begin with it lie between: "0" is what comes after "/"."""
    return path, path.removesuffix("/") + "0"


def ranges_of_paths() -> bool:
    """Whether a range finds what begins with a path.

    PostgreSQL's order of text depends on its locale, its LIKE doesn't; SQLite's LIKE looks at
    every account.
    """
    return connection.vendor == "sqlite"


def _above(viewer: Scope, account: Account) -> tuple[AccountRef, ...]:
    ids = [int(part) for part in account.path.split("/") if part][:-1]
    if not ids:
        return ()
    rows = active_accounts(viewer).filter(pk__in=ids).order_by("path")
    return tuple(AccountRef(row.pk, row.uid, row.name) for row in rows)


def _depth(path: str) -> int:
    return path.count("/")


def _within(account: Account) -> Q:
    """The account and what lies below it, by an index."""
    if not account.path:
        return Q(pk=account.pk)
    if ranges_of_paths():
        begins, ends = path_range(account.path)
        return Q(path__gte=begins, path__lt=ends)
    return Q(path__startswith=account.path)
