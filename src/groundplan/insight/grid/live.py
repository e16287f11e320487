"""What people did to cells since the analysis, laid over its results, which never change.

States of cells are of now. Sums stay those of the analysis, which the number pages explain; how
many edits they don't hold yet is told beside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from groundplan.book.contracts import CellNow
from groundplan.book.selectors.cells import cells_now, cells_touched
from groundplan.snapshots.contracts import CurrentSnapshot

from . import reading
from .contracts import GridRow, Marks
from .painting import Painter, together
from .reading import POSITIONS


def edited_cells(current: CurrentSnapshot, accounts: Sequence[int]) -> tuple[CellNow, ...]:
    """Cells of these accounts that people changed since the snapshot; one query where none."""
    return cells_now(cells_touched(current.taken_at), accounts)


def marks_now(current: CurrentSnapshot, accounts: Sequence[int]) -> Marks:
    """What these accounts own, are being offered, or have from others by now."""
    return overlaid(reading.marks_of(current, accounts), edited_cells(current, accounts))


def overlaid(marks: Marks, edited: Sequence[CellNow]) -> Marks:
    """The marks, those of edited cells replaced; what is owned stays so."""
    if not edited:
        return marks
    found = Marks(marks.owned, set(marks.open), dict(marks.positions))
    for cell in edited:
        pair = cell.account_id, cell.product_id
        found.open.discard(pair)
        found.positions.pop(pair, None)
        if cell.state == "open":
            found.open.add(pair)
        elif cell.state:
            found.positions[pair] = POSITIONS[cell.state]
    return found


def repainted(
    rows: tuple[GridRow, ...],
    families: Sequence[Sequence[int]],
    segments: Mapping[int, int],
    painter: Painter,
    edited: Sequence[CellNow],
) -> tuple[GridRow, ...]:
    """The rows, one a family of account ids, with the cells of edited accounts as they are now."""
    touched = {cell.account_id for cell in edited}
    if not touched:
        return rows
    fresh = Painter(painter.columns, overlaid(painter.marks, edited), painter.estimates)
    return tuple(
        row
        if touched.isdisjoint(family)
        else replace(row, cells=together([fresh.row(one, segments.get(one)) for one in family]))
        for row, family in zip(rows, families, strict=True)
    )
