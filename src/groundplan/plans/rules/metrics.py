"""What objectives count, and how far they are."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from groundplan.plans.contracts import Objective, PlanHead

from .rule import gettext_noop

Unit = Literal["money", "number", "percent"]


@dataclass(frozen=True, slots=True)
class Metric:
    """Something that can be counted. `is_counted` where facts tell it; else it is checked in.

    `grows` where it adds up over time, so that it has a pace; a share such as coverage stands
    where it stands.
    """

    code: str
    name: str
    unit: Unit
    is_counted: bool
    grows: bool = True


METRICS: tuple[Metric, ...] = (
    Metric("revenue", gettext_noop("Revenue"), "money", is_counted=True),
    Metric("pipeline", gettext_noop("Pipeline"), "money", is_counted=True, grows=False),
    Metric("new_logos", gettext_noop("New logos"), "number", is_counted=True),
    Metric("campaigns", gettext_noop("Campaigns"), "number", is_counted=True),
    Metric("meetings", gettext_noop("Meetings with stakeholders"), "number", is_counted=True),
    Metric("coverage", gettext_noop("Coverage"), "percent", is_counted=True, grows=False),
    Metric("count", gettext_noop("Own count"), "number", is_counted=False),
)
_BY_CODE = {metric.code: metric for metric in METRICS}
_DAYS = {"week": 7, "month": 30.4375, "quarter": 91.3125, "year": 365.25}


def metric_of(code: str) -> Metric:
    """A metric by its code; any other code is an own count with that name."""
    return _BY_CODE.get(code) or Metric(code, code, "number", is_counted=False)


def is_whole(objective: Objective) -> bool:
    """Whether it is of all that the plan covers, and not of a tier, category, channel or base."""
    return not (objective.tier or objective.category or objective.channel or objective.base)


def times(objective: Objective, plan: PlanHead) -> int:
    """How often the target is to be reached from the plan's first day to the objective's day: once,
    or once for each week, month, quarter or year that it names, at least once."""
    if not objective.per:
        return 1
    days = (until(objective, plan) - plan.starts_on).days + 1
    return max(round(days / _DAYS[objective.per]), 1)


def until(objective: Objective, plan: PlanHead) -> date:
    """The last day that counts for an objective: its own, or the plan's."""
    return objective.due_on or plan.ends_on


def in_period(objective: Objective, plan: PlanHead) -> Decimal:
    """The target over all the time it has: 2 meetings a week are 104 in a year. What doesn't add
    up stays as it is, and what has no target is 0."""
    target = objective.target or Decimal(0)
    return target * times(objective, plan) if metric_of(objective.metric).grows else target


@dataclass(frozen=True, slots=True)
class Pace:
    """How far an objective is. `done` is actual over target, `elapsed` the share of its time that
    is over; both None without an actual or a target. `expected` is what it should be by now."""

    target: Decimal
    actual: Decimal | None
    expected: Decimal
    elapsed: float
    done: float | None

    @property
    def is_behind(self) -> bool:
        return self.actual is not None and self.actual < self.expected

    @property
    def is_reached(self) -> bool:
        return self.actual is not None and self.target > 0 and self.actual >= self.target


def pace(objective: Objective, plan: PlanHead, actual: Decimal | None, today: date) -> Pace:
    """How far an objective is at the end of `today`: its actual against time elapsed.

    What adds up is expected in proportion to time; what doesn't, such as coverage, is expected
    on its day and not before.
    """
    target = in_period(objective, plan)
    gone, days = _elapsed(plan.starts_on, until(objective, plan), today)
    expected = target * gone / days
    if not metric_of(objective.metric).grows and gone < days:
        expected = Decimal(0)
    done = float(actual / target) if actual is not None and target > 0 else None
    return Pace(target, actual, expected, gone / days, done)


def _elapsed(first: date, last: date, today: date) -> tuple[int, int]:
    """How many days are gone at the end of `today`, of how many; one day at least."""
    days = max((last - first).days + 1, 1)
    return min(max((today - last).days + days, 0), days), days
