"""Reads of plans."""

from .changes import changes_of
from .graphs import graph, graph_of_plan
from .plans import plan_of, plans_listed
from .visibility import visible_plans

__all__ = ["changes_of", "graph", "graph_of_plan", "plan_of", "plans_listed", "visible_plans"]
