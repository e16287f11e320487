"""The two ways to colour a shape: a CSS class on a page, a literal colour on paper and slides."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal, TypeAlias

Theme: TypeAlias = Literal["light", "dark"]
Ink: TypeAlias = Literal[
    "recognised", "backlog", "weighted", "risk", "neutral", "whitespace", "goal", "track"
]

# What a page's style sheet calls a line or text, as literal attributes.
_LITERAL_NAMES = {"track": "raised", "whitespace": "whitespace-strong"}
_LINES = {
    "grid": ("line", 'stroke-width="1"'),
    "axis": ("control", 'stroke-width="1"'),
    "line": ("backlog", 'fill="none" stroke-width="2" stroke-linejoin="round"'),
    "projection": (
        "backlog",
        'fill="none" stroke-width="2" stroke-linejoin="round" stroke-dasharray="4 4"',
    ),
    "goal-line": ("goal", 'stroke-width="1.25" stroke-dasharray="6 4"'),
}


@lru_cache(maxsize=1)
def palette() -> Mapping[Theme, Mapping[str, str]]:
    """Every colour by theme and name; the same file that the style sheets are built from."""
    text = resources.files("groundplan.charts").joinpath("palette.json").read_text()
    colours: Mapping[Theme, Mapping[str, str]] = json.loads(text)
    return colours


@dataclass(frozen=True, slots=True)
class Pen:
    """Gives shapes their attributes: classes, or literal colours of `theme` when it is set."""

    theme: Theme | None = None

    def fill(self, ink: Ink) -> str:
        if self.theme is None:
            return f'class="c-{ink}"'
        return f'fill="{palette()[self.theme][_LITERAL_NAMES.get(ink, ink)]}"'

    def line(self, name: str) -> str:
        if self.theme is None:
            extra = "c-line c-projection" if name == "projection" else f"c-{name}"
            return f'class="{extra}"'
        colour, rest = _LINES[name]
        return f'stroke="{palette()[self.theme][colour]}" {rest}'

    def text(self, *, strong: bool = False) -> str:
        if self.theme is None:
            return 'class="c-strong"' if strong else ""
        colour = palette()[self.theme]["ink" if strong else "muted"]
        weight = ' font-weight="600"' if strong else ""
        return f'fill="{colour}" font-size="11" font-family="Inter, sans-serif"{weight}'


PAGE = Pen()
PAPER = Pen("light")
