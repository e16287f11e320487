"""What a part names already stays among the choices of its form, or saving would take it away."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from groundplan.people.contracts import Scope
from groundplan.plans.contracts import AnyPart, Kind
from groundplan.plans.rules.kinds import KINDS
from groundplan.plans.rules.typing import values_of

from .forms import Choices, Pairs, evidence_label, evidence_value
from .stored import names_in, told


def with_present(viewer: Scope, choices: Choices, kind: Kind, part: AnyPart) -> Choices:
    """The choices with what the part says now: a person or an account may be beyond those that are
    offered, out of the viewer's sight, or gone. Costs queries only where something is."""
    said = values_of(kind, part)
    lost = [
        (one.name, value)
        for one in KINDS[kind].fields
        if one.name in choices.pairs
        for value in _missing(said.get(one.name), choices.pairs[one.name])
    ]
    pairs = {**choices.pairs}
    if lost:
        names = names_in(viewer, lost)
        for name, value in lost:
            label = getattr(part, "account_name", "") if name == "account" else ""
            pairs[name] = (*pairs[name], (str(value), label or told(name, value, names)))
    return replace(choices, pairs=pairs, evidence=_evidence(choices.evidence, part))


def _missing(said: Any, offered: Pairs) -> Iterable[Any]:
    known = {value for value, _label in offered}
    listed = said if isinstance(said, list) else [said]
    return [one for one in listed if one not in (None, "") and str(one) not in known]


def _evidence(offered: Pairs, part: AnyPart) -> Pairs:
    """The part's own first and in its order: a form sends what is ticked in the order it shows."""
    own = {evidence_value(one): evidence_label(one) for one in getattr(part, "evidence", ())}
    return (*own.items(), *(pair for pair in offered if pair[0] not in own))
