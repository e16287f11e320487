"""A plan that nobody will look at again."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    """A day that has passed is no next review, except of a plan that is closed."""
    day = graph.plan.next_review_on
    if day is None or (day < surroundings.today and graph.plan.state != "closed"):
        yield Hit("accountability")


RULE = Rule(
    code="GP702",
    name=gettext_noop("No date for the next review"),
    severity="error",
    message=gettext_noop("No day is set for the next review of the plan."),
    why=gettext_noop("Plans that nobody reviews are forgotten within a quarter."),
    mend=gettext_noop("Set the day of the next review, from today on."),
    find=find,
)
