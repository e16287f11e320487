"""Where the year lands: what is booked so far, what is forecast, and the goal."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from groundplan.kernel.figures import Figure

from .bars import Goal
from .columns import Frame, framed, grid
from .drawing import box, number, positive, svg, text_width, ticks
from .numbers import written
from .pens import PAGE, Pen

LINE_APART = 14.0
INDENT = 14.0  # the first label and the axis keep apart


@dataclass(frozen=True, slots=True)
class Point:
    """The running total at the end of a period; `projected` ones lie ahead."""

    label: str
    figure: Figure
    projected: bool = False


def landing(
    points: Sequence[Point],
    goal: Goal | None = None,
    *,
    width: int = 420,
    height: int = 210,
    pen: Pen = PAGE,
) -> str:
    """A line of running totals: solid while booked, dashed where forecast, goal a dashed line."""
    values = [positive(point.figure.value) for point in points]
    target = positive(goal.figure.value) if goal else 0.0
    marks = ticks(max([*values, target], default=0.0))
    last = written(points[-1].figure) if points and points[-1].figure.value is not None else ""
    frame = framed(width, height, marks, right=text_width(last) + 12)
    places = _places(values, frame, marks[-1])
    shapes = grid(frame, marks, pen)
    if goal and target:
        shapes += _goal_line(goal, frame.y(target, marks[-1]), frame, pen)
    shapes += _lines(points, places, pen)
    shapes += _labels(points, places, frame, pen)
    if places:
        x, y = places[-1]
        spot = f'x="{number(x + 8)}" y="{number(y)}" dy="4"'
        shapes.append(f"<text {pen.text(strong=True)} {spot}>{escape(last)}</text>")
    return svg(shapes, label=_spoken(points, goal), size=box(width, height), kind="chart-fluid")


def _places(values: Sequence[float], frame: Frame, scale: float) -> list[tuple[float, float]]:
    step = (frame.inner_width - INDENT) / max(len(values) - 1, 1)
    return [
        (frame.left + INDENT + step * index, frame.y(value, scale))
        for index, value in enumerate(values)
    ]


def _lines(points: Sequence[Point], places: Sequence[tuple[float, float]], pen: Pen) -> list[str]:
    booked = sum(not point.projected for point in points)
    solid, dashed = places[:booked], places[max(booked - 1, 0) :]
    shapes = []
    if len(solid) > 1:
        shapes.append(f'<path {pen.line("line")} d="{_path(solid)}"/>')
    if len(dashed) > 1 and booked < len(points):
        shapes.append(f'<path {pen.line("projection")} d="{_path(dashed)}"/>')
    if solid:
        x, y = solid[-1]
        spot = f'cx="{number(x)}" cy="{number(y)}" r="3"'
        shapes.append(f"<circle {pen.fill('backlog')} {spot}/>")
    return shapes


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)},{number(y)}" for x, y in places)


def _labels(
    points: Sequence[Point], places: Sequence[tuple[float, float]], frame: Frame, pen: Pen
) -> list[str]:
    """Labels of the periods, as many as fit side by side; the last is always there."""
    widest = max((text_width(point.label) for point in points), default=0.0) + 6
    room = frame.inner_width / max(len(points) - 1, 1)
    every = max(1, -(-int(widest) // max(int(room), 1)))
    shapes = []
    for index, (point, (x, _)) in enumerate(zip(points, places, strict=True)):
        if (len(points) - 1 - index) % every == 0:
            spot = f'x="{number(x)}" y="{number(frame.height - 6)}" text-anchor="middle"'
            shapes.append(f"<text {pen.text()} {spot}>{escape(point.label)}</text>")
    return shapes


def _goal_line(goal: Goal, y: float, frame: Frame, pen: Pen) -> list[str]:
    ends = f'x1="{number(frame.left)}" x2="{number(frame.width - frame.right)}"'
    height = f'y1="{number(y)}" y2="{number(y)}"'
    # Above the line, unless that is outside the drawing.
    below = y - LINE_APART < 0
    spot = f'x="{number(frame.left + 4)}" y="{number(y + LINE_APART if below else y - 5)}"'
    text = f"{goal.label} {written(goal.figure)}"
    return [
        f"<line {pen.line('goal-line')} {ends} {height}/>",
        f"<text {pen.text(strong=True)} {spot}>{escape(text)}</text>",
    ]


def _spoken(points: Sequence[Point], goal: Goal | None) -> str:
    words = [
        f"{point.label} {'~' if point.projected else ''}{written(point.figure)}"
        for point in points
        if point.figure.value is not None
    ]
    if goal and goal.figure.value is not None:
        words.append(f"{goal.label} {written(goal.figure)}")
    return ", ".join(words)
