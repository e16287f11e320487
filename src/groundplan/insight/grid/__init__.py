"""The whitespace grid: accounts against products, and what each cell holds."""

from .contracts import (
    By,
    Cell,
    CellReason,
    Choice,
    GridColumn,
    GridRow,
    Prospect,
    Roll,
    State,
    WhitespaceGrid,
)
from .rules import shade
from .selectors import prospects, whitespace_cell, whitespace_grid

__all__ = [
    "By",
    "Cell",
    "CellReason",
    "Choice",
    "GridColumn",
    "GridRow",
    "Prospect",
    "Roll",
    "State",
    "WhitespaceGrid",
    "prospects",
    "shade",
    "whitespace_cell",
    "whitespace_grid",
]
