"""One account, or a few by their uids, for a viewer."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet, UUIDField

from groundplan.book.models import Account
from groundplan.database.prepared import Parameter, prepared
from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope
from groundplan.sources.selectors import redirect_of, redirects_of

from .visibility import visible_accounts


def active_accounts(viewer: Scope) -> QuerySet[Account]:
    """Accounts the viewer may see that are not archived."""
    return visible_accounts(viewer).filter(archived_at__isnull=True)


def account_of(viewer: Scope, uid: UUID, *, lock: bool = False) -> Account:
    """The account with its owner; for a merged one the account it lives on in.

    Raises NotFound where there is none or the viewer may not see it: the two look alike.
    """
    accounts = visible_accounts(viewer).select_related("owner")
    if lock:
        accounts = accounts.select_for_update(of=("self",))
        account = accounts.filter(uid=uid).first()
    else:
        account = next(iter(_account(viewer.reach).ask(uid=uid)), None)
    if account is None or account.archived_at is not None:
        # A merged account stays as an archived row that leads to another.
        winner = redirect_of("account", uid)
        account = accounts.filter(pk=winner).first() if winner else account
    if account is None:
        raise NotFound("There is no such account.", mend="Look for it in Accounts.")
    return account


@prepared
def _account(reach: Scope) -> QuerySet[Account]:
    uid = Parameter("uid", UUIDField())
    return visible_accounts(reach).select_related("owner").filter(uid=uid)


def living_accounts(uids: Iterable[str]) -> dict[str, str]:
    """Those of these uids whose accounts were merged, with the uid of the one they live on in."""
    winners = redirects_of("account", uids)
    if not winners:
        return {}
    rows = Account.objects.filter(pk__in=set(winners.values()))
    named = dict(rows.values_list("pk", "uid"))
    return {uid: str(named[pk]) for uid, pk in winners.items() if pk in named}


def account_by_id(viewer: Scope, account_id: int) -> Account:
    """The account with this id. Raises NotFound as `account_of` does."""
    account = visible_accounts(viewer).filter(pk=account_id).first()
    if account is None:
        raise NotFound("There is no such account.", mend="Look for it in Accounts.")
    return account


def accounts_by_uid(viewer: Scope, uids: Sequence[UUID], *, lock: bool = False) -> list[Account]:
    """Those of the accounts that the viewer may see, by name."""
    accounts = active_accounts(viewer).filter(uid__in=set(uids)).order_by("name", "pk")
    return list(accounts.select_for_update(of=("self",)) if lock else accounts)


def has_accounts(viewer: Scope) -> bool:
    """Whether the viewer sees any account at all: else there is nothing to filter."""
    return active_accounts(viewer).exists()
