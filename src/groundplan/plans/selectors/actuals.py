"""How far objectives are, counted from facts where facts can tell."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Sum

from groundplan.insight.selectors.results import results_of
from groundplan.kernel.figures import Trace
from groundplan.kernel.money import ZERO
from groundplan.organisation.selectors import calendar, today
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Graph, Objective
from groundplan.plans.models import Plan
from groundplan.plans.rules.metrics import Pace, pace, until
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.selectors import current

from .counted import accounts_of, money_of, new_logos, touches
from .reach import Reach, reach_of, revenue_bounds, revenue_goal


@dataclass(frozen=True, slots=True)
class Actual:
    """How far an objective is. `is_counted` where facts tell it; else it was checked in by hand.

    `trace` leads to the facts behind a sum of money.
    """

    pace: Pace
    is_counted: bool
    trace: Trace | None = None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What a plan's revenue is held against: quota or goal of its period, P10 and P90 of its year.
    Each is None where it isn't known, or not to the viewer. `trace` leads to the goal."""

    revenue_goal: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    trace: Trace | None = None


def benchmark(viewer: Scope, plan: Plan) -> Benchmark:
    """Of a plan that `plan_of` gave."""
    shown = current()
    if shown is None:
        return Benchmark()
    reach = reach_of(viewer, plan)
    low, high = revenue_bounds(reach, shown)
    return Benchmark(revenue_goal(reach, shown), low, high, _trace(reach, "goal"))


def actuals(viewer: Scope, plan: Plan, graph: Graph) -> dict[UUID, Actual]:
    """Each objective of a plan that `plan_of` gave with its actual, by uid.

    Facts that are counted are those of the plan's period so far. They can't tell what was sold of
    a category or through a channel, nor a territory's part before the plan's fiscal year is the
    one of the results: such objectives are checked in.
    """
    counting = _Counting(reach_of(viewer, plan), current())
    return {one.uid: counting.actual(one, graph) for one in graph.objectives}


class _Counting:
    """Counts each number once, however many objectives ask for it."""

    def __init__(self, reach: Reach, shown: CurrentSnapshot | None) -> None:
        self.reach, self.plan, self.shown, self.day = reach, reach.plan, shown, today()
        self.known: dict[tuple[object, ...], Decimal | None] = {}

    def actual(self, objective: Objective, graph: Graph) -> Actual:
        counted = self._counted(objective, until(objective, graph.plan))
        value = objective.actual if counted is None else counted
        is_counted = counted is not None
        found = pace(objective, graph.plan, value, self.day)
        return Actual(found, is_counted, self._trace(objective) if is_counted else None)

    def _counted(self, objective: Objective, due: date) -> Decimal | None:
        count = _COUNTED.get(objective.metric)
        if count is None or objective.category or objective.channel:
            return None
        # Nothing is counted ahead, so that all days to come are one.
        last = min(due, self.plan.ends_on, self.day)
        key = (objective.metric, objective.tier, objective.base, last)
        if key not in self.known:
            self.known[key] = count(self, objective, last)
        return self.known[key]

    def revenue(self, objective: Objective, last: date) -> Decimal | None:
        if self.shown is None:
            return None
        if objective.tier or objective.base:
            return self._part(objective, self.shown)
        return money_of(self.reach, self.shown, self.plan.period).actual

    def pipeline(self, objective: Objective, last: date) -> Decimal | None:
        if self.shown is None or objective.tier or objective.base:
            return None
        return money_of(self.reach, self.shown, self.plan.period).open_amount

    def logos(self, objective: Objective, last: date) -> Decimal | None:
        if self.shown is None or objective.tier or objective.base == "customer":
            return None
        return Decimal(new_logos(self.reach, self.shown, self.plan.starts_on, last))

    def meetings(self, objective: Objective, last: date) -> Decimal | None:
        return self._touched(objective, "meetings", last)

    def campaigns(self, objective: Objective, last: date) -> Decimal | None:
        return self._touched(objective, "campaigns", last)

    def coverage(self, objective: Objective, last: date) -> Decimal | None:
        reached = self._touched(objective, "reached", last)
        if reached is None:
            return None
        accounts = self.known["accounts", last]
        return reached * 100 / accounts if accounts else ZERO

    def _touched(self, objective: Objective, name: str, last: date) -> Decimal | None:
        if objective.tier or objective.base:
            return None
        if (name, last) not in self.known:
            found = touches(self.reach, self.plan.starts_on, last)
            for one in ("meetings", "campaigns", "reached", "accounts"):
                self.known[one, last] = Decimal(getattr(found, one))
        return self.known[name, last]

    def _part(self, objective: Objective, shown: CurrentSnapshot) -> Decimal | None:
        """Revenue of one tier or base: kept by account for the fiscal year of the results only."""
        cut = calendar()
        if self.plan.period != cut.periods(cut.fiscal_year_of(shown.last_day))[0].key:
            return None
        accounts = accounts_of(self.reach)
        found = results_of(self.reach.viewer, shown).filter(account__in=accounts.values("pk"))
        if objective.tier:
            found = found.filter(effective_tier=objective.tier)
        if objective.base:
            found = found.filter(account__is_customer=objective.base == "customer")
        total = found.order_by().aggregate(sum=Sum(F("recognised") + F("backlog")))["sum"]
        return total or ZERO

    def _trace(self, objective: Objective) -> Trace | None:
        measure = _TRACED.get(objective.metric)
        if measure is None or objective.tier or objective.base:
            return None
        return _trace(self.reach, measure)


def _trace(reach: Reach, measure: str) -> Trace | None:
    """Only for what the number's own page adds up alike."""
    plan = reach.plan
    if plan.account is not None:
        return Trace.of(measure, account=plan.account.uid, period=plan.period)
    if reach.is_one_person:
        return Trace.of(measure, owner=plan.owner.uid, period=plan.period)
    return None


_COUNTED: dict[str, Callable[[_Counting, Objective, date], Decimal | None]] = {
    "revenue": _Counting.revenue,
    "pipeline": _Counting.pipeline,
    "new_logos": _Counting.logos,
    "campaigns": _Counting.campaigns,
    "meetings": _Counting.meetings,
    "coverage": _Counting.coverage,
}
_TRACED = {"revenue": "revenue.actual", "pipeline": "pipeline.open"}
