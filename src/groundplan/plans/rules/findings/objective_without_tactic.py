"""An objective that nobody works for."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.links import worked_objectives
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    worked = worked_objectives(graph)
    for objective in graph.objectives:
        if objective.uid not in worked:
            yield Hit(str(objective.uid), objective.title)


RULE = Rule(
    code="GP303",
    name=gettext_noop("An objective without a tactic"),
    severity="error",
    message=gettext_noop("No tactic works for the objective “{label}”."),
    why=gettext_noop("A number that nobody does anything for is a wish."),
    mend=gettext_noop(
        "Add a tactic below the strategy that it measures, or name the objective in a tactic."
    ),
    find=find,
)
