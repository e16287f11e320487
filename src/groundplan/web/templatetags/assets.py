"""Addresses of what the front-end build made: hashed names from its manifest."""

import json
from functools import lru_cache
from pathlib import Path

from django import template
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
BUILT = Path(__file__).parent.parent / "static" / "built"


@lru_cache(maxsize=1)
def manifest() -> dict[str, str]:
    """Name as written in a template -> hashed file name below `static/built/`."""
    return _built("manifest.json")


@lru_cache(maxsize=1)
def icon_shapes() -> dict[str, str]:
    """Icon name -> the SVG shapes inside its 24 x 24 box."""
    return _built("icons.json")


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file."""
    try:
        return static(f"built/{manifest()[name]}")
    except KeyError as error:
        raise ImproperlyConfigured(f"the front-end build has no {name}") from error


@register.simple_tag
def stylesheet(name: str) -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', asset(f"{name}.css"))


@register.simple_tag
def island(name: str) -> SafeString:
    """A script of the page's own; modules wait for the document by themselves."""
    return format_html('<script type="module" src="{}"></script>', asset(f"{name}.js"))


def _built(name: str) -> dict[str, str]:
    try:
        content: dict[str, str] = json.loads((BUILT / name).read_text())
    except FileNotFoundError as error:
        raise ImproperlyConfigured(
            "The front-end isn't built: install the package (pip install -e .) to build it."
        ) from error
    return content
