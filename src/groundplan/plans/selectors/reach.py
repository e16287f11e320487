"""Whose numbers count for a plan: the account's, or those of its owner and everybody below."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Credited:
    """What some persons are credited with over some quarters."""

    goal: Decimal = ZERO
    actual: Decimal = ZERO
    open_amount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose numbers count: those of `plan.account`, or of `persons`, the owner and everybody below
    them. Nobody where the viewer may not see the owner's numbers: a part of them would be taken
    for the whole."""

    viewer: Scope
    plan: Plan
    persons: frozenset[int] = frozenset()

    @property
    def is_known(self) -> bool:
        return self.plan.account_id is not None or bool(self.persons)

    @property
    def is_one_person(self) -> bool:
        return self.persons == {self.plan.owner_id}


def reach_of(viewer: Scope, plan: Plan) -> Reach:
    """Of a plan that `plan_of` gave; a query where it is a territory's and others may be below."""
    if plan.account_id is not None:
        return Reach(viewer, plan)
    path = plan.owner.path
    if not viewer.sees_reports:
        # Such a viewer sees nobody's numbers but their own.
        is_own = viewer.person_id == plan.owner_id
        return Reach(viewer, plan, frozenset({plan.owner_id} if is_own else ()))
    persons = visible_persons(viewer)
    # A person without a place has nobody below; every path begins with nothing.
    below = persons.filter(path__startswith=path) if path else persons.filter(pk=plan.owner_id)
    found = frozenset(below.values_list("pk", flat=True))
    return Reach(viewer, plan, found if plan.owner_id in found else frozenset())


def subject_of(reach: Reach) -> dict[str, Any]:
    """What a trace names for numbers of the plan's account, or of its persons together."""
    if reach.plan.account is not None:
        return {"account": reach.plan.account.uid}
    together = {} if reach.is_one_person else {"reports": "1"}
    return {"owner": reach.plan.owner.uid, **together}


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


def revenue_goal(reach: Reach, shown: CurrentSnapshot) -> Decimal | None:
    """The owner's quota, else that of those below; or the account's goal; for the plan's period."""
    plan = reach.plan
    if plan.account_id is not None:
        return _account_goal(reach, shown)
    return own_goal(reach, shown) or credited(shown, reach.persons, plan.period).goal or None


def own_goal(reach: Reach, shown: CurrentSnapshot) -> Decimal:
    """The quota of a territory's owner alone; 0 where they have none."""
    return credited(shown, reach.persons & {reach.plan.owner_id}, reach.plan.period).goal


def _account_goal(reach: Reach, shown: CurrentSnapshot) -> Decimal | None:
    """An account's goal is for a year; a quarter's is its share by days."""
    key = reach.plan.period
    goals = results_of(reach.viewer, shown).filter(account=reach.plan.account_id)
    goal: Decimal | None = goals.values_list("goal", flat=True).first()
    if goal is None or key == year_key(key):
        return goal
    cut = calendar()
    period, year = (period_of(cut, one) for one in (key, year_key(key)))
    return goal * period.days / year.days
