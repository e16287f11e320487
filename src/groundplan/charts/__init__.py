"""SVG from numbers: pure functions that return markup, for pages (classes) and paper (colours)."""

from .bars import Goal, Part, bullet, hbar
from .columns import Column, history, stacked
from .landing import Point, landing
from .pens import PAGE, PAPER, Ink, Pen, palette
from .spans import Span, span, widest

__all__ = [
    "PAGE",
    "PAPER",
    "Column",
    "Goal",
    "Ink",
    "Part",
    "Pen",
    "Point",
    "Span",
    "bullet",
    "hbar",
    "history",
    "landing",
    "palette",
    "span",
    "stacked",
    "widest",
]
