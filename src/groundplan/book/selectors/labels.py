"""Names for ids that columns carry; the caller has found the ids visible."""

from collections.abc import Iterable
from uuid import UUID

from groundplan.book.contracts import AccountRef
from groundplan.book.models import Account


def account_refs(ids: Iterable[int]) -> dict[int, AccountRef]:
    """Accounts by id, archived ones too: a snapshot may still hold them."""
    rows = Account.objects.filter(pk__in=set(ids)).values_list("pk", "uid", "name")
    return {pk: AccountRef(pk, uid, name) for pk, uid, name in rows}


def account_numbers(uids: Iterable[str]) -> dict[str, int]:
    """The numbers that columns carry, by uid."""
    rows = Account.objects.filter(uid__in={UUID(uid) for uid in uids}).values_list("uid", "pk")
    return {str(uid): pk for uid, pk in rows}
