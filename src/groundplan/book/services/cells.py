"""From cell to work: cells become targeted opportunities, or are marked as not to be sold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from groundplan.book.contracts import CellMark, CellRef, Mark, Target, Undo
from groundplan.book.grounds import grounds_written, mark_written
from groundplan.book.models import Account, CompetitorPosition, Opportunity, Product
from groundplan.book.selectors.accounts import accounts_by_uid
from groundplan.book.selectors.cells import (
    CELL,
    MARK,
    TARGET,
    UNMARK,
    UNTARGET,
    effective_positions,
    marks_by_hand,
    states_of,
)
from groundplan.book.selectors.opportunities import opportunity_of
from groundplan.kernel import clock
from groundplan.kernel.errors import Conflict, InvalidInput, NotFound
from groundplan.organisation.selectors import organisation, stages, today
from groundplan.organisation.services import audit_record
from groundplan.organisation.services.audit_many import audit_record_many
from groundplan.organisation.services.imports import NewStage, stages_ensure
from groundplan.people.contracts import Scope
from groundplan.sources.rules import as_json

from .edits import token_of, writer_required

MOST_AT_ONCE = 100
TARGETED = "Targeted"
"""The stage of what is only chosen yet: open, and as likely as its own probability says."""
_LONGEST = {"reason": 500, "competitor": 200}


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to cells: its code, and what each cell was and is."""

    action: str
    changes: Sequence[tuple[Account, Product, dict[str, Any] | None, dict[str, Any] | None]]


@transaction.atomic
def opportunities_target(*, viewer: Scope, targets: Sequence[Target], close_on: date) -> Undo:
    """Make each cell a targeted opportunity of its account's owner, to close on `close_on` unless
    the target has a day of its own. One that a competitor holds names whom it displaces.

    All or none: raises NotFound for a cell that the viewer can't see, NotAllowed for viewers,
    InvalidInput for none, too many or a day that is over, Conflict where a cell is offered or
    marked already.
    """
    writer_required(viewer)
    if min([close_on, *(one.close_on for one in targets if one.close_on)]) < today():
        raise InvalidInput("That day is over.", field="close_on", mend="Choose a later day.")
    cells = _cells(viewer, [target.cell for target in targets])
    _none_taken(cells.values())
    held, stage_id = _held(cells.values()), _stage()
    rows = []
    for target in targets:
        account, product = cells[target.cell]
        row = _opportunity(account, product, target)
        row.stage_id, row.close_on = stage_id, target.close_on or close_on
        row.competitor = held.get((account.pk, product.pk), "")
        rows.append(row)
    Opportunity.objects.bulk_create(rows)
    changes = [
        (row.account, cells[target.cell][1], None, offered(row))
        for row, target in zip(rows, targets, strict=True)
    ]
    return _recorded(viewer, Deed(TARGET, changes))


@transaction.atomic
def opportunity_untarget(*, viewer: Scope, uid: UUID) -> Undo:
    """Give up an opportunity that somebody had chosen from the whitespace; it is archived.

    Raises NotFound for what the viewer can't see, NotAllowed for viewers, Conflict for one that
    is over or came from a source.
    """
    row = opportunity_of(viewer, uid, lock=True)
    writer_required(viewer)
    if row.grounds is None or row.archived_at or row.stage.outcome != "open" or not row.product:
        message = "Only an open opportunity that was chosen from the whitespace can be given up."
        raise Conflict(message, mend="Reload the account.")
    row.archived_at = clock.now()
    row.save(update_fields=["archived_at"])
    return _recorded(viewer, Deed(UNTARGET, [(row.account, row.product, offered(row), None)]))


@transaction.atomic
def positions_mark(*, viewer: Scope, cells: Sequence[CellRef], mark: Mark) -> Undo:
    """Say why nothing is left to sell in cells, or who else sells there, over any import.

    All or none; raises as `opportunities_target` does, Conflict for a cell that is being offered.
    """
    writer_required(viewer)
    mark = _checked(mark)
    found = _cells(viewer, cells)
    pairs = {(account.pk, product.pk): (account, product) for account, product in found.values()}
    if "open" in states_of(pairs).values():
        raise Conflict("One of these is being offered.", mend="Close its opportunity first.")
    before = marks_by_hand(pairs)
    after = CellMark(mark, viewer.actor, clock.now())
    changed = [pair for pair in pairs if pair not in before or before[pair].mark != mark]
    for pair in changed:
        mark_put(pair, after)
    changes = [
        (*pairs[pair], mark_written(before.get(pair)), mark_written(after)) for pair in changed
    ]
    return _recorded(viewer, Deed(MARK, changes))


@transaction.atomic
def positions_unmark(*, viewer: Scope, cells: Sequence[CellRef]) -> Undo:
    """Take back what people said of cells; what an import says of them counts again.

    Raises as `positions_mark` does, Conflict where none of them is marked by hand.
    """
    writer_required(viewer)
    found = _cells(viewer, cells)
    pairs = {(account.pk, product.pk): (account, product) for account, product in found.values()}
    before = marks_by_hand(pairs)
    if not before:
        raise Conflict("None of these is marked by hand.", mend="Reload the page.")
    for pair in before:
        mark_put(pair, None)
    changes = [(*pairs[pair], mark_written(mark), None) for pair, mark in before.items()]
    return _recorded(viewer, Deed(UNMARK, changes))


