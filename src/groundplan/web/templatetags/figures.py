"""Numbers, icons, tiers and chips: the small components that every page uses.

`{% figure f %}` is the number component: the abbreviated number, `data-value` exact, and a link
to the rows that it came from.
"""

from functools import lru_cache
from html import escape
from typing import Literal

from django import template
from django.core.exceptions import ImproperlyConfigured
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from groundplan.charts.numbers import exact, grouped, written
from groundplan.kernel.figures import Figure

from .assets import icon_shapes

register = template.Library()

TIERS = ("A", "B", "C")
NUMBERS_PAGE = "/numbers/"
IconSize = Literal["", "sm", "lg", "xl"]
ICON = '<svg class="{}" viewBox="0 0 24 24" {}>{}</svg>'
HIDDEN = mark_safe('aria-hidden="true"')
CHIP_GLYPHS = {
    "supportive": "▲",
    "neutral": "■",
    "negative": "▼",
    "risk": "!",
    "owned": "✓",
    "open": "◐",
    "competitor": "✕",
    "whitespace": "+",
}


@register.simple_tag
def figure(value: Figure | None, *, full: bool = False, signed: bool = False) -> SafeString:
    """A figure as a link to its facts; `signed` shows and tints better (+) and worse (−)."""
    if value is None or value.value is None:
        return format_html('<span class="figure unknown">{}</span>', _("unknown"))
    text = written(value, full=full)
    classes = "figure assumed" if value.assumed else "figure"
    if signed and value.value:
        text, classes = _with_sign(text, classes, above=value.value > 0)
    whole = written(value, full=True)
    if value.assumed:
        whole = _("%(number)s, rests on an assumption") % {"number": whole}
    # Escaped by hand: a page has a thousand figures, and `format_html` takes half of their time.
    shown = f'data-value="{exact(value.value)}" title="{escape(whole)}">{escape(text)}'
    if value.trace is None:
        return mark_safe(f'<span class="{classes}" {shown}</span>')  # noqa: S308
    # A trace's texts are quoted for an address: only what joins them is left to escape.
    address = f"{NUMBERS_PAGE}?{value.trace.query()}".replace("&", "&amp;")
    return mark_safe(f'<a class="{classes}" href="{address}" {shown}</a>')  # noqa: S308


@register.simple_tag
def icon(name: str, size: IconSize = "", label: str = "") -> SafeString:
    """An icon from the built set; decoration unless it has a label."""
    if label:
        return _drawn(name, size, format_html('role="img" aria-label="{}"', label))
    return _decoration(name, size)


@register.simple_tag
def tier(letter: str, *, overruled: bool = False) -> SafeString:
    """The tier's badge: A filled, B grey, C outline, unknown dashed."""
    return _badge(letter if letter in TIERS else "", overruled, get_language() or "")


@lru_cache(maxsize=64)
def _badge(letter: str, overruled: bool, _language: str) -> SafeString:
    if not letter:
        return format_html('<span class="tier tier-unknown" title="{}">?</span>', _("tier unknown"))
    title = _("tier %(tier)s") % {"tier": letter}
    if overruled:
        title = _("tier %(tier)s, set by a person") % {"tier": letter}
    classes = f"tier tier-{letter.lower()}" + (" tier-overruled" if overruled else "")
    return format_html('<span class="{}" title="{}">{}</span>', classes, title, letter)


@register.simple_tag
def chip(text: object, kind: str = "", icon_name: str = "") -> SafeString:
    """A word on a tint, with the glyph of its kind so that colour never stands alone."""
    lead = icon(icon_name) if icon_name else conditional_escape(CHIP_GLYPHS.get(kind, ""))
    classes = f"chip chip-{kind}" if kind else "chip"
    glyph = format_html('<span aria-hidden="true">{}</span>', lead) if lead else ""
    return format_html('<span class="{}">{}{}</span>', classes, glyph, text)


@register.simple_tag
def chart(drawing: str) -> SafeString:
    """A drawing of the charts room, which escapes what it is given."""
    return mark_safe(drawing)  # noqa: S308


@register.filter
def whole(number: int) -> str:
    """A count that leads nowhere, with separators: 1,234,567."""
    return grouped(number, 0)


@register.simple_tag
def initials(name: str) -> str:
    """At most two letters for an avatar."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@lru_cache(maxsize=256)
def _decoration(name: str, size: IconSize) -> SafeString:
    """Kept, because a page has dozens of icons of a few kinds."""
    return _drawn(name, size, HIDDEN)


def _drawn(name: str, size: IconSize, role: SafeString) -> SafeString:
    try:
        shapes = icon_shapes()[name]
    except KeyError as error:
        raise ImproperlyConfigured(f"icon {name} is not in frontend/icons.json") from error
    classes = f"icon icon-{size}" if size else "icon"
    # The shapes are the build's own; everything else is escaped.
    return format_html(ICON, classes, role, mark_safe(shapes))  # noqa: S308


def _with_sign(text: str, classes: str, *, above: bool) -> tuple[str, str]:
    return (f"+{text}", f"{classes} up") if above else (text, f"{classes} down")
