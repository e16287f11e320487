"""How much of a plan rests on facts."""

from uuid import UUID

from groundplan.kernel.evidence import Evidence
from groundplan.plans.contracts import Answer, ChosenOpportunity, Cited, Graph, Objective, Strategy

Resting = Answer | ChosenOpportunity | Strategy | Objective
UNSOURCED = "statement"
"""The kind of evidence that stands for a part that should rest on something and cites nothing."""


def resting(graph: Graph) -> tuple[tuple[Resting, Cited], ...]:
    """Each piece of evidence with the part that cites it.

    An answer, a chosen opportunity or a strategy is a statement. One that cites nothing rests on
    itself: that is one assumption. Objectives count with what they cite.
    """
    found: list[tuple[Resting, Cited]] = []
    parts: tuple[Resting, ...] = (
        *graph.answers,
        *graph.opportunities,
        *graph.strategies,
        *graph.objectives,
    )
    for part in parts:
        if part.evidence:
            found += [(part, one) for one in part.evidence]
        elif is_statement(part):
            found.append((part, Cited(Evidence(UNSOURCED, str(part.uid), part.title), False)))
    return tuple(found)


def is_statement(part: Resting) -> bool:
    """Whether a part says something that needs evidence: an unanswered question says nothing."""
    if isinstance(part, Answer):
        return bool(part.text.strip()) or part.rating is not None
    return not isinstance(part, Objective)


def evidence_count(graph: Graph) -> int:
    return len(resting(graph))


def assumptions(graph: Graph) -> tuple[tuple[UUID, Cited], ...]:
    """What lowers the fact ratio: evidence without a source, with the part that rests on it."""
    return tuple((part.uid, one) for part, one in resting(graph) if not one.is_fact)
