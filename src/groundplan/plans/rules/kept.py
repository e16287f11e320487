"""A plan without the parts that are only suggested."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from groundplan.plans.contracts import AnyPart, Graph

P = TypeVar("P", bound=AnyPart)


def kept(graph: Graph) -> Graph:
    """The graph without suggestions and without what hangs below them. References that other parts
    have to them stay as they are: rules look up what is there."""
    if not any(part.is_suggested for part in graph.parts()):
        return graph
    gone = _gone(graph)

    def without(parts: Iterable[P]) -> tuple[P, ...]:
        return tuple(part for part in parts if part.uid not in gone)

    return replace(
        graph,
        answers=without(graph.answers),
        opportunities=without(graph.opportunities),
        goals=without(graph.goals),
        strategies=without(graph.strategies),
        objectives=without(graph.objectives),
        initiatives=without(graph.initiatives),
        tactics=without(graph.tactics),
        risks=without(graph.risks),
        contingencies=without(graph.contingencies),
        resources=without(graph.resources),
    )


def _gone(graph: Graph) -> set[UUID]:
    gone = {part.uid for part in graph.parts() if part.is_suggested}
    # Parts hang three deep at most: initiatives below strategies, contingencies below risks, and
    # tactics below both, which `parts` yields before contingencies.
    for below in (graph.initiatives, graph.contingencies, graph.tactics):
        gone |= {part.uid for part in below if part.parent in gone}
    return gone
