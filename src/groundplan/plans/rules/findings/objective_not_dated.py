"""An objective without a day."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    for objective in graph.objectives:
        if objective.due_on is None:
            yield Hit(str(objective.uid), objective.title)


RULE = Rule(
    code="GP302",
    name=gettext_noop("An objective without a date"),
    severity="error",
    message=gettext_noop("The objective “{label}” has no day by which it is reached."),
    why=gettext_noop("Without a day there is no pace, and being late is never noticed."),
    mend=gettext_noop("Give the day by which it is reached, within the plan's period."),
    find=find,
)
