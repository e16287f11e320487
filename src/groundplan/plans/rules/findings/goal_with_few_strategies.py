"""A goal that rests on one strategy falls with it."""

from collections import Counter
from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop

FEWEST = 2


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    serving = Counter(uid for strategy in graph.strategies for uid in set(strategy.goals))
    for goal in graph.goals:
        if serving[goal.uid] < FEWEST:
            yield Hit(str(goal.uid), goal.title, {"count": str(serving[goal.uid])})


RULE = Rule(
    code="GP103",
    name=gettext_noop("A goal with fewer than two strategies"),
    severity="warning",
    message=gettext_noop("The goal “{label}” is served by {count} of at least 2 strategies."),
    why=gettext_noop("When the only strategy fails, the goal fails with it."),
    mend=gettext_noop(
        "Add a second way to the goal, or name the goal in a strategy that already leads there."
    ),
    find=find,
)
