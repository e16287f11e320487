"""The settings' own navigation."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Tab:
    label: str | Promise
    address: str
    current: bool


_TABS: tuple[tuple[str, str | Promise], ...] = (
    ("organisation", _("Organisation")),
    ("stages", _("Stages")),
    ("rates", _("Currency rates")),
    ("segments", _("Segments")),
    ("characteristics", _("Characteristics")),
    ("overrides", _("Tiers set by hand")),
    ("people", _("People")),
    ("audit", _("Audit log")),
)


def tabs(here: str) -> tuple[Tab, ...]:
    """Every part of the settings; `here` names the one that is open."""
    return tuple(Tab(label, reverse(f"settings:{name}"), name == here) for name, label in _TABS)
