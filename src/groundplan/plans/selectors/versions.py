"""Plans as they were: kept on submission and acceptance, compared with each other and with now."""

from uuid import UUID

from groundplan.kernel.errors import Conflict, NotFound
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Graph, VersionLine, WaiverLine
from groundplan.plans.models import Plan, PlanVersion, Waiver
from groundplan.plans.rules.canonical import checksum, graph_from
from groundplan.plans.rules.differing import Difference, difference
from groundplan.plans.rules.kept import kept

from .graphs import graph_of_plan
from .plans import plan_of

NOW = "now"
"""Names the plan as it stands, where versions are compared."""


def versions_of(viewer: Scope, uid: UUID | str) -> tuple[VersionLine, ...]:
    """The versions of a plan that were kept, the latest first. Raises NotFound."""
    plan = plan_of(viewer, uid)
    rows = PlanVersion.objects.filter(plan=plan).defer("graph").order_by("-pk")
    return tuple(
        VersionLine(
            id=row.pk,
            number=row.number,
            state=row.state,
            at=row.at,
            actor=row.actor,
            revision=row.revision,
            snapshot=row.snapshot,
            errors=row.errors,
            warnings=row.warnings,
            fact_ratio=row.facts / row.cited if row.cited else None,
        )
        for row in rows
    )


def version_graph(viewer: Scope, uid: UUID | str, version: int | str) -> Graph:
    """A plan as it was kept, or as it stands for "now". Raises NotFound, Conflict where what was
    kept isn't what was written."""
    return _graph(plan_of(viewer, uid), version)


def compared(viewer: Scope, uid: UUID | str, a: int | str, b: int | str) -> Difference:
    """What changed from version `a` to `b`, each an id of `versions_of` or "now"; suggestions
    are no part of any version."""
    plan = plan_of(viewer, uid)
    return difference(kept(_graph(plan, a)), kept(_graph(plan, b)))


def waivers_of(viewer: Scope, uid: UUID | str) -> tuple[WaiverLine, ...]:
    """The findings that were waived in a plan, the earliest first. Raises NotFound."""
    rows = Waiver.objects.filter(plan=plan_of(viewer, uid)).order_by("pk")
    return tuple(WaiverLine(row.code, row.where, row.reason, row.actor, row.at) for row in rows)


def _graph(plan: Plan, version: int | str) -> Graph:
    if version == NOW:
        return graph_of_plan(plan)
    text = str(version)
    rows = PlanVersion.objects.filter(plan=plan, pk=int(text) if text.isdecimal() else 0)
    row = rows.first()
    if row is None:
        raise NotFound("This plan has no such version.", mend="Choose one of the list.")
    if checksum(row.graph) != row.sha256:
        raise Conflict("This version isn't what was kept.", mend="Restore it from a backup.")
    return graph_from(row.graph)
