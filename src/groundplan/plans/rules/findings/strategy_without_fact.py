"""A strategy built on nothing that is known."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    for strategy in graph.strategies:
        if not any(cited.is_fact for cited in strategy.evidence):
            yield Hit(str(strategy.uid), strategy.title)


RULE = Rule(
    code="GP204",
    name=gettext_noop("A strategy without a fact"),
    severity="error",
    message=gettext_noop("The strategy “{label}” cites no fact."),
    why=gettext_noop(
        "A strategy built on assumptions isn't believed by those who must carry it out, and is "
        "rarely right."
    ),
    mend=gettext_noop(
        "Cite a statement with a source, a purchase, an opportunity or a whitespace cell that it "
        "rests on."
    ),
    find=find,
)
