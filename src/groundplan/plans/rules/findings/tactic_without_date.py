"""A step without a day."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    """Prepared answers below a contingency wait for its trigger, so they need no day."""
    del surroundings
    waiting = {contingency.uid for contingency in graph.contingencies}
    for tactic in graph.tactics:
        if tactic.due_on is None and tactic.status != "dropped" and tactic.parent not in waiting:
            yield Hit(str(tactic.uid), tactic.title)


RULE = Rule(
    code="GP402",
    name=gettext_noop("A tactic without a date"),
    severity="error",
    message=gettext_noop("The tactic “{label}” has no day by which it is done."),
    why=gettext_noop("It stands in nobody's week, so nothing shows that it is late."),
    mend=gettext_noop("Give the day by which it is done."),
    find=find,
)
