"""A risk that everybody knows and nobody is ready for."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    answered = {contingency.parent for contingency in graph.contingencies}
    for risk in graph.risks:
        if risk.uid not in answered:
            yield Hit(str(risk.uid), risk.title)


RULE = Rule(
    code="GP501",
    name=gettext_noop("A risk without a contingency"),
    severity="error",
    message=gettext_noop("Nothing is prepared for the risk “{label}”."),
    why=gettext_noop("A risk that comes true without a prepared answer costs weeks of deciding."),
    mend=gettext_noop("Add a contingency: the sign that calls for it, and what is done then."),
    find=find,
)
