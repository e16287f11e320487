"""Bars: progress to a goal, a share of a maximum."""

from collections.abc import Sequence
from dataclasses import dataclass

from groundplan.kernel.figures import Figure

from .drawing import percentage, positive, svg
from .numbers import written_or_unknown
from .pens import PAGE, Ink, Pen

# The goal stands at four fifths, so that passing it can be seen.
ROOM_BEYOND_GOAL = 1.25


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a bar or column: its ink, its word and its number."""

    ink: Ink
    label: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Goal:
    """The tick: its word and its number."""

    label: str
    figure: Figure


def bullet(
    parts: Sequence[Part],
    goal: Goal | None = None,
    *,
    width: int | None = None,
    height: int = 16,
    full_scale: float | None = None,
    pen: Pen = PAGE,
) -> str:
    """A bar of parts against a goal's tick.

    `width` in pixels, None for the column's whole width. `full_scale` is the value at the right
    end; by default the goal stands at four fifths, or the parts fill the bar where they pass that.
    """
    lengths = [positive(part.figure.value) for part in parts]
    target = positive(goal.figure.value) if goal else 0.0
    scale = full_scale or max(target * ROOM_BEYOND_GOAL, sum(lengths)) or 1.0
    inset = max(2, height // 6)
    inner = f'y="{inset}" height="{height - 2 * inset}"'
    shapes = [f'<rect {pen.fill("track")} width="100%" {inner} rx="2"/>']
    start = 0.0
    for part, length in zip(parts, lengths, strict=True):
        share = min(length / scale, 1 - start)
        if share > 0:
            across = f'x="{percentage(start)}" width="{percentage(share)}"'
            shapes.append(f"<rect {pen.fill(part.ink)} {across} {inner}/>")
        start += max(share, 0.0)
    if target:
        at = percentage(min(target / scale, 1.0))
        shapes.append(f'<svg x="{at}" overflow="visible">{tick(pen, height)}</svg>')
    size = f'width="{width or "100%"}" height="{height}"'
    return svg(shapes, label=spoken(parts, goal), size=size, kind="chart-bullet")


def hbar(
    part: Part, full_scale: float, *, width: int = 96, height: int = 8, pen: Pen = PAGE
) -> str:
    """A small bar for a table cell: one number as a share of `full_scale`."""
    return bullet([part], width=width, height=height, full_scale=full_scale or 1.0, pen=pen)


def spoken(parts: Sequence[Part], goal: Goal | None = None) -> str:
    """The numbers as a sentence for who can't see the chart."""
    words = [f"{part.label} {written_or_unknown(part.figure)}" for part in parts]
    if goal:
        words.append(f"{goal.label} {written_or_unknown(goal.figure)}")
    return ", ".join(words)


def tick(pen: Pen, height: int) -> str:
    return f'<rect {pen.fill("goal")} x="-1.5" width="3" height="{height}"/>'