def mark_put(pair: tuple[int, int], found: CellMark | None) -> None:
    """Set the mark by hand of an account id and a product id, or remove it."""
    account, product = pair
    if found is None:
        CompetitorPosition.objects.filter(account=account, product=product, by_hand=True).delete()
        return
    CompetitorPosition.objects.update_or_create(
        account_id=account,
        product_id=product,
        by_hand=True,
        defaults={
            "position": found.mark.position,
            "competitor": found.mark.competitor,
            "renewal_on": found.mark.renewal_on,
            "reason": found.mark.reason,
            "author": found.author,
            "marked_at": found.marked_at,
        },
    )


def offered(row: Opportunity) -> dict[str, Any]:
    """A targeted opportunity as the log keeps it: taken back only while it is still so."""
    return {
        "position": "open",
        "opportunity": str(row.uid),
        "amount": as_json(row.amount),
        "probability": as_json(row.probability),
        "close_on": as_json(row.close_on),
        "stage": row.stage_id,
    }


def _cells(viewer: Scope, wanted: Sequence[CellRef]) -> dict[CellRef, tuple[Account, Product]]:
    """Accounts, locked, and products of the cells."""
    if not 1 <= len(set(wanted)) <= MOST_AT_ONCE or len(set(wanted)) != len(wanted):
        raise InvalidInput(f"Choose 1 to {MOST_AT_ONCE} cells.", field="cell")
    uids = [cell.account for cell in wanted]
    accounts = {account.uid: account for account in accounts_by_uid(viewer, uids, lock=True)}
    products = Product.objects.filter(uid__in={cell.product for cell in wanted}, archived_at=None)
    by_uid = {product.uid: product for product in products}
    if any(cell.account not in accounts or cell.product not in by_uid for cell in wanted):
        raise NotFound("One of these cells does not exist.", mend="Reload the page.")
    return {cell: (accounts[cell.account], by_uid[cell.product]) for cell in wanted}


def _none_taken(cells: Iterable[tuple[Account, Product]]) -> None:
    pairs = {(account.pk, product.pk): (account, product) for account, product in cells}
    for pair, state in states_of(pairs).items():
        if state == "competitor":
            continue
        account, product = pairs[pair]
        message = f"{product.name} at {account.name} is being offered or marked already."
        raise Conflict(message, mend="Leave it out.")


def _held(cells: Iterable[tuple[Account, Product]]) -> dict[tuple[int, int], str]:
    """The competitors that hold cells, by account id and product id."""
    accounts, products = zip(*((account.pk, product.pk) for account, product in cells), strict=True)
    rows = CompetitorPosition.objects.filter(
        account__in=accounts, product__in=products, position="competitor"
    )
    found = effective_positions(rows).values_list("account_id", "product_id", "competitor")
    return {(account, product): name for account, product, name in found}


def _stage() -> int:
    new = NewStage(TARGETED, "open", Decimal(0), confirmed=True)
    stage_id = stages_ensure(stages={TARGETED.casefold(): new})[TARGETED.casefold()]
    if not stages().filter(pk=stage_id, outcome="open").exists():
        message = f"The stage {TARGETED} doesn't count as open."
        raise Conflict(message, mend="Ask an administrator to let it count as open.")
    return stage_id


def _opportunity(account: Account, product: Product, target: Target) -> Opportunity:
    return Opportunity(
        account=account,
        product=product,
        owner_id=account.owner_id,
        name=product.name,
        amount=target.amount,
        currency=organisation().currency,
        probability=target.probability,
        opened_on=today(),
        grounds=grounds_written(target.grounds),
    )


def _checked(mark: Mark) -> Mark:
    if mark.position not in CompetitorPosition.Position.values:
        raise InvalidInput("Choose one of the list.", field="position")
    is_competitor = mark.position == CompetitorPosition.Position.COMPETITOR
    competitor = mark.competitor.strip() if is_competitor else ""
    renewal_on = mark.renewal_on if is_competitor else None
    checked = Mark(mark.position, mark.reason.strip(), competitor, renewal_on)
    if not checked.reason:
        raise InvalidInput("Say why.", field="reason")
    for field, longest in _LONGEST.items():
        if len(getattr(checked, field)) > longest:
            raise InvalidInput(f"At most {longest} characters.", field=field, mend="Shorten it.")
    return checked


def _recorded(viewer: Scope, deed: Deed) -> Undo:
    """An entry a cell in its account's log, and one for all that gives the token."""
    if not deed.changes:
        return Undo(0)
    entries = audit_record_many(
        viewer_actor=viewer.actor,
        action=deed.action,
        kind="account",
        subjects=[
            (str(account.uid), account.name, cell_change(product, before, after))
            for account, product, before, after in deed.changes
        ],
    )
    batch = audit_record(
        viewer_actor=viewer.actor,
        action=f"{deed.action}.bulk",
        detail={"entries": [entry.pk for entry in entries]},
    )
    return Undo(len(entries), token_of(viewer, batch.pk))


def cell_change(
    product: Product, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> dict[str, Any]:
    """What the log says of one cell."""
    return {f"{CELL}{product.uid}": {"label": product.name, "from": before, "to": after}}
