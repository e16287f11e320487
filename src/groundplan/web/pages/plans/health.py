"""How sound a plan is: its fact ratio, what the check found, and what each section lacks."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast
from uuid import UUID

from django.utils.translation import gettext as _

from groundplan.kernel.figures import Figure
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Checked, Finding, Graph, Severity
from groundplan.plans.rules.kinds import Section, section_of
from groundplan.plans.rules.texts import told
from groundplan.plans.rules.typing import kind_of
from groundplan.plans.selectors.checking import check_of
from groundplan.plans.selectors.counting import counts_in
from groundplan.plans.selectors.graphs import graph_of_plan

from .frame import Frame, opened
from .mending import mended, standing
from .words import SECTIONS, section_word, severity_word
from .workspace import Group, Standing, groups_of

Places = Mapping[str, Section]
"""The section of each part that a finding is on, by uid."""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding in words, where it stands, and where it is mended."""

    code: str
    severity: Severity
    severity_label: str
    message: str
    why: str
    mend: str
    where: str
    part: str
    section: Section | None
    mend_in: Section | None
    mend_part: str
    mend_label: str
    address: str
    is_waived: bool
    template: str = "plans/finding.html"


@dataclass(frozen=True, slots=True)
class AssumptionLine:
    """A piece of evidence without a source, and the part that rests on it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Health:
    """What the right column shows; `groups` is the outline with what each step lacks."""

    plan: Frame
    ratio: Figure
    facts: int
    cited: int
    findings: tuple[FindingLine, ...]
    errors: int
    warnings: int
    notes: int
    assumptions: tuple[AssumptionLine, ...]
    more_assumptions: int
    order: str
    groups: tuple[Group, ...]
    suggested: int
    is_empty: bool


MOST_ASSUMPTIONS = 12


def health(viewer: Scope, uid: UUID, order: str = "build") -> Health:
    """Raises NotFound for what the viewer may not see."""
    plan, frame = opened(viewer, uid)
    graph = graph_of_plan(plan)
    checked = check_of(viewer, plan, graph)
    resting = [str(part) for part, _cited in checked.assumptions]
    places = _places(graph, {*(one.where for one in checked.findings), *resting})
    lines = finding_lines(frame, checked.findings, places)
    live = [one for one in lines if not one.is_waived]
    by_severity = Counter(one.severity for one in live)
    counts = counts_in(graph)
    lacking = Counter(one.section for one in live if one.section and one.severity != "note")
    return Health(
        plan=frame,
        ratio=Figure(checked.fact_ratio, "rate"),
        facts=checked.facts,
        cited=checked.cited,
        findings=lines,
        errors=by_severity["error"],
        warnings=by_severity["warning"],
        notes=by_severity["note"],
        assumptions=_assumptions(frame, checked, places),
        more_assumptions=max(len(checked.assumptions) - MOST_ASSUMPTIONS, 0),
        order=order,
        groups=groups_of(frame, order, Standing(counts, lacking)),
        suggested=sum(counts.suggested.values()),
        is_empty=not counts.kept and not counts.suggested,
    )


def _places(graph: Graph, wanted: Collection[str]) -> Places:
    found = ((str(part.uid), part) for part in graph.parts())
    return {
        uid: section_of(kind_of(part), getattr(part, "area", ""))
        for uid, part in found
        if uid in wanted
    }


def finding_lines(
    plan: Frame, findings: Iterable[Finding], places: Places
) -> tuple[FindingLine, ...]:
    """Findings in words, in their order."""
    # Dozens of findings of a rule say the same.
    translate = cache(_)
    return tuple(_line(plan, one, places, translate) for one in findings)


def _line(
    plan: Frame, finding: Finding, places: Places, translate: Callable[[str], str]
) -> FindingLine:
    words = told(finding, translate)
    part = finding.where if finding.where in places else ""
    stands = _section(finding.where, places)
    mend = mended(finding.code, stands, part)
    return FindingLine(
        code=finding.code,
        severity=finding.severity,
        severity_label=severity_word(finding.severity),
        message=words.message,
        why=words.why,
        mend=words.mend,
        where=finding.where,
        part=part,
        section=standing(finding.code, stands, part),
        mend_in=mend.section,
        mend_part=mend.part,
        mend_label=section_word(mend.section) if mend.section else "",
        address=_address(plan, mend.section, mend.part),
        is_waived=finding.is_waived,
    )


def _section(where: str, places: Places) -> Section | None:
    return places.get(where) or (cast("Section", where) if where in SECTIONS else None)


def _address(plan: Frame, section: Section | None, part: str) -> str:
    base = f"/plans/{plan.uid}/"
    if section is None:
        return base
    return f"{base}?section={section}#{f'{section}-{part}' if part else f'section-{section}'}"


def _assumptions(plan: Frame, checked: Checked, places: Places) -> tuple[AssumptionLine, ...]:
    return tuple(
        AssumptionLine(
            cited.evidence.label or _("a part without evidence"),
            _address(plan, _section(str(part), places), str(part)),
        )
        for part, cited in checked.assumptions[:MOST_ASSUMPTIONS]
    )
