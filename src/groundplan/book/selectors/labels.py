"""Names for ids that columns carry; the caller has found the ids visible."""

from collections.abc import Iterable

from groundplan.book.contracts import AccountRef
from groundplan.book.models import Account


def account_refs(ids: Iterable[int]) -> dict[int, AccountRef]:
    """Accounts by id, archived ones too: a snapshot may still hold them."""
    rows = Account.objects.filter(pk__in=set(ids)).values_list("pk", "uid", "name")
    return {pk: AccountRef(pk, uid, name) for pk, uid, name in rows}
