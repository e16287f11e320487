"""What a finding says, in words."""

from collections.abc import Callable
from dataclasses import dataclass

from groundplan.plans.contracts import Checked, Finding

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


def as_json(checked: Checked) -> dict[str, object]:
    """What `plan check --json` prints. `fact_ratio` is 0.0 where the plan cites nothing, which
    `cited` tells apart."""
    return {
        "findings": [
            {
                "code": one.finding.code,
                "severity": one.finding.severity,
                "where": one.finding.where,
                "message": one.message,
                "why": one.why,
                "mend": one.mend,
                "is_waived": one.finding.is_waived,
            }
            for one in (told(finding) for finding in checked.findings)
        ],
        "fact_ratio": checked.fact_ratio or 0.0,
        "facts": checked.facts,
        "cited": checked.cited,
        "assumptions": [
            {"where": str(uid), "kind": cited.evidence.kind, "label": cited.evidence.label}
            for uid, cited in checked.assumptions
        ],
    }
