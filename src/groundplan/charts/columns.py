"""Columns by period: stacked against goals, or a small history."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from groundplan.kernel.figures import Figure

from .bars import Goal, Part, spoken
from .drawing import box, number, positive, svg, text_width, ticks
from .numbers import short, written_or_unknown
from .pens import PAGE, Ink, Pen


@dataclass(frozen=True, slots=True)
class Column:
    """A period: its label, what stands on it from the bottom up, and its goal."""

    label: str
    parts: Sequence[Part]
    goal: Goal | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart with axes draws: outer size and the room for labels, in pixels."""

    width: float
    height: float
    left: float
    bottom: float = 22
    top: float = 14
    right: float = 8

    @property
    def floor(self) -> float:
        return self.height - self.bottom

    @property
    def inner_width(self) -> float:
        return self.width - self.left - self.right

    def y(self, value: float, scale: float) -> float:
        return self.floor - value / scale * (self.floor - self.top)


def stacked(
    columns: Sequence[Column], *, width: int = 420, height: int = 200, pen: Pen = PAGE
) -> str:
    """Stacked columns with the goal as a tick across each."""
    tops = [
        max(sum(positive(part.figure.value) for part in column.parts), _goal(column))
        for column in columns
    ]
    marks = ticks(max(tops, default=0.0))
    frame = framed(width, height, marks)
    shapes = grid(frame, marks, pen)
    step = frame.inner_width / max(len(columns), 1)
    for index, column in enumerate(columns):
        shapes += _column(
            column, frame.left + step * (index + 0.5), step, frame, marks[-1], pen=pen
        )
    label = "; ".join(f"{column.label}: {spoken(column.parts, column.goal)}" for column in columns)
    return svg(shapes, label=label, size=box(width, height), kind="chart-fluid")


def history(
    values: Sequence[tuple[str, Figure]],
    *,
    ink: Ink = "recognised",
    width: int = 120,
    height: int = 28,
    pen: Pen = PAGE,
) -> str:
    """Small columns without axes: (period, number) from oldest to latest."""
    lengths = [positive(figure.value) for _, figure in values]
    scale = max(lengths, default=0.0) or 1.0
    step = width / max(len(values), 1)
    shapes = [f'<rect {pen.fill("track")} y="{height - 1}" width="{width}" height="1"/>']
    for index, length in enumerate(lengths):
        tall = length / scale * (height - 1)
        across = f'x="{number(index * step + step * 0.1)}" width="{number(step * 0.8)}"'
        down = f'y="{number(height - 1 - tall)}" height="{number(tall)}"'
        shapes.append(f"<rect {pen.fill(ink)} {across} {down}/>")
    label = ", ".join(f"{period} {written_or_unknown(figure)}" for period, figure in values)
    size = f'width="{width}" height="{height}" {box(width, height)}'
    return svg(shapes, label=label, size=size, kind="chart-history")


def framed(width: float, height: float, marks: Sequence[float], right: float = 8) -> Frame:
    """A frame with room on the left for the widest mark."""
    return Frame(width, height, max(text_width(short(mark)) for mark in marks) + 8, right=right)


def grid(frame: Frame, marks: Sequence[float], pen: Pen) -> list[str]:
    """A hairline and a label at each mark."""
    shapes = []
    for mark in marks:
        y = number(frame.y(mark, marks[-1]))
        ends = f'x1="{number(frame.left)}" x2="{number(frame.width - frame.right)}"'
        shapes.append(f'<line {pen.line("grid")} {ends} y1="{y}" y2="{y}"/>')
        place = f'x="{number(frame.left - 6)}" y="{y}" dy="4" text-anchor="end"'
        shapes.append(f"<text {pen.text()} {place}>{short(mark)}</text>")
    return shapes


def _column(
    column: Column, centre: float, step: float, frame: Frame, scale: float, *, pen: Pen
) -> list[str]:
    wide = min(step * 0.56, 48.0)
    across = f'x="{number(centre - wide / 2)}" width="{number(wide)}"'
    shapes, base = [], 0.0
    for part in column.parts:
        length = positive(part.figure.value)
        if not length:
            continue
        upper, lower = frame.y(base + length, scale), frame.y(base, scale)
        down = f'y="{number(upper)}" height="{number(lower - upper)}"'
        shapes.append(f"<rect {pen.fill(part.ink)} {across} {down}/>")
        base += length
    if goal := _goal(column):
        tick = f'x="{number(centre - wide / 2 - 5)}" width="{number(wide + 10)}"'
        y = number(frame.y(goal, scale) - 1.5)
        shapes.append(f'<rect {pen.fill("goal")} {tick} y="{y}" height="3"/>')
    place = f'x="{number(centre)}" y="{number(frame.height - 6)}" text-anchor="middle"'
    shapes.append(f"<text {pen.text()} {place}>{escape(column.label)}</text>")
    return shapes


def _goal(column: Column) -> float:
    return positive(column.goal.figure.value) if column.goal else 0.0
