"""A plan built on what nobody can show."""

from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.facts import assumptions, evidence_count
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop

LEAST = 0.5


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    del surroundings
    cited = evidence_count(graph)
    facts = cited - len(assumptions(graph))
    if cited and facts < LEAST * cited:
        values = {"facts": str(facts), "cited": str(cited), "percent": f"{100 * facts // cited}"}
        yield Hit("assessment", values=values)


RULE = Rule(
    code="GP701",
    name=gettext_noop("A plan that rests on assumptions"),
    severity="warning",
    message=gettext_noop("{facts} of {cited} pieces of evidence have a source: {percent} %."),
    why=gettext_noop(
        "A plan that rests mostly on assumptions isn't believed by the people who carry it out."
    ),
    mend=gettext_noop(
        "Find sources for what is assumed, the weightiest first, or ask the customer."
    ),
    find=find,
)
