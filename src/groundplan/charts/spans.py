"""Spans: from a low to a high outcome, what is certain already, the middle and the goal."""

from dataclasses import dataclass

from groundplan.kernel.figures import Figure

from .bars import ROOM_BEYOND_GOAL, Goal, spoken, tick
from .bars import Part as Bar
from .drawing import percentage, positive, svg
from .pens import PAGE, Pen


@dataclass(frozen=True, slots=True)
class Span:
    """Three outcomes and what is certain, as figures with their words."""

    certain: Bar
    low: Bar
    middle: Bar
    high: Bar


def span(
    shown: Span,
    full_scale: float,
    goal: Goal | None = None,
    *,
    width: int | None = None,
    height: int = 16,
    pen: Pen = PAGE,
) -> str:
    """A bar up to what is certain, a pale band from low to high, a dot in its middle.

    `full_scale` is the value at the right end, the same for bars that are compared.
    """
    scale = max(full_scale, positive(goal.figure.value) if goal else 0.0) or 1.0
    inset = max(2, height // 6)
    inner = f'y="{inset}" height="{height - 2 * inset}"'
    low, middle, high = (_share(bar, scale) for bar in (shown.low, shown.middle, shown.high))
    shapes = [
        f'<rect {pen.fill("track")} width="100%" {inner} rx="2"/>',
        (
            f'<rect {pen.fill("recognised")} width="{percentage(_share(shown.certain, scale))}"'
            f" {inner}/>"
        ),
        (
            f'<rect {pen.fill("weighted")} x="{percentage(low)}"'
            f' width="{percentage(max(high - low, 0.002))}" {inner}/>'
        ),
        f'<circle {pen.fill("goal")} cx="{percentage(middle)}" cy="{height // 2}" r="3"/>',
    ]
    if goal and goal.figure.value:
        at = percentage(min(positive(goal.figure.value) / scale, 1.0))
        shapes.append(f'<svg x="{at}" overflow="visible">{tick(pen, height)}</svg>')
    label = spoken((shown.low, shown.middle, shown.high), goal)
    return svg(shapes, label=label, size=f'width="{width or "100%"}" height="{height}"',
               kind="chart-bullet")  # fmt: skip


def widest(highs: list[Figure], goals: list[Figure]) -> float:
    """A scale on which every band and goal can be seen."""
    return max(
        [positive(one.value) for one in (*highs, *goals)], default=1.0
    ) * (1 + (ROOM_BEYOND_GOAL - 1) / 5)  # fmt: skip


def _share(bar: Bar, scale: float) -> float:
    return min(positive(bar.figure.value) / scale, 1.0)
