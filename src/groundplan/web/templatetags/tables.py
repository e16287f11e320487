"""Long tables."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from groundplan.web.stencils import Row, rows_html

register = template.Library()


@register.simple_tag
def rows(lines: Iterable[Row], **flags: bool) -> SafeString:
    """Every row by its own template, which may decide by `flags` alone."""
    return rows_html(lines, **flags)
