"""Parts of one plan become those of another: a quarter's of its year's, a year's of the last."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any
from uuid import UUID

from groundplan.kernel.ids import uuid7
from groundplan.plans.contracts import AnyPart, Graph, Objective, Tactic

from .kept import kept
from .kinds import KINDS
from .links import by_parent
from .metrics import in_period, metric_of, until
from .typing import kind_of

OPEN = ("planned", "moved")
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a plan covers, both ends included."""

    starts_on: date
    ends_on: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.starts_on <= day <= self.ends_on

    def shared(self, first: date, last: date) -> int:
        """How many days lie from `first` to `last` too."""
        return max((min(last, self.ends_on) - max(first, self.starts_on)).days + 1, 0)


def quarter_parts(
    graph: Graph, days: Days, *, new: Callable[[], UUID] = uuid7
) -> tuple[AnyPart, ...]:
    """A quarter's parts, cut from its year's: the whole graph, with the tactics that are due in
    the quarter or without a day, and with the quarter's share of each objective by days."""
    year = kept(graph)
    objectives = (_share(one, graph, days) for one in year.objectives)
    tactics = (
        replace(one, hours_logged=None)
        for one in year.tactics
        if one.status in OPEN and (one.due_on is None or days.holds(one.due_on))
    )
    chosen = replace(
        year,
        objectives=tuple(one for one in objectives if one is not None),
        tactics=tuple(tactics),
    )
    return _renamed(chosen, new)


def next_parts(
    graph: Graph,
    days: Days,
    *,
    reached: Collection[UUID] = (),
    new: Callable[[], UUID] = uuid7,
) -> tuple[AnyPart, ...]:
    """Next year's parts: what is unfinished of this year's.

    Objectives that were `reached`, tactics that are done or dropped, and initiatives and strategies
    with nothing left to do stay behind; goals stay with those that serve them. Answers come as
    suggestions: somebody has to judge again. Days outside the new year are left open.
    """
    year = kept(graph)
    tactics = [one for one in year.tactics if one.status in OPEN]
    initiatives = _unfinished(year.initiatives, year.tactics, tactics)
    strategies = _unfinished(year.strategies, year.initiatives, initiatives)
    objectives = [one for one in year.objectives if one.uid not in reached and not _is_met(one)]
    serving = {goal for one in strategies for goal in one.goals} | {one.goal for one in objectives}
    measured = {one.uid for one in strategies} | {None}
    chosen = replace(
        year,
        answers=tuple(replace(one, is_suggested=True) for one in year.answers),
        opportunities=_worked(year, strategies),
        goals=tuple(one for one in year.goals if one.uid in serving),
        strategies=tuple(strategies),
        objectives=tuple(
            _again(one, graph, days) for one in objectives if one.strategy in measured
        ),
        initiatives=tuple(one for one in initiatives if one.parent in measured),
        tactics=tuple(_rescheduled(one, days) for one in tactics),
        resources=tuple(replace(one, decision="") for one in year.resources),
    )
    return _renamed(chosen, new)


def _unfinished(parts: Iterable[Any], below: Iterable[Any], left: Iterable[Any]) -> list[Any]:
    """Parts below which something is left, or nothing was ever planned."""
    planned, remaining = by_parent(below), by_parent(left)
    return [one for one in parts if one.uid in remaining or one.uid not in planned]


def _worked(year: Graph, strategies: Iterable[Any]) -> tuple[Any, ...]:
    """Opportunities but those of finished strategies only."""
    finished = {uid for one in year.strategies for uid in one.opportunities}
    going_on = {uid for one in strategies for uid in one.opportunities}
    gone = finished - going_on
    return tuple(one for one in year.opportunities if one.uid not in gone)


def _is_met(objective: Objective) -> bool:
    if objective.actual is None or objective.target is None or objective.per:
        return False
    return objective.actual >= objective.target


def _share(objective: Objective, graph: Graph, days: Days) -> Objective | None:
    """An objective's share of a quarter; None where its day lies before it."""
    due = until(objective, graph.plan)
    if due < days.starts_on:
        return None
    # What is counted once a year has its share too; what is once a week stays once a week.
    is_whole = objective.per in ("", "year")
    target = objective.target
    if target is not None and metric_of(objective.metric).grows and is_whole:
        whole = max((due - graph.plan.starts_on).days + 1, 1)
        share = in_period(objective, graph.plan) * days.shared(graph.plan.starts_on, due) / whole
        # Money to the cent, numbers to whole ones and never none at all.
        is_money = metric_of(objective.metric).unit == "money"
        target = share.quantize(CENT if is_money else Decimal(1), rounding=ROUND_HALF_EVEN)
        target = max(target, CENT if is_money else Decimal(1))
    return replace(
        objective,
        target=target,
        per="" if is_whole else objective.per,
        due_on=min(due, days.ends_on),
        actual=None,
    )


def _again(objective: Objective, graph: Graph, days: Days) -> Objective:
    """An objective on the day of the new plan that its day was of the old one."""
    if objective.due_on is None:
        return replace(objective, actual=None)
    due = days.starts_on + (objective.due_on - graph.plan.starts_on)
    if objective.due_on >= graph.plan.ends_on:
        due = days.ends_on
    return replace(objective, actual=None, due_on=min(max(due, days.starts_on), days.ends_on))


def _rescheduled(tactic: Tactic, days: Days) -> Tactic:
    due_on = tactic.due_on if days.holds(tactic.due_on) else None
    return replace(tactic, status="planned", reason="", due_on=due_on, hours_logged=None)


def _renamed(graph: Graph, new: Callable[[], UUID]) -> tuple[AnyPart, ...]:
    """The parts under uids of their own, their references among themselves as they were. What
    hangs below something that isn't copied isn't either."""
    names: dict[UUID, UUID] = {}
    copied: list[AnyPart] = []
    ordered = (*_tops(graph), *graph.initiatives, *graph.contingencies, *graph.tactics)
    for part in ordered:
        if part.parent is None or part.parent in names:
            names[part.uid] = new()
            copied.append(part)
    return tuple(_copy(part, names) for part in copied)


def _tops(graph: Graph) -> tuple[AnyPart, ...]:
    return (
        *graph.answers,
        *graph.opportunities,
        *graph.goals,
        *graph.strategies,
        *graph.objectives,
        *graph.risks,
        *graph.resources,
    )


def _copy(part: AnyPart, names: Mapping[UUID, UUID]) -> AnyPart:
    changed: dict[str, Any] = {
        "uid": names[part.uid],
        "parent": names[part.parent] if part.parent else None,
        "version": 1,
    }
    for field in KINDS[kind_of(part)].fields:
        if field.type == "parts":
            value = getattr(part, field.name)
            changed[field.name] = (
                names.get(value)
                if field.single
                else tuple(names[uid] for uid in value if uid in names)
            )
    return replace(part, **changed)
