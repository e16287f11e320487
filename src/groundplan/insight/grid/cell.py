"""Single cells with what they rest on: one to explain, or those that somebody chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from groundplan.book.contracts import CellRef
from groundplan.book.selectors.cells import marks_by_hand, offer_of
from groundplan.book.selectors.naming import ProductName, product_names
from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

from . import choosing, live, reading
from .choosing import Line
from .contracts import CellReason, Choice, Estimate, State
from .reasons import reasons_of
from .rules import state_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell that somebody may see: its account and its product, and both by id."""

    line: Line
    product: ProductName

    @property
    def pair(self) -> tuple[int, int]:
        return self.line.account_id, self.product.product_id


def cells_asked(
    viewer: Scope, current: CurrentSnapshot, cells: Sequence[CellRef]
) -> tuple[CellReason, ...]:
    """The cells as they are by now, in the order given, with the estimates of the analysis.

    Raises NotFound if the viewer may not see one of them.
    """
    if not cells:
        return ()
    names = product_names()
    asked = _asked(viewer, current, cells, names)
    ids = sorted({one.line.account_id for one in asked})
    segments = reading.segments_of(current, ids)
    estimates = reading.estimates_of(current, sorted(set(segments.values())))
    marks = live.marks_now(current, ids)
    because = {account: reasons_of(current, account) for account in ids}
    said = marks_by_hand([one.pair for one in asked])
    found = []
    for one in asked:
        account, product = one.pair
        estimate = estimates.get(segments.get(account, -1), {}).get(product)
        reason = _reason(one, state_of(one.pair, marks), estimate, current.currency)
        speak = because[account].get(product, ())
        because_of = tuple(names[each].name for each in speak if each in names)
        found.append(replace(reason, because=because_of, said=said.get(one.pair)))
    return tuple(found)


def _reason(one: Asked, state: State, estimate: Estimate | None, currency: str) -> CellReason:
    return CellReason(
        account=str(one.line.uid),
        account_id=one.line.account_id,
        account_label=one.line.name,
        product=str(one.product.uid),
        product_id=one.product.product_id,
        product_label=one.product.name,
        category=one.product.category,
        segment=one.line.segment,
        state=state,
        estimate=estimate,
        currency=currency,
    )


def _asked(
    viewer: Scope,
    current: CurrentSnapshot,
    cells: Sequence[CellRef],
    names: Mapping[int, ProductName],
) -> list[Asked]:
    found = choosing.matching(viewer, current, Choice())
    found = found.filter(account__uid__in={cell.account for cell in cells})
    lines = {line.uid: line for line in (Line(*row) for row in found.values_list(*choosing.FIELDS))}
    products = {name.uid: name for name in names.values()}
    try:
        return [Asked(lines[cell.account], products[cell.product]) for cell in cells]
    except KeyError:
        raise NotFound("There is no such cell.") from None


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
