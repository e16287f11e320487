"""Who is linked with whom in a plan: what rules, trees and pages look up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar
from uuid import UUID

from groundplan.plans.contracts import AnyPart, Graph

from .kinds import KINDS
from .typing import kind_of

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


def referred(part: AnyPart) -> Iterator[UUID]:
    """The uids of the parts that a part's fields name, what it hangs below aside."""
    for one in KINDS[kind_of(part)].fields:
        if one.type == "parts":
            value = getattr(part, one.name)
            yield from (value,) if isinstance(value, UUID) else (value or ())


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


def worked_objectives(graph: Graph) -> set[UUID]:
    """The objectives that some tactic works for, one that was dropped doesn't.

    A tactic works for the objectives that it names. One that names none of the plan's works for
    all that measure its strategy.
    """
    known = {one.uid for one in graph.objectives}
    strategies = strategy_of_tactics(graph)
    named: set[UUID] = set()
    worked: set[UUID | None] = set()
    for tactic in graph.tactics:
        if tactic.status == "dropped":
            continue
        chosen = known.intersection(tactic.objectives) if tactic.objectives else None
        if chosen:
            named |= chosen
        else:
            worked.add(strategies.get(tactic.uid))
    worked.discard(None)
    return named | {one.uid for one in graph.objectives if one.strategy in worked}
