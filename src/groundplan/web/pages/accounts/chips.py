"""The filters that are on, in words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from groundplan.people.selectors import persons_by_uid

from .asking import Asked
from .words import FILTER_LABELS, KIND_LABELS, NEED_LABELS


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str | Promise
    value: str
    remove: str


def chips(asked: Asked) -> tuple[Chip, ...]:
    """Every filter of the address; who owns is looked up by name."""
    base = reverse("accounts:list")
    return tuple(
        Chip(FILTER_LABELS[name], _worded(name, value), f"{base}?{asked.query((name, value))}")
        for name, value in asked.parameters
    )


def _worded(name: str, value: str) -> str:
    if name == "kind":
        return str(KIND_LABELS[value])
    if name == "needs":
        return str(NEED_LABELS[value])
    if name == "owner":
        found = persons_by_uid([value])
        return found[0].name if found else _("somebody")
    return value
