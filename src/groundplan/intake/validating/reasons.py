"""Why a row can't be taken, in words: `{}` is the detail that goes with the code."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "missing": _("is missing"),
    "nobody": _("is empty: the row names no account, so what it sells can't be placed"),
    "date": _("is not a date"),
    "no_such_day": _("there is no such day"),
    "decimal": _("is not a number, or too large"),
    "integer": _("is not a whole number"),
    "share": _("is not a share between 0 and 100 %"),
    "boolean": _("is neither yes nor no"),
    "currency": _("is not a currency code"),
    "choice": _("is not one of {}"),
    "long": _("is longer than {} characters"),
    "joined": _("has no row in {}"),
    "repeated": _("stands already in {}, with other values"),
    "unknown": _("is unknown{}"),
    "self": _("is the row itself"),
    "cycle": _("closes a circle: {}"),
    "below": _("belongs to a row that is rejected"),
    "deep": _("is more than {} levels deep"),
    "backward": _("ends before it starts"),
    "ragged": _("the line has another number of cells than the header: {}"),
    "rate": _("is not above zero"),
}
"""Codes as `_fault` holds them (`column|code|detail`), and what they mean."""
