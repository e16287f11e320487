"""Calibration: what was foretold against what came true, beside the line where both agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

from .columns import Frame, framed, grid
from .drawing import box, number, svg, ticks
from .pens import PAGE, Pen

SMALLEST, LARGEST = 3.0, 8.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Cells of about one foretold share: fractions of one, and how many cells."""

    predicted: float
    observed: float
    cells: int


def calibration(
    spots: Sequence[Spot],
    *,
    axes: tuple[str, str],
    width: int = 420,
    height: int = 300,
    pen: Pen = PAGE,
) -> str:
    """A circle a spot, its area by cells; on the dashed line foretold and came true agree.

    `axes` are the words under the drawing and above it, both in percent.
    """
    most = max((max(spot.predicted, spot.observed) for spot in spots), default=0.0) * 100
    marks = ticks(most)
    frame = framed(width, height, marks, right=16)
    shapes = [*grid(frame, marks, pen), *_below(frame, marks, pen), _agreement(frame, pen)]
    largest = max((spot.cells for spot in spots), default=1)
    for spot in spots:
        size = SMALLEST + (LARGEST - SMALLEST) * sqrt(spot.cells / largest)
        x, y = _x(frame, spot.predicted * 100, marks[-1]), frame.y(spot.observed * 100, marks[-1])
        where = f'cx="{number(x)}" cy="{number(y)}" r="{number(size)}"'
        shapes.append(f"<circle {pen.fill('backlog')} {where}/>")
    shapes += _words(frame, axes, pen)
    return svg(shapes, label=_spoken(spots, axes), size=box(width, height), kind="chart-fluid")


def _x(frame: Frame, value: float, scale: float) -> float:
    return frame.left + value / scale * frame.inner_width


def _below(frame: Frame, marks: Sequence[float], pen: Pen) -> list[str]:
    """The same marks along the floor, less often so that they don't touch."""
    shapes = []
    for mark in marks:
        where = f'x="{number(_x(frame, mark, marks[-1]))}" y="{number(frame.floor + 14)}"'
        shapes.append(f'<text {pen.text()} {where} text-anchor="middle">{number(mark)}</text>')
    return shapes


def _agreement(frame: Frame, pen: Pen) -> str:
    ends = (
        f'x1="{number(frame.left)}" y1="{number(frame.floor)}"'
        f' x2="{number(frame.width - frame.right)}" y2="{number(frame.top)}"'
    )
    return f"<line {pen.line('goal-line')} {ends}/>"


def _words(frame: Frame, axes: tuple[str, str], pen: Pen) -> list[str]:
    across = f'x="{number(frame.width - frame.right)}" y="{number(frame.floor - 6)}"'
    upwards = f'x="{number(frame.left + 4)}" y="{number(frame.top + 10)}"'
    return [
        f'<text {pen.text(strong=True)} {across} text-anchor="end">{escape(axes[0])}</text>',
        f"<text {pen.text(strong=True)} {upwards}>{escape(axes[1])}</text>",
    ]


def _spoken(spots: Sequence[Spot], axes: tuple[str, str]) -> str:
    pairs = ", ".join(f"{spot.predicted:.1%} – {spot.observed:.1%}" for spot in spots)
    return f"{axes[0]} – {axes[1]}: {pairs}" if spots else ""
