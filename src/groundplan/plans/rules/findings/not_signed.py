"""A plan that its team hasn't put its name to."""

from collections import defaultdict
from collections.abc import Iterator

from groundplan.plans.contracts import Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    """One hit a section that somebody has yet to sign."""
    del surroundings
    unsigned: dict[str, list[str]] = defaultdict(list)
    for one in graph.plan.signatures:
        if one.section and not one.is_signed:
            unsigned[one.section].append(one.name)
    for section, names in unsigned.items():
        yield Hit(section, values={"persons": ", ".join(sorted(names))})


RULE = Rule(
    code="GP704",
    name=gettext_noop("Not signed by its team"),
    severity="error",
    message=gettext_noop("Still to be signed by {persons}."),
    why=gettext_noop("People keep to what they put their name to."),
    mend=gettext_noop("Let everybody of the team sign the part that they own."),
    find=find,
)
