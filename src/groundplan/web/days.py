"""Dates in the reader's language."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language


def day_text(day: date) -> str:
    """A day as the reader's language writes it."""
    return _written(day, get_language() or "")


@lru_cache(maxsize=4096)
def _written(day: date, _language: str) -> str:
    """Kept, because the hundreds of rows of a page say the same few days."""
    return date_format(day)
