"""A plan is kept as it is: its whole graph, with what the check found in it."""

from dataclasses import dataclass

from groundplan.kernel import clock
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Checked, Graph
from groundplan.plans.models import Plan, PlanVersion
from groundplan.plans.rules.canonical import canonical, checksum
from groundplan.plans.rules.kept import kept
from groundplan.plans.selectors.checking import check_of
from groundplan.plans.selectors.graphs import graph_of_plan
from groundplan.snapshots.selectors import current


@dataclass(frozen=True, slots=True)
class CheckedVersion:
    """A plan without its suggestions, and what the check found."""

    graph: Graph
    checked: Checked


def checked_version(viewer: Scope, plan: Plan) -> CheckedVersion:
    """The plan as it stands."""
    graph = kept(graph_of_plan(plan))
    return CheckedVersion(graph, check_of(viewer, plan, graph))


def version_keep(*, viewer: Scope, plan: Plan, version: CheckedVersion) -> PlanVersion:
    """Keep a version under the plan's present state, with the snapshot of its numbers."""
    text, checked, shown = canonical(version.graph), version.checked, current()
    return PlanVersion.objects.create(
        plan=plan,
        number=plan.number,
        state=plan.state,
        at=clock.now(),
        actor=viewer.actor,
        revision=plan.revision,
        snapshot=shown.uid if shown else None,
        graph=text,
        sha256=checksum(text),
        errors=len(checked.errors),
        warnings=sum(one.severity == "warning" for one in checked.findings),
        facts=checked.facts,
        cited=checked.cited,
    )
