"""A strategy that nothing measures can't be corrected in time."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    measured = {objective.strategy for objective in graph.objectives}
    for strategy in graph.strategies:
        if strategy.uid not in measured:
            yield Hit(str(strategy.uid), strategy.title)


RULE = Rule(
    code="GP203",
    name=gettext_noop("A strategy without an objective"),
    severity="error",
    message=gettext_noop("No objective measures the strategy “{label}”."),
    why=gettext_noop("Without a measure, nobody sees in time that a strategy doesn't work."),
    mend=gettext_noop("Add an objective that measures this strategy, with a quantity and a day."),
    find=find,
)
