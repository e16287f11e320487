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
from .totals import Segmentation, Total, Totals, segmentation, whitespace_totals

__all__ = [
    "By",
    "Cell",
    "CellReason",
    "Choice",
    "GridColumn",
    "GridRow",
    "Prospect",
    "Roll",
    "Segmentation",
    "State",
    "Total",
    "Totals",
    "WhitespaceGrid",
    "prospects",
    "segmentation",
    "shade",
    "whitespace_cell",
    "whitespace_grid",
    "whitespace_totals",
]
