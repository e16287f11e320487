"""How far objectives are, counted from facts where facts can tell."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from groundplan.book.selectors.territory import Touches, touches_of
from groundplan.insight.selectors.slices import Slice, spelled
from groundplan.kernel.figures import Trace
from groundplan.kernel.money import ZERO
from groundplan.organisation.selectors import today
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Graph, Objective
from groundplan.plans.models import Plan
from groundplan.plans.rules.metrics import Pace, pace, until
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.selectors import current

from .counted import WHOLE, accounts_in, money_in, money_of, new_logos
from .outlook import NO_OUTLOOK, Outlook, outlook_of
from .reach import Reach, own_goal, reach_of, revenue_goal, subject_of

Why = Literal["", "no facts", "not seen", "no such part", "not by part"]


@dataclass(frozen=True, slots=True)
class Actual:
    """How far an objective is. `is_counted` where facts tell it; else it was checked in by hand,
    and `why` says why facts can't tell what they tell of other objectives.

    `trace` leads to the facts behind a sum of money.
    """

    pace: Pace
    is_counted: bool
    trace: Trace | None = None
    why: Why = ""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What a plan's revenue is held against: quota or goal of its period, and what can be expected
    of it, with the traces that lead to each. None where it isn't known, or not to the viewer."""

    revenue_goal: Decimal | None = None
    goal_trace: Trace | None = None
    outlook: Outlook = NO_OUTLOOK
    traces: Mapping[str, Trace] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """A count, up to the day `last`, of a part of what a plan reaches."""

    reach: Reach
    part: Slice
    last: date
    value: Decimal


def counted(viewer: Scope, plan: Plan, objective: Objective, graph: Graph) -> Counted | None:
    """What the count of an objective of a plan that `plan_of` gave was taken of."""
    return _Counting(reach_of(viewer, plan), current()).counted_of(objective, graph)


def benchmark(viewer: Scope, plan: Plan) -> Benchmark:
    """Of a plan that `plan_of` gave."""
    shown = current()
    if shown is None:
        return Benchmark()
    reach = reach_of(viewer, plan)
    return Benchmark(
        revenue_goal(reach, shown),
        _goal_trace(reach, shown),
        outlook_of(reach, shown),
        {name: _trace(reach, f"range.{name}") for name in ("p10", "p50", "p90")},
    )


def actuals(viewer: Scope, plan: Plan, graph: Graph) -> dict[UUID, Actual]:
    """Each objective of a plan that `plan_of` gave with its actual, by uid.

    Facts that are counted are those of the plan's period up to the objective's day. They can't
    tell an own count, nor in which category or through which channel people met: such objectives
    are checked in, as are those of a category or channel that no fact is of.
    """
    counting = _Counting(reach_of(viewer, plan), current())
    return {one.uid: counting.actual(one, graph) for one in graph.objectives}


