"""An answer that nobody knows when to give."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    for contingency in graph.contingencies:
        if not contingency.trigger.strip():
            yield Hit(str(contingency.uid), contingency.title)


RULE = Rule(
    code="GP502",
    name=gettext_noop("A contingency without a trigger"),
    severity="warning",
    message=gettext_noop("The contingency “{label}” names no trigger."),
    why=gettext_noop("Without a sign that everybody agreed on, the answer comes too late."),
    mend=gettext_noop("Say what happens, or which number falls below what, before it is used."),
    find=find,
)
