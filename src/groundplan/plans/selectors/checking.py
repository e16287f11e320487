"""The plan check, over a plan and what surrounds it."""

from uuid import UUID

from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Checked, Graph
from groundplan.plans.models import Plan
from groundplan.plans.rules.checking import check as check_graph

from .graphs import graph_of_plan
from .plans import plan_of
from .surroundings import surroundings


def check(viewer: Scope, uid: UUID | str) -> Checked:
    """What the check finds in a plan as it now stands. Raises NotFound."""
    plan = plan_of(viewer, uid)
    return check_of(viewer, plan, graph_of_plan(plan))


def check_of(viewer: Scope, plan: Plan, graph: Graph) -> Checked:
    """The same of a plan whose graph was read already."""
    return check_graph(graph, surroundings(viewer, plan, graph))
