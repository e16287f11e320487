"""Rows of cells: what an unmarked account of a segment looks like is made once, then marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from .contracts import Cell, Estimate, Marks, State
from .rules import ZERO, cell_in, rolled, total


class Painted(NamedTuple):
    """An account's cells, and what those in state whitespace and of competitors are worth."""

    cells: tuple[Cell, ...]
    whitespace: Decimal
    displacement: Decimal


@dataclass(slots=True)
class Painter:
    """Makes the cells of accounts.

    `columns` are the product ids behind each column, one where the grid is by product.
    `estimates` are by segment id, then product id.
    """

    columns: Sequence[Sequence[int]]
    marks: Marks
    estimates: Mapping[int, Mapping[int, Estimate]]
    _plain: dict[int | None, Painted] = field(default_factory=dict)
    _alike: dict[tuple[int | None, int, State], Cell] = field(default_factory=dict)
    _place: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._place = {
            product: place for place, column in enumerate(self.columns) for product in column
        }

    def row(self, account: int, segment: int | None) -> tuple[Cell, ...]:
        """The account's cells."""
        return self.painted(account, segment).cells

    def painted(self, account: int, segment: int | None) -> Painted:
        """The account's cells and sums; only marked columns differ from the segment's plain row."""
        plain = self._plain_row(segment)
        states = self.marks.by_account().get(account)
        if not states:
            return plain
        cells = list(plain.cells)
        _, whitespace, displacement = plain
        for place in {self._place[product] for product in states if product in self._place}:
            old, new = cells[place], self._column(segment, self.columns[place], states)
            cells[place] = new
            if old.expected:
                whitespace -= old.expected
            if new.expected and new.state == "whitespace":
                whitespace += new.expected
            elif new.expected and new.state == "competitor":
                displacement += new.expected
        return Painted(tuple(cells), whitespace or ZERO, displacement)

    def _plain_row(self, segment: int | None) -> Painted:
        if segment not in self._plain:
            cells = tuple(self._column(segment, column, {}) for column in self.columns)
            self._plain[segment] = Painted(cells, total(cells, "whitespace"), ZERO)
        return self._plain[segment]

    def _column(
        self, segment: int | None, column: Sequence[int], states: Mapping[int, State]
    ) -> Cell:
        if len(column) == 1:
            return self._cell(segment, column[0], states.get(column[0], "whitespace"))
        return rolled(
            [self._cell(segment, each, states.get(each, "whitespace")) for each in column]
        )

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
