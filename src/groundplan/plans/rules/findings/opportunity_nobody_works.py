"""Something that can be sold, chosen, and then forgotten."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    worked = {uid for strategy in graph.strategies for uid in strategy.opportunities}
    for opportunity in graph.opportunities:
        if opportunity.uid not in worked:
            values = {"account": opportunity.account_name or opportunity.account}
            yield Hit(str(opportunity.uid), opportunity.title, values)


RULE = Rule(
    code="GP601",
    name=gettext_noop("An opportunity that nobody works"),
    severity="warning",
    message=gettext_noop("No strategy goes after “{label}” ({account})."),
    why=gettext_noop("It was chosen because it is worth something. Nobody is getting it."),
    mend=gettext_noop("Name it in a strategy, or take it out of the plan."),
    find=find,
)
