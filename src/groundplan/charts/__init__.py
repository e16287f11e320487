"""SVG from numbers: pure functions that return markup, for pages (classes) and paper (colours)."""

from .bars import Goal, Part, bullet, hbar
from .columns import Column, history, stacked
from .landing import Point, landing
from .pens import PAGE, PAPER, Ink, Pen, palette

__all__ = [
    "PAGE",
    "PAPER",
    "Column",
    "Goal",
    "Ink",
    "Part",
    "Pen",
    "Point",
    "bullet",
    "hbar",
    "history",
    "landing",
    "palette",
    "stacked",
]
