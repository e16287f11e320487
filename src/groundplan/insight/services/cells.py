"""From cell to work: what the analysis knows of cells goes with what is done to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from groundplan.book.contracts import CellRef, Grounds, Mark, Target, Undo
from groundplan.book.services.cells import opportunities_target, positions_mark
from groundplan.insight.grid import CellReason, cells_asked
from groundplan.kernel.errors import Conflict
from groundplan.kernel.evidence import Evidence
from groundplan.kernel.periods import FiscalCalendar
from groundplan.organisation.selectors import calendar, today
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

_CENT = Decimal("0.01")
_SHARE = Decimal("0.0001")


def closes_on(cut: FiscalCalendar, day: date) -> date:
    """The last day of the fiscal quarter after the one that `day` is in."""
    year = cut.fiscal_year_of(day)
    quarters = [*cut.periods(year)[1:5], *cut.periods(year + 1)[1:5]]
    place = next(place for place, quarter in enumerate(quarters) if quarter.contains(day))
    return quarters[place + 1].ends_on


def usual_close() -> date:
    """When a targeted opportunity is expected to close unless somebody says otherwise."""
    return closes_on(calendar(), today())


def cells_target(
    *,
    viewer: Scope,
    current: CurrentSnapshot,
    cells: Sequence[CellRef],
    close_on: date | None = None,
    each: Mapping[CellRef, date] | None = None,
) -> Undo:
    """Make cells targeted opportunities, those with the estimate and its grounds, of whitespace
    and of what a competitor holds; `each` has days of single cells.

    Raises as `opportunities_target` does, and Conflict for a cell that is neither.
    """
    found = cells_asked(viewer, current, cells)
    _none_in(found, ("owned", "open", "in_house", "not_applicable"))
    days = each or {}
    return opportunities_target(
        viewer=viewer,
        targets=[
            replace(_target(one, current), close_on=days.get(cell))
            for cell, one in zip(cells, found, strict=True)
        ],
        close_on=close_on or usual_close(),
    )


def cells_mark(
    *, viewer: Scope, current: CurrentSnapshot, cells: Sequence[CellRef], mark: Mark
) -> Undo:
    """Mark cells by hand. Raises as `positions_mark` does, and Conflict for an owned product."""
    _none_in(cells_asked(viewer, current, cells), ("owned", "open"))
    return positions_mark(viewer=viewer, cells=cells, mark=mark)


def _none_in(cells: Iterable[CellReason], states: Sequence[str]) -> None:
    wrong = next((one for one in cells if one.state in states), None)
    if wrong is not None:
        message = f"{wrong.product_label} at {wrong.account_label} is owned, offered or marked."
        raise Conflict(message, mend="Leave it out.")


def _target(cell: CellReason, current: CurrentSnapshot) -> Target:
    found = cell.estimate
    amount = found.amount.quantize(_CENT) if found else None
    probability = Decimal(str(found.probability)).quantize(_SHARE) if found else None
    grounds = Grounds(
        amount=amount,
        probability=probability,
        segment=cell.segment,
        accounts=found.accounts if found else 0,
        owners=found.owners if found else 0,
        exposed=found.exposed if found else 0,
        adopted=found.adopted if found else 0,
        because=cell.because,
        cited=Evidence("snapshot", str(current.uid), "", current.as_of),
    )
    return Target(cell.ref, amount, probability, grounds)
