"""A plan that nobody of a team stands for."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    if not any(one.section for one in graph.plan.signatures):
        yield Hit("team")


RULE = Rule(
    code="GP705",
    name=gettext_noop("Nobody signs"),
    severity="error",
    message=gettext_noop("Nobody of the team signs any part of the plan."),
    why=gettext_noop("A plan that only its author stands for is carried out by its author only."),
    mend=gettext_noop("Add those who own something to the team, each with the part they sign."),
    find=find,
)
