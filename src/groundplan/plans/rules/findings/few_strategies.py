"""One strategy is a bet."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop

FEWEST = 2


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    if len(graph.strategies) < FEWEST:
        yield Hit("strategies", values={"count": str(len(graph.strategies))})


RULE = Rule(
    code="GP201",
    name=gettext_noop("Fewer than two strategies"),
    severity="error",
    message=gettext_noop("The plan has {count} of at least 2 strategies."),
    why=gettext_noop("A plan with one strategy is a bet: when it fails, nothing is left."),
    mend=gettext_noop("Add a strategy for opportunities that nobody works on yet."),
    find=find,
)
