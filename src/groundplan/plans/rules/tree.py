"""Ways through a plan: from a part up to its goals and evidence, from a goal down to the work."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from groundplan.plans.contracts import (
    AnyPart,
    ChosenOpportunity,
    Cited,
    Contingency,
    Goal,
    Graph,
    Initiative,
    Objective,
    Risk,
    Strategy,
    Tactic,
)

from .kinds import KINDS
from .links import by_parent, by_uid
from .typing import kind_of


@dataclass(frozen=True, slots=True)
class PathUp:
    """Why a part is there. `above` is what it hangs below, the nearest first.

    `objectives`, `goals` and `opportunities` are what it works for; `evidence` is what all of
    these rest on, each piece once, with the part that cites it.
    """

    part: AnyPart
    above: tuple[AnyPart, ...]
    objectives: tuple[Objective, ...]
    goals: tuple[Goal, ...]
    opportunities: tuple[ChosenOpportunity, ...]
    evidence: tuple[tuple[AnyPart, Cited], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A part with what is done for it; `objectives` measure it."""

    part: AnyPart
    objectives: tuple[Objective, ...] = ()
    below: tuple["Node", ...] = ()


def path_up(graph: Graph, uid: UUID) -> PathUp:
    """From any part up to its goals and to the evidence. Raises KeyError for no part of it."""
    parts = by_uid(graph)
    part = parts[uid]
    above = _above(parts, part)
    line = (part, *above)
    strategy = next((one for one in line if isinstance(one, Strategy)), None)
    objectives = _objectives(graph, part, strategy)
    if strategy is None and isinstance(part, Objective) and part.strategy in parts:
        measured = parts[part.strategy]
        strategy = measured if isinstance(measured, Strategy) else None
    goals = _goals(graph, part, strategy, objectives)
    chosen = set(strategy.opportunities) if strategy else set()
    opportunities = tuple(one for one in graph.opportunities if one.uid in chosen)
    sources = dict.fromkeys(
        (*line, *((strategy,) if strategy else ()), *objectives, *opportunities)
    )
    return PathUp(part, above, objectives, goals, opportunities, _evidence(sources))


def tree_below(graph: Graph, uid: UUID) -> Node:
    """The work below a goal, a strategy, an initiative, a risk or a contingency.

    Below a goal stand the strategies that serve it. Raises KeyError for no part of the plan.
    """
    return _Tree(graph).node(by_uid(graph)[uid])


def whole_tree(graph: Graph) -> tuple[Node, ...]:
    """Every goal with the work below it, then the strategies that serve no goal."""
    tree = _Tree(graph)
    goals = {goal.uid for goal in graph.goals}
    alone = tuple(one for one in graph.strategies if not goals.intersection(one.goals))
    tops: tuple[Goal | Strategy, ...] = (*graph.goals, *alone)
    return tuple(tree.node(part) for part in tops)


class _Tree:
    """What hangs below each part, looked up once."""

    def __init__(self, graph: Graph) -> None:
        self.known: dict[UUID, Node] = {}
        tactics = by_parent(graph.tactics)
        self.below: Mapping[type[AnyPart], Mapping[UUID, Sequence[AnyPart]]] = {
            Goal: _serving(graph.strategies),
            Strategy: by_parent(graph.initiatives),
            Initiative: tactics,
            Risk: by_parent(graph.contingencies),
            Contingency: tactics,
        }
        self.measuring: dict[UUID, list[Objective]] = defaultdict(list)
        for objective in graph.objectives:
            for measured in {objective.strategy, objective.goal} - {None}:
                self.measuring[measured].append(objective)  # type: ignore[index]

    def node(self, part: AnyPart) -> Node:
        # A strategy stands below every goal that it serves, with all its work.
        if part.uid not in self.known:
            self.known[part.uid] = self._made(part)
        return self.known[part.uid]

    def _made(self, part: AnyPart) -> Node:
        below = self.below.get(type(part), {}).get(part.uid, ())
        objectives = tuple(self.measuring.get(part.uid, ()))
        return Node(part, objectives, tuple(self.node(one) for one in below))


def _serving(strategies: Iterable[Strategy]) -> Mapping[UUID, list[Strategy]]:
    found: dict[UUID, list[Strategy]] = defaultdict(list)
    for strategy in strategies:
        for goal in dict.fromkeys(strategy.goals):
            found[goal].append(strategy)
    return found


def _above(parts: Mapping[UUID, AnyPart], part: AnyPart) -> tuple[AnyPart, ...]:
    above: list[AnyPart] = []
    one = _home(parts, part)
    while one is not None:
        above.append(one)
        one = _home(parts, one)
    return tuple(above)


def _home(parts: Mapping[UUID, AnyPart], part: AnyPart) -> AnyPart | None:
    """What a part hangs below, where its kind may: so nothing runs in circles."""
    found = parts.get(part.parent) if part.parent else None
    if found is None or kind_of(found) not in KINDS[kind_of(part)].below:
        return None
    return found


def _objectives(graph: Graph, part: AnyPart, strategy: Strategy | None) -> tuple[Objective, ...]:
    """Those that a tactic names; else those that measure the strategy above."""
    if isinstance(part, Objective):
        return (part,)
    named = set(part.objectives) if isinstance(part, Tactic) else set()
    found = tuple(one for one in graph.objectives if one.uid in named)
    if found or strategy is None:
        return found
    return tuple(one for one in graph.objectives if one.strategy == strategy.uid)


def _goals(
    graph: Graph, part: AnyPart, strategy: Strategy | None, objectives: Iterable[Objective]
) -> tuple[Goal, ...]:
    wanted = set(strategy.goals) if strategy else set()
    wanted |= {one.goal for one in objectives if one.goal is not None}
    return tuple(one for one in graph.goals if one.uid in wanted and one.uid != part.uid)


def _evidence(parts: Iterable[AnyPart]) -> tuple[tuple[AnyPart, Cited], ...]:
    found: dict[Cited, AnyPart] = {}
    for part in parts:
        for cited in getattr(part, "evidence", ()):
            found.setdefault(cited, part)
    return tuple((part, cited) for cited, part in found.items())
