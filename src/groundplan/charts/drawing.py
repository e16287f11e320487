"""The few SVG elements that charts are made of, and the scale they share."""

import math
from collections.abc import Iterable
from html import escape

from .numbers import Number

# What one letter takes at 11 px in Inter, generously: labels must not touch.
LETTER = 6.2


def svg(shapes: Iterable[str], *, label: str, size: str, kind: str = "") -> str:
    """An image that reads itself out: `label` carries the numbers, `size` the geometry.

    Without anything to say it is decoration.
    """
    classes = f"chart {kind}".strip()
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    namespace = 'xmlns="http://www.w3.org/2000/svg"'
    return f'<svg {namespace} class="{classes}" {size} {role}>{"".join(shapes)}</svg>'


def box(width: float, height: float) -> str:
    """Geometry of a drawing that scales with its column."""
    return f'viewBox="0 0 {number(width)} {number(height)}"'


def number(value: float) -> str:
    """A coordinate to a hundredth, without trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def percentage(share: float) -> str:
    return f"{number(share * 100)}%"


def positive(value: Number | None) -> float:
    """A length can't be negative or unknown; the label says what the value really is."""
    length = float(value or 0)
    return length if math.isfinite(length) and length > 0 else 0.0


def ticks(top: float, wanted: int = 4) -> list[float]:
    """Round values from 0 to at least `top`, about `wanted` steps apart."""
    if top <= 0:
        return [0.0, 1.0]
    rough = top / wanted
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * nice for nice in (1, 2, 2.5, 5, 10) if size * nice >= rough * 0.999)
    return [step * index for index in range(math.ceil(top / step * 0.999) + 1)]


def text_width(text: str) -> float:
    return len(text) * LETTER
