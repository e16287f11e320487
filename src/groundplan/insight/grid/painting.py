"""Rows of cells: what an unmarked account of a segment looks like is made once, then marked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .contracts import Cell, Estimate, Marks, State
from .rules import cell_in, rolled, state_of

NO_MARKS = Marks()


@dataclass(slots=True)
class Painter:
    """Makes the cells of accounts.

    `columns` are the product ids behind each column, one where the grid is by product.
    `estimates` are by segment id, then product id.
    """

    columns: Sequence[Sequence[int]]
    marks: Marks
    estimates: Mapping[int, Mapping[int, Estimate]]
    _plain: dict[int | None, tuple[Cell, ...]] = field(default_factory=dict)
    _alike: dict[tuple[int | None, int, State], Cell] = field(default_factory=dict)
    _marked: dict[int, set[int]] = field(default_factory=dict)
    _place: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._place = {
            product: place for place, column in enumerate(self.columns) for product in column
        }
        marked: defaultdict[int, set[int]] = defaultdict(set)
        for pairs in (self.marks.owned, self.marks.open, self.marks.positions):
            for account, product in pairs:
                if product in self._place:
                    marked[account].add(self._place[product])
        self._marked = marked

    def row(self, account: int, segment: int | None) -> tuple[Cell, ...]:
        """The account's cells; only columns with a mark differ from the segment's plain row."""
        plain = self._plain_row(segment)
        touched = self._marked.get(account)
        if not touched:
            return plain
        cells = list(plain)
        for place in touched:
            cells[place] = self._column(account, segment, place, self.marks)
        return tuple(cells)

    def _plain_row(self, segment: int | None) -> tuple[Cell, ...]:
        if segment not in self._plain:
            self._plain[segment] = tuple(
                self._column(0, segment, place, NO_MARKS) for place in range(len(self.columns))
            )
        return self._plain[segment]

    def _column(self, account: int, segment: int | None, place: int, marks: Marks) -> Cell:
        column = self.columns[place]
        cells = [
            self._cell(segment, product, state_of((account, product), marks)) for product in column
        ]
        return cells[0] if len(cells) == 1 else rolled(cells)

    def _cell(self, segment: int | None, product: int, state: State) -> Cell:
        """One object for all equal cells: a page has thirty thousand, of a few hundred kinds."""
        kind = segment, product, state
        found = self._alike.get(kind)
        if found is None:
            known = self.estimates.get(segment, {}) if segment is not None else {}
            found = self._alike[kind] = cell_in(state, known.get(product))
        return found


def together(rows: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """The rows of several accounts as one."""
    return rows[0] if len(rows) == 1 else tuple(rolled(cells) for cells in zip(*rows, strict=True))
