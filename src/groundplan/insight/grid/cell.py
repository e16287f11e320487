"""Single cells with what they rest on: one to explain, or those that somebody chose."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from groundplan.book.contracts import CellRef
from groundplan.book.selectors.cells import marks_by_hand, offer_of
from groundplan.book.selectors.naming import product_names
from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

from . import choosing, live, reading
from .choosing import Line
from .contracts import CellReason, Choice
from .reasons import reasons_of
from .rules import state_of


def cells_asked(
    viewer: Scope, current: CurrentSnapshot, cells: Sequence[CellRef]
) -> tuple[CellReason, ...]:
    """The cells as they are by now, in the order given, with the estimates of the analysis.

    Raises NotFound if the viewer may not see one of them.
    """
    if not cells:
        return ()
    found = choosing.matching(viewer, current, Choice())
    found = found.filter(account__uid__in={cell.account for cell in cells})
    lines = {line.uid: line for line in (Line(*row) for row in found.values_list(*choosing.FIELDS))}
    names = product_names()
    products = {name.uid: name for name in names.values()}
    if any(cell.account not in lines or cell.product not in products for cell in cells):
        raise NotFound("There is no such cell.")
    ids = sorted(line.account_id for line in lines.values())
    segments = reading.segments_of(current, ids)
    estimates = reading.estimates_of(current, sorted(set(segments.values())))
    marks = live.marks_now(current, ids)
    because = {account: reasons_of(current, account) for account in ids}
    pairs = [(lines[cell.account].account_id, products[cell.product].product_id) for cell in cells]
    said = marks_by_hand(pairs)
    return tuple(
        CellReason(
            account=str(cell.account),
            account_id=pair[0],
            account_label=lines[cell.account].name,
            product=str(cell.product),
            product_id=pair[1],
            product_label=products[cell.product].name,
            category=products[cell.product].category,
            segment=lines[cell.account].segment,
            state=state_of(pair, marks),
            estimate=estimates.get(segments.get(pair[0], -1), {}).get(pair[1]),
            currency=current.currency,
            because=tuple(
                names[one].name for one in because[pair[0]].get(pair[1], ()) if one in names
            ),
            said=said.get(pair),
        )
        for cell, pair in zip(cells, pairs, strict=True)
    )


def whitespace_cell(
    viewer: Scope, current: CurrentSnapshot, account: UUID, product: UUID
) -> CellReason:
    """Why the cell of an account and a product holds what it holds, and what happened there;
    NotFound for an outsider."""
    (reason,) = cells_asked(viewer, current, [CellRef(account, product)])
    bought = reading.bought(current, reason.account_id, reason.product_id)
    if bought is not None:
        first_on, last_on, purchases, amount = bought
        reason = replace(
            reason, first_on=first_on, last_on=last_on, purchases=purchases, bought=Decimal(amount)
        )
    is_open = reason.state == "open"
    offered = offer_of(reason.account_id, reason.product_id) if is_open else None
    if offered is not None:
        reason = replace(
            reason,
            open_stage=offered.stage,
            open_amount=offered.amount,
            close_on=offered.close_on,
        )
    return reason
