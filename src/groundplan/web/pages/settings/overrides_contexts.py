"""What the page of tiers set by hand shows."""

from dataclasses import dataclass
from typing import get_args

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groundplan.insight.selectors.overrides import (
    OverrideRow,
    State,
    tier_override_counts,
    tier_overrides,
)
from groundplan.people.contracts import Scope

from .tabs import Tab, tabs

MOST = 200
STATES: dict[State, str | Promise] = {
    "lasting": _("in force"),
    "soon": _("end within 30 days"),
    "over": _("over: count no more"),
}


@dataclass(frozen=True, slots=True)
class StateChoice:
    """A filter of the list; an empty code is all of them."""

    code: str
    label: str | Promise
    accounts: int
    current: bool


@dataclass(frozen=True, slots=True)
class OverridesPage:
    tabs: tuple[Tab, ...]
    states: tuple[StateChoice, ...]
    rows: tuple[OverrideRow, ...]
    more: int


def overrides_page(viewer: Scope, asked: str) -> OverridesPage:
    """The list; what isn't a state asks for all of them."""
    state = next((one for one in get_args(State) if one == asked), None)
    counts = tier_override_counts(viewer)
    rows = tier_overrides(viewer, state, MOST)
    total = counts[state] if state else sum(counts.values())
    every = StateChoice("", _("all"), sum(counts.values()), state is None)
    choices = (StateChoice(one, STATES[one], n, one == state) for one, n in counts.items())
    return OverridesPage(tabs("overrides"), (every, *choices), rows, max(total - len(rows), 0))
