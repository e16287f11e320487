"""Rows of cells: what an unmarked account of a segment looks like is made once, then marked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .contracts import Cell, Estimate, Marks
from .rules import cell_of, rolled

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
            cells[place] = self._cell(account, segment, self.columns[place], self.marks)
        return tuple(cells)

    def family(self, members: Iterable[tuple[int, int | None]]) -> tuple[Cell, ...]:
        """The cells of several (account, segment) put together."""
        rows = [self.row(account, segment) for account, segment in members]
        if len(rows) == 1:
            return rows[0]
        return tuple(rolled(cells) for cells in zip(*rows, strict=True))

    def _plain_row(self, segment: int | None) -> tuple[Cell, ...]:
        if segment not in self._plain:
            self._plain[segment] = tuple(
                self._cell(0, segment, column, NO_MARKS) for column in self.columns
            )
        return self._plain[segment]

    def _cell(self, account: int, segment: int | None, column: Sequence[int], marks: Marks) -> Cell:
        known = self.estimates.get(segment, {}) if segment is not None else {}
        cells = [cell_of((account, product), marks, known.get(product)) for product in column]
        return cells[0] if len(cells) == 1 else rolled(cells)
