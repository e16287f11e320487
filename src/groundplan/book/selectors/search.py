"""Finding accounts by a part of their name: trigram indexes behind one selector."""

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from groundplan.book.contracts import AccountRef
from groundplan.book.models import Account
from groundplan.people.contracts import Scope

from .accounts import active_accounts

SHORTEST = 3
"""A trigram index can't look up less than three characters."""


def matching(accounts: QuerySet[Account], text: str) -> QuerySet[Account]:
    """Those of `accounts` whose name or website contains every word of `text`, in any case."""
    for word in text.split()[:6]:
        accounts = accounts.filter(_contains(word[:100]))
    return accounts


def search_accounts(viewer: Scope, text: str, limit: int = 20) -> tuple[AccountRef, ...]:
    """Accounts the viewer may see that match `text`: those that begin with it first, then by name.

    Empty for an empty text; never more than `limit`.
    """
    text = text.strip()
    if not text:
        return ()
    rank = Case(
        When(name__iexact=text, then=Value(0)),
        When(name__istartswith=text, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = matching(active_accounts(viewer), text).annotate(rank=rank)
    rows = found.order_by("rank", "name", "pk").values_list("pk", "uid", "name")[:limit]
    return tuple(AccountRef(*row) for row in rows)


def _contains(word: str) -> Q:
    if connection.vendor == "sqlite" and len(word) >= SHORTEST:
        sql = "SELECT rowid FROM book_account_search WHERE book_account_search MATCH %s"
        quoted = '"' + word.replace('"', '""') + '"'
        return Q(pk__in=RawSQL(sql, [quoted]))  # noqa: S611 - constant SQL, bound parameter
    return Q(name__icontains=word) | Q(website__icontains=word)
