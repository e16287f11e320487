"""Rows of long tables: a template rendered once, then filled for every row.

Django renders each node of a template again for each row, and a table of two hundred people has
some eight thousand. A row's template is rendered once a language, with a mark for each
`{{ row.name }}`; a row is then its own texts between the template's. So a row's template decides
nothing by what `row` is and filters nothing of it: it gets what is ready to be shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Protocol

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# A character for private use: no template of the project has it.
MARK = "\ue000"
Flags = tuple[tuple[str, bool], ...]


class Row(Protocol):
    """Something with a template of its own; what `{{ row.name }}` asks for is its attribute."""

    @property
    def template(self) -> str: ...


class Places:
    """What a template gets as `row` while it is made a stencil: a mark for every name."""

    def __getitem__(self, name: str) -> SafeString:
        return mark_safe(f"{MARK}{name}{MARK}")  # noqa: S308 - a name in a template of ours


@dataclass(frozen=True, slots=True)
class Stencil:
    """`pattern` has a %s for each of `names`."""

    pattern: str
    names: tuple[str, ...]

    def filled(self, row: Row) -> str:
        """The row's HTML; what isn't marked as safe is escaped."""
        values = [getattr(row, name) for name in self.names]
        return self.pattern % tuple(
            [value if isinstance(value, SafeString) else escape(str(value)) for value in values]
        )


def rows_html(rows: Iterable[Row], **flags: bool) -> SafeString:
    """All rows, one after another; `flags` are what their templates may decide by."""
    language, given = get_language() or "", tuple(sorted(flags.items()))
    drawn = [_stencil(row.template, language, given).filled(row) for row in rows]
    return mark_safe("".join(drawn))  # noqa: S308 - escaped where it is filled in


# A part of a plan has some dozens of shapes.
@lru_cache(maxsize=512)
def _stencil(template: str, _language: str, flags: Flags) -> Stencil:
    texts = render_to_string(template, {"row": Places(), **dict(flags)}).split(MARK)
    pattern = "%s".join(text.replace("%", "%%") for text in texts[::2])
    return Stencil(pattern, tuple(texts[1::2]))
