"""A strategy that nobody turns into work."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    worked = {initiative.parent for initiative in graph.initiatives}
    for strategy in graph.strategies:
        if strategy.uid not in worked:
            yield Hit(str(strategy.uid), strategy.title)


RULE = Rule(
    code="GP205",
    name=gettext_noop("A strategy without an initiative"),
    severity="error",
    message=gettext_noop("The strategy “{label}” has no initiative."),
    why=gettext_noop("Until somebody does something, a strategy is an opinion."),
    mend=gettext_noop("Add a body of work below the strategy, with its tactics."),
    find=find,
)
