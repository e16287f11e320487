"""What the plan check looks at beyond the plan itself."""

from typing import Any

from django.db.models import BigIntegerField, QuerySet

from groundplan.book.selectors.topics import topics_known
from groundplan.database.prepared import Parameter, prepared
from groundplan.organisation.selectors import today
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Graph, Kind, Surroundings
from groundplan.plans.models import FindingSeverity, Plan, Waiver
from groundplan.plans.rules.questions import asked_accounts, unanswered
from groundplan.snapshots.selectors import current

from .graphs import graph_of_plan
from .outlook import Outlook, outlook_of
from .reach import reach_of, revenue_goal

_CITING: tuple[Kind, ...] = ("strategy", "opportunity")


def surroundings(viewer: Scope, plan: Plan, graph: Graph | None = None) -> Surroundings:
    """Of a plan that `plan_of` gave, and its graph where it was read already.

    What the viewer may not see (others' quotas and ranges, accounts) is unknown to the check.
    """
    graph = graph or graph_of_plan(plan, kinds=_CITING)
    shown = current()
    reach = reach_of(viewer, plan) if shown else None
    goal = revenue_goal(reach, shown) if reach and shown else None
    outlook = outlook_of(reach, shown) if reach and shown else Outlook()
    known = topics_known(viewer, asked_accounts(graph))
    return Surroundings(
        today=today(),
        revenue_goal=goal,
        low=outlook.p10,
        high=outlook.p90,
        open_questions={account: unanswered(topics) for account, topics in known.items()},
        severities=dict(_severities().ask()),
        waived=frozenset(_waivers().ask(plan=plan.pk)),
    )


@prepared
def _severities() -> QuerySet[FindingSeverity, Any]:
    return FindingSeverity.objects.order_by().values_list("code", "severity")


@prepared
def _waivers() -> QuerySet[Waiver, Any]:
    plan = Parameter("plan", BigIntegerField())
    return Waiver.objects.filter(plan=plan).order_by().values_list("code", "where")
