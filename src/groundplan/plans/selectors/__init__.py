"""Reads of plans.

Of plans themselves: `plans`, `graphs`, `typed`, `single`, `counting`, `versions`, `changes`,
`following`, `weeks`, `rolling`. Of what facts say about a plan's subject: `reach` (whose numbers
count), `counted`, `actuals`, `outlook`, and what a new plan is prefilled with (`chances`,
`history`, `judged`, worded in `wording`). `checking` runs the plan check over `surroundings`.
"""

from .changes import changes_of
from .checking import check
from .following import members_of, queue
from .graphs import graph, graph_of_plan
from .plans import plan_of, plans_listed
from .versions import compared, version_graph, versions_of, waivers_of
from .visibility import visible_plans
from .weeks import week

__all__ = [
    "changes_of",
    "check",
    "compared",
    "graph",
    "graph_of_plan",
    "members_of",
    "plan_of",
    "plans_listed",
    "queue",
    "version_graph",
    "versions_of",
    "visible_plans",
    "waivers_of",
    "week",
]
