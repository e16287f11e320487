"""Who is linked with whom in a plan: what rules, trees and pages look up."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from groundplan.plans.contracts import AnyPart, Graph, Tactic

P = TypeVar("P", bound=AnyPart)


def by_parent(parts: Iterable[P]) -> dict[UUID, list[P]]:
    """Parts by what they hang below; those that hang nowhere are left out."""
    found: dict[UUID, list[P]] = defaultdict(list)
    for part in parts:
        if part.parent is not None:
            found[part.parent].append(part)
    return found


def by_uid(graph: Graph) -> dict[UUID, AnyPart]:
    return {part.uid: part for part in graph.parts()}


def strategy_of_tactics(graph: Graph) -> dict[UUID, UUID]:
    """The strategy that each tactic works for, by the tactic's uid; prepared answers have none."""
    strategies = {one.uid for one in graph.strategies}
    above = {one.uid: one.parent for one in graph.initiatives}
    found = {}
    for tactic in graph.tactics:
        strategy = above.get(tactic.parent) if tactic.parent else None
        if strategy in strategies and strategy is not None:
            found[tactic.uid] = strategy
    return found


def tactics_by_objective(graph: Graph) -> dict[UUID, list[Tactic]]:
    """The tactics that work for each objective; every objective has an entry.

    A tactic works for the objectives that it names. One that names none works for all that measure
    its strategy.
    """
    found: dict[UUID, list[Tactic]] = {one.uid: [] for one in graph.objectives}
    measuring: dict[UUID, list[UUID]] = defaultdict(list)
    for objective in graph.objectives:
        if objective.strategy is not None:
            measuring[objective.strategy].append(objective.uid)
    strategies = strategy_of_tactics(graph)
    for tactic in graph.tactics:
        named = [uid for uid in tactic.objectives if uid in found]
        strategy = strategies.get(tactic.uid)
        for uid in named or (measuring[strategy] if strategy else ()):
            found[uid].append(tactic)
    return found
