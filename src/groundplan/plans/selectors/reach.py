"""Whose numbers count for a plan: the account's, or those of its owner and everybody below."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from groundplan.insight.ranges import files
from groundplan.insight.ranges.selectors import account_range, year_range
from groundplan.insight.selectors.results import results_of
from groundplan.insight.selectors.tables import small_table
from groundplan.kernel.money import ZERO
from groundplan.organisation.selectors import calendar
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons
from groundplan.plans.models import Plan
from groundplan.plans.rules.periods import period_of, quarters_of, year_key
from groundplan.snapshots.contracts import CurrentSnapshot

PERFORMANCE = "owner_id, quarter, goal, recognised, backlog, weighted, open_amount"
Bounds = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class Credited:
    """What some persons are credited with over some quarters."""

    goal: Decimal = ZERO
    actual: Decimal = ZERO
    open_amount: Decimal = ZERO


def persons_of(viewer: Scope, plan: Plan) -> frozenset[int]:
    """The plan's owner and everybody below them, of whom the viewer may see numbers."""
    persons = visible_persons(viewer)
    path = plan.owner.path
    # A person without a place has nobody below; every path begins with nothing.
    below = persons.filter(path__startswith=path) if path else persons.filter(pk=plan.owner_id)
    return frozenset(below.values_list("pk", flat=True))


def quarter_keys(period: str) -> tuple[str, ...]:
    """The quarters that a plan's period consists of."""
    return quarters_of(period) if period == year_key(period) else (period,)


def credited(shown: CurrentSnapshot, persons: frozenset[int], period: str) -> Credited:
    """Goal, actual and open pipeline of these persons over a period, from kept results."""
    quarters = set(quarter_keys(period))
    rows = [
        row
        for row in small_table(shown.results, "performance", PERFORMANCE)
        if row[0] in persons and row[1] in quarters
    ]
    return Credited(
        goal=sum((row[2] for row in rows), ZERO),
        actual=sum((row[3] + row[4] for row in rows), ZERO),
        open_amount=sum((row[6] for row in rows), ZERO),
    )


def revenue_goal(viewer: Scope, plan: Plan, shown: CurrentSnapshot) -> Decimal | None:
    """The owner's quota, else that of those below; or the account's goal; for the plan's period."""
    if plan.account_id is not None:
        return _account_goal(viewer, plan, shown)
    persons = persons_of(viewer, plan)
    own = credited(shown, persons & {plan.owner_id}, plan.period).goal
    return own or credited(shown, persons, plan.period).goal or None


def _account_goal(viewer: Scope, plan: Plan, shown: CurrentSnapshot) -> Decimal | None:
    """An account's goal is for a year; a quarter's is its share by days."""
    goals = results_of(viewer, shown).filter(account=plan.account_id)
    goal: Decimal | None = goals.values_list("goal", flat=True).first()
    if goal is None or plan.period == year_key(plan.period):
        return goal
    cut = calendar()
    period, year = (period_of(cut, key) for key in (plan.period, year_key(plan.period)))
    return goal * period.days / year.days


def revenue_bounds(viewer: Scope, plan: Plan, shown: CurrentSnapshot) -> Bounds:
    """P10 and P90 of the plan's year where that is the year foretold; else None and None."""
    if plan.period != year_key(plan.period) or not files.is_there(shown.results):
        return None, None
    if not _covers(plan, files.read(shown.results).horizon.end):
        return None, None
    if plan.account_id is not None:
        return _account_bounds(shown, plan.account_id)
    persons = persons_of(viewer, plan)
    if persons != {plan.owner_id}:
        # Ranges of several persons don't add up to that of all of them.
        return None, None
    found = year_range(viewer, shown, plan.owner_id)
    return (found.p10, found.p90) if found else (None, None)


def _covers(plan: Plan, day: date) -> bool:
    return plan.starts_on <= day <= plan.ends_on


@lru_cache(maxsize=1024)
def _account_bounds(shown: CurrentSnapshot, account_id: int) -> Bounds:
    """Drawn once a process from results that never change: drawing reads the account's lines."""
    found: Any = account_range(shown, account_id)
    return (found.p10, found.p90) if found else (None, None)
