"""A body of work without a step."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    stepped = {tactic.parent for tactic in graph.tactics}
    for initiative in graph.initiatives:
        if initiative.uid not in stepped:
            yield Hit(str(initiative.uid), initiative.title)


RULE = Rule(
    code="GP206",
    name=gettext_noop("An initiative without a tactic"),
    severity="warning",
    message=gettext_noop("The initiative “{label}” has no tactic."),
    why=gettext_noop("Work without a first step is never begun."),
    mend=gettext_noop("Add the first step: who does it, by when, in how many hours."),
    find=find,
)
