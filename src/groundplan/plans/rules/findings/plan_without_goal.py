"""A plan with strategies needs to know what for."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    if not graph.goals:
        yield Hit("goals")


RULE = Rule(
    code="GP104",
    name=gettext_noop("A plan without a goal"),
    severity="error",
    message=gettext_noop("The plan has no goal."),
    why=gettext_noop(
        "Strategies and objectives say how and how much. Without a goal nobody knows what for."
    ),
    mend=gettext_noop("Say in words what the team will have accomplished by the end."),
    find=find,
)
