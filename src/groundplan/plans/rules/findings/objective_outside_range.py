"""An objective that the facts don't bear out."""

from collections.abc import Iterator
from decimal import Decimal

from groundplan.plans.contracts import Graph, Objective, PlanHead, Surroundings
from groundplan.plans.rules.metrics import in_period, is_whole
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def outside(objective: Objective, plan: PlanHead, surroundings: Surroundings) -> bool:
    """Whether a revenue objective lies outside the range of expected revenue. One over a part of
    the revenue only (a tier, a category ...) can be too high, but not too low."""
    if objective.metric != "revenue" or objective.target is None:
        return False
    low, high = surroundings.low, surroundings.high
    target = in_period(objective, plan)
    if high is not None and target > high:
        return True
    return is_whole(objective) and low is not None and target < low


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    for objective in graph.objectives:
        if not objective.justification.strip() and outside(objective, graph.plan, surroundings):
            values = {
                "target": _whole(in_period(objective, graph.plan)),
                "low": _whole(surroundings.low),
                "high": _whole(surroundings.high),
            }
            yield Hit(str(objective.uid), objective.title, values)


def _whole(value: Decimal | None) -> str:
    return "?" if value is None else f"{value:,.0f}"


RULE = Rule(
    code="GP304",
    name=gettext_noop("An objective outside the range"),
    severity="warning",
    message=gettext_noop(
        "The objective “{label}” asks for {target}; {low} to {high} can be expected."
    ),
    why=gettext_noop(
        "Nine of ten outcomes lie above the low end and nine of ten below the high one. What lies "
        "outside is either known better, and then said why, or wished for."
    ),
    mend=gettext_noop("Change the number, or write down what justifies it."),
    find=find,
)
