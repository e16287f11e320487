"""The plan check: a compiler for plans."""

from collections.abc import Iterable, Iterator

from groundplan.plans.contracts import Checked, Finding, Graph, Severity, Surroundings

from .facts import assumptions, evidence_count
from .findings import RULES
from .kept import kept
from .rule import Hit, Rule

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_rules: dict[str, Rule] = {rule.code: rule for rule in RULES}


def register(rule: Rule) -> None:
    """Add a rule of another room. Raises ValueError where its code is taken."""
    if rule.code in _rules:
        raise ValueError(f"{rule.code} is a rule already")
    _rules[rule.code] = rule


def rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    return tuple(_rules[code] for code in sorted(_rules))


def rule_of(code: str) -> Rule | None:
    return _rules.get(code)


def check(
    graph: Graph, surroundings: Surroundings, *, rules: Iterable[Rule] | None = None
) -> Checked:
    """Everything wrong with a plan, worst first, and how much of it rests on facts.

    Suggested parts are ignored, and neither their order nor that of the rules matters.
    """
    plan = kept(graph)
    chosen = _rules.values() if rules is None else rules
    findings = (finding for rule in chosen for finding in _found(rule, plan, surroundings))
    resting = assumptions(plan)
    cited = evidence_count(plan)
    return Checked(
        findings=tuple(sorted(findings, key=_place)),
        facts=cited - len(resting),
        cited=cited,
        assumptions=resting,
    )


def _found(rule: Rule, plan: Graph, surroundings: Surroundings) -> Iterator[Finding]:
    severity = surroundings.severities.get(rule.code, rule.severity)
    for hit in rule.find(plan, surroundings):
        yield _finding(rule, severity, hit, surroundings.waived)


def _finding(
    rule: Rule, severity: Severity, hit: Hit, waived: frozenset[tuple[str, str]]
) -> Finding:
    return Finding(
        code=rule.code,
        severity=severity,
        where=hit.where,
        label=hit.label,
        values=hit.values,
        is_waived=(rule.code, hit.where) in waived,
    )


def _place(finding: Finding) -> tuple[int, str, str]:
    return SEVERITIES.index(finding.severity), finding.code, finding.where
