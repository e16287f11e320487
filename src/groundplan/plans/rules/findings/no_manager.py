"""A plan that no first-line manager stands behind."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    if graph.plan.manager is None:
        yield Hit("team")


RULE = Rule(
    code="GP703",
    name=gettext_noop("No first-line manager"),
    severity="error",
    message=gettext_noop("The plan has no first-line manager."),
    why=gettext_noop(
        "Without the first-line manager nobody clears the way for the team or holds it to the plan."
    ),
    mend=gettext_noop(
        "Name the manager who goes through the plan with its owner. Where nobody stands above the"
        " owner, whoever accepts the plan waives this by name."
    ),
    find=find,
)
