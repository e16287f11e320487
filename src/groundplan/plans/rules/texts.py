"""What a finding says, in words."""

from collections.abc import Callable
from dataclasses import dataclass

from groundplan.plans.contracts import Finding

from .checking import rule_of


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words: what is wrong, why it matters and how to mend it."""

    finding: Finding
    name: str
    message: str
    why: str
    mend: str


def told(finding: Finding, translate: Callable[[str], str] = str) -> Told:
    """A finding's texts with its values in them; `translate` is gettext on a page."""
    rule = rule_of(finding.code)
    if rule is None:  # a rule of a room that isn't installed any more, as a version kept it
        return Told(finding, finding.code, finding.code, "", "")
    values = {"label": finding.label, **finding.values}
    message, why, mend = (
        translate(text).format_map(values) for text in (rule.message, rule.why, rule.mend)
    )
    return Told(finding, translate(rule.name), message, why, mend)
