"""Six strategies are none."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop

MOST = 5


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    if len(graph.strategies) > MOST:
        yield Hit("strategies", values={"count": str(len(graph.strategies))})


RULE = Rule(
    code="GP202",
    name=gettext_noop("More than five strategies"),
    severity="warning",
    message=gettext_noop("The plan has {count} strategies; 5 are the most."),
    why=gettext_noop("A team that follows six strategies at once follows none of them to the end."),
    mend=gettext_noop(
        "Merge strategies that go after the same opportunities, and leave out the weakest."
    ),
    find=find,
)
