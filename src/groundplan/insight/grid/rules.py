"""What a cell is, and what many become when they are put together."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from .contracts import Cell, Estimate, Marks, State

ZERO = Decimal(0)
SELLABLE: tuple[State, ...] = ("whitespace", "competitor")
"""States in which something is left to sell; a competitor's is counted apart."""

_ROLLED: tuple[State, ...] = (
    "whitespace",
    "open",
    "competitor",
    "owned",
    "in_house",
    "not_applicable",
)


def state_of(pair: tuple[int, int], marks: Marks) -> State:
    """What we own counts before what we are working on, and that before who else is there."""
    if pair in marks.owned:
        return "owned"
    if pair in marks.open:
        return "open"
    return marks.positions.get(pair, "whitespace")


def cell_in(state: State, estimate: Estimate | None) -> Cell:
    expected = estimate.expected if estimate and state in SELLABLE else ZERO
    return Cell(state, expected, int(state == "owned"))


def rolled(cells: Sequence[Cell]) -> Cell:
    """Several cells as one: the state that leaves most to do, the money of that state."""
    present = {cell.state for cell in cells}
    state = next(state for state in _ROLLED if state in present)
    expected = sum((cell.expected for cell in cells if cell.state == state), ZERO)
    return Cell(state, expected, sum(cell.owned for cell in cells), sum(c.of for c in cells))


def total(cells: Iterable[Cell], state: State) -> Decimal:
    # Most cells are worth nothing: leaving them out first saves most of the additions.
    return sum((cell.expected for cell in cells if cell.expected and cell.state == state), ZERO)


def shade(expected: Decimal, most: Decimal) -> int:
    """How strong a whitespace cell is tinted, 1 to 3, against the highest of its grid."""
    if expected * 3 >= most:
        return 3
    return 2 if expected * 10 >= most else 1
