"""Finding accounts by a part of their name: trigram indexes behind one selector."""

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from groundplan.book.contracts import AccountRef, FoundAccount
from groundplan.book.models import Account
from groundplan.people.contracts import Scope
from groundplan.sources.selectors import redirects_of

from .accounts import active_accounts
from .visibility import visible_accounts

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
    found = matching(active_accounts(viewer), text).annotate(rank=_rank(text))
    rows = found.order_by("rank", "name", "pk").values_list("pk", "uid", "name")[:limit]
    return tuple(AccountRef(*row) for row in rows)


def search_every_account(viewer: Scope, text: str, limit: int = 20) -> tuple[FoundAccount, ...]:
    """As `search_accounts`, and after them archived ones; merged ones where both may be seen."""
    text = text.strip()
    if not text:
        return ()
    archived = Q(archived_at__isnull=False)
    gone = Case(When(archived, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = matching(visible_accounts(viewer), text).annotate(rank=_rank(text), gone=gone)
    ordered = found.order_by("gone", "rank", "name", "pk")
    rows = list(ordered.values_list("uid", "name", "gone")[:limit])
    merged = redirects_of("account", [str(uid) for uid, _name, is_gone in rows if is_gone])
    winners = visible_accounts(viewer).filter(pk__in=set(merged.values()))
    into = dict(winners.values_list("pk", "name")) if merged else {}
    return tuple(
        FoundAccount(uid, name, bool(is_gone), into.get(merged.get(str(uid), 0), ""))
        for uid, name, is_gone in rows
        if str(uid) not in merged or merged[str(uid)] in into
    )


def _rank(text: str) -> Case:
    """Where a match stands: called so, beginning so, containing it."""
    return Case(
        When(name__iexact=text, then=Value(0)),
        When(name__istartswith=text, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _contains(word: str) -> Q:
    if connection.vendor == "sqlite" and len(word) >= SHORTEST:
        sql = "SELECT rowid FROM book_account_search WHERE book_account_search MATCH %s"
        quoted = '"' + word.replace('"', '""') + '"'
        return Q(pk__in=RawSQL(sql, [quoted]))  # noqa: S611 - constant SQL, bound parameter
    return Q(name__icontains=word) | Q(website__icontains=word)
