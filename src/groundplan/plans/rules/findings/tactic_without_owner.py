"""A step that everybody thinks somebody else takes."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    for tactic in graph.tactics:
        if tactic.owner is None and tactic.status != "dropped":
            yield Hit(str(tactic.uid), tactic.title)


RULE = Rule(
    code="GP401",
    name=gettext_noop("A tactic without an owner"),
    severity="error",
    message=gettext_noop("Nobody owns the tactic “{label}”."),
    why=gettext_noop("What nobody owns, nobody does."),
    mend=gettext_noop("Name one person who does it or sees that it is done."),
    find=find,
)
