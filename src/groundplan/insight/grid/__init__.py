"""The whitespace grid: accounts against products, and what each cell holds.

`selectors` makes a page of it: `choosing` says which accounts and columns, `heads` names columns,
`reading` fetches what snapshot and results say, `painting` makes rows, `live` lays over them what
people did since. `cell` is one cell with its reasons.
"""

from .cell import cells_asked, whitespace_cell
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
from .segmentation import Segmentation, segmentation
from .selectors import prospects, whitespace_grid

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
    "WhitespaceGrid",
    "cells_asked",
    "prospects",
    "segmentation",
    "shade",
    "whitespace_cell",
    "whitespace_grid",
]
