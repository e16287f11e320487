"""An objective without a quantity."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    for objective in graph.objectives:
        if not objective.metric or objective.target is None or objective.target <= 0:
            yield Hit(str(objective.uid), objective.title)


RULE = Rule(
    code="GP301",
    name=gettext_noop("An objective that can't be measured"),
    severity="error",
    message=gettext_noop("The objective “{label}” has no quantity to reach."),
    why=gettext_noop("What isn't counted can be declared met, or lost, by anybody at any time."),
    mend=gettext_noop("Choose what is counted and give the number to reach."),
    find=find,
)
