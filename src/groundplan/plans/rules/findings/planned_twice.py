"""Two plans of one account for one period: their accounts were merged."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    if graph.plan.is_double:
        yield Hit("vision", graph.plan.account_name)


RULE = Rule(
    code="GP706",
    name=gettext_noop("An account planned twice"),
    severity="warning",
    message=gettext_noop("Its owner has another plan of “{label}” for this period."),
    why=gettext_noop(
        "Since two accounts were merged both plans are about one. Two plans of an account promise "
        "the same revenue twice, and nobody knows which of them holds."
    ),
    mend=gettext_noop(
        "Take what is still true into one of them, have that one accepted and close the other."
    ),
    find=find,
)