class _Counting:
    """Counts each number once, however many objectives ask for it."""

    def __init__(self, reach: Reach, shown: CurrentSnapshot | None) -> None:
        self.reach, self.plan, self.shown, self.day = reach, reach.plan, shown, today()
        self.known: dict[tuple[object, ...], Decimal | None] = {}
        self.touched: dict[tuple[Slice, date], Touches | None] = {}

    def actual(self, objective: Objective, graph: Graph) -> Actual:
        last = min(until(objective, graph.plan), self.plan.ends_on)
        part = self._part(objective)
        counted = None if part is None else self._counted(objective.metric, part, last)
        if part is None or counted is None:
            checked_in = pace(objective, graph.plan, objective.actual, self.day)
            return Actual(checked_in, False, why=self._why(objective.metric, part))
        found = pace(objective, graph.plan, counted, self.day)
        return Actual(found, True, self._trace(objective, part, last))

    def _why(self, metric: str, part: Slice | None) -> Why:
        if metric not in _COUNTED:
            return ""
        if not self.reach.is_known:
            return "not seen"
        if self.shown is None:
            return "no facts"
        return "no such part" if part is None else "not by part"

    def counted_of(self, objective: Objective, graph: Graph) -> "Counted | None":
        """What an objective's count was taken of; None for what facts don't count."""
        last = min(until(objective, graph.plan), self.plan.ends_on)
        part = self._part(objective)
        value = None if part is None else self._counted(objective.metric, part, last)
        if part is None or value is None:
            return None
        return Counted(self.reach, part, min(last, self.day), value)

    def _part(self, objective: Objective) -> Slice | None:
        """What the objective is of; None where no fact is of it."""
        asked = Slice(objective.category, objective.channel, objective.tier, objective.base)
        if not asked.category and not asked.channel:
            return asked
        return spelled(self.shown, asked) if self.shown else None

    def _counted(self, metric: str, part: Slice, last: date) -> Decimal | None:
        count = _COUNTED.get(metric)
        if count is None or not self.reach.is_known:
            return None
        # Nobody met ahead of time, so that all days to come are one; orders are dated ahead.
        day = last if metric in _TRACED else min(last, self.day)
        key = (metric, part, day)
        if key not in self.known:
            self.known[key] = count(self, part, day)
        return self.known[key]

    def revenue(self, part: Slice, last: date) -> Decimal | None:
        if self.shown is None:
            return None
        if part == WHOLE and last == self.plan.ends_on:
            return money_of(self.reach, self.shown, self.plan.period).actual
        return money_in(self.reach, self.shown, part, "actual", last)

    def pipeline(self, part: Slice, _last: date) -> Decimal | None:
        if self.shown is None:
            return None
        if part == WHOLE:
            return money_of(self.reach, self.shown, self.plan.period).open_amount
        return money_in(self.reach, self.shown, part, "open", self.plan.ends_on)

    def logos(self, part: Slice, last: date) -> Decimal | None:
        if self.shown is None:
            return None
        found = new_logos(self.reach, self.shown, self.plan.starts_on, last, part)
        return None if found is None else Decimal(found)

    def meetings(self, part: Slice, last: date) -> Decimal | None:
        found = self._touches(part, last)
        return None if found is None else Decimal(found.meetings)

    def campaigns(self, part: Slice, last: date) -> Decimal | None:
        found = self._touches(part, last)
        return None if found is None else Decimal(found.campaigns)

    def coverage(self, part: Slice, last: date) -> Decimal | None:
        found = self._touches(part, last)
        if found is None:
            return None
        return Decimal(found.reached) * 100 / found.accounts if found.accounts else ZERO

    def _touches(self, part: Slice, last: date) -> Touches | None:
        if (part, last) not in self.touched:
            accounts = accounts_in(self.reach, self.shown, part)
            self.touched[part, last] = (
                None if accounts is None else touches_of(accounts, self.plan.starts_on, last)
            )
        return self.touched[part, last]

    def _trace(self, objective: Objective, part: Slice, last: date) -> Trace | None:
        metric = objective.metric
        measure = _TRACED.get(metric)
        if measure is None:
            named = {"objective": str(objective.uid)}
            return _trace(self.reach, f"objective.{metric}", **named) if self.shown else None
        named = {name: value for name, value in asdict(part).items() if value}
        if metric == "revenue" and last < self.plan.ends_on:
            named["until"] = last.isoformat()
        return _trace(self.reach, measure, **named)


def _trace(reach: Reach, measure: str, **named: str) -> Trace:
    return Trace.of(measure, period=reach.plan.period, **subject_of(reach), **named)


def _goal_trace(reach: Reach, shown: CurrentSnapshot) -> Trace:
    plan = reach.plan
    if plan.account_id is None and own_goal(reach, shown):
        return Trace.of("goal", owner=plan.owner.uid, period=plan.period)
    return _trace(reach, "goal")


_COUNTED: dict[str, Callable[[_Counting, Slice, date], Decimal | None]] = {
    "revenue": _Counting.revenue,
    "pipeline": _Counting.pipeline,
    "new_logos": _Counting.logos,
    "campaigns": _Counting.campaigns,
    "meetings": _Counting.meetings,
    "coverage": _Counting.coverage,
}
_TRACED = {"revenue": "revenue.actual", "pipeline": "pipeline.open"}
