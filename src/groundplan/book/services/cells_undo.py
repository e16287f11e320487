"""Taking back what was done to a cell, as the account's log tells it."""

from typing import Any
from uuid import UUID

from groundplan.book.grounds import mark_read, mark_written
from groundplan.book.models import Account, Opportunity, Product
from groundplan.book.selectors.cells import (
    CELL,
    MARK,
    TARGET,
    UNMARK,
    UNTARGET,
    marks_by_hand,
    states_of,
)
from groundplan.kernel import clock
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope

from .cells import cell_change, mark_put, offered
from .edits import writer_required

_OPPOSITE = {TARGET: UNTARGET, UNTARGET: TARGET, MARK: UNMARK, UNMARK: MARK}


def cell_put_back(*, viewer: Scope, action: str, key: str, detail: dict[str, Any]) -> int:
    """Take back an entry of CELL_DEEDS, in the caller's transaction, which has checked that it
    was the viewer's; 0 where the cell was changed again since."""
    writer_required(viewer)
    ((field, change),) = detail.items()
    account = Account.objects.select_for_update().filter(uid=key).first()
    product = Product.objects.filter(uid=UUID(field.removeprefix(CELL))).first()
    if account is None or product is None:
        return 0
    before, after = change["from"], change["to"]
    if action in (TARGET, UNTARGET):
        done = _offer_put_back(account, product, before, after)
    else:
        done = _mark_put_back(account, product, before, after)
    if not done:
        return 0
    audit_record(
        viewer_actor=viewer.actor,
        action=MARK if action in (MARK, UNMARK) and before else _OPPOSITE[action],
        kind="account",
        key=key,
        label=account.name,
        detail=cell_change(product, after, before),
    )
    return 1


def _offer_put_back(
    account: Account,
    product: Product,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> bool:
    told = after or before or {}
    row = Opportunity.objects.select_for_update().filter(uid=told["opportunity"]).first()
    if row is None or row.account_id != account.pk or offered(row) != told:
        return False
    if after is None:
        # Given up before and wanted again: only where nothing took its place.
        pair = (account.pk, product.pk)
        if row.archived_at is None or states_of([pair]).get(pair) not in (None, "competitor"):
            return False
        row.archived_at = None
    else:
        if row.archived_at is not None:
            return False
        row.archived_at = clock.now()
    row.save(update_fields=["archived_at"])
    return True


def _mark_put_back(
    account: Account,
    product: Product,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> bool:
    pair = (account.pk, product.pk)
    if mark_written(marks_by_hand([pair]).get(pair)) != after:
        return False
    if before and states_of([pair]).get(pair) == "open":
        return False
    mark_put(pair, mark_read(before))
    return True
