"""A goal that no number measures can't be missed."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    served = {objective.goal for objective in graph.objectives}
    for goal in graph.goals:
        if goal.uid not in served:
            yield Hit(str(goal.uid), goal.title)


RULE = Rule(
    code="GP102",
    name=gettext_noop("A goal without an objective"),
    severity="error",
    message=gettext_noop("No objective serves the goal “{label}”."),
    why=gettext_noop(
        "Nobody can tell whether a goal was met, or how far it is, without a quantity and a day."
    ),
    mend=gettext_noop("Add an objective, or let one that you have serve this goal."),
    find=find,
)
