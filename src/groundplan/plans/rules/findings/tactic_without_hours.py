"""A step that costs nothing, on paper."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings, Tactic
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def _lacks_hours(tactic: Tactic) -> bool:
    if tactic.status == "dropped":
        return False
    # What is done needs no estimate any more where the hours spent are known.
    hours = tactic.hours or (tactic.hours_logged if tactic.status == "done" else None)
    return not hours or hours < 0


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    for tactic in graph.tactics:
        if _lacks_hours(tactic):
            yield Hit(str(tactic.uid), tactic.title)


RULE = Rule(
    code="GP403",
    name=gettext_noop("A tactic without hours"),
    severity="error",
    message=gettext_noop("Nobody has said how many hours the tactic “{label}” takes."),
    why=gettext_noop(
        "Hours are what the plan is paid with. Without them nobody sees that there are too few."
    ),
    mend=gettext_noop("Estimate the hours; a rough number is better than none."),
    find=find,
)
