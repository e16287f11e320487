"""The plans below a manager's plan: the same template, the same period, summed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from groundplan.people.contracts import Scope
from groundplan.plans.contracts import AnyPart, ChosenOpportunity, Objective, PlanHead
from groundplan.plans.models import Plan, PlanPart
from groundplan.plans.rules.rolling import Rolled, nearest, rolled

from .plans import plan_of
from .single import typed_part
from .visibility import visible_plans

MOST = 500


@dataclass(frozen=True, slots=True)
class PlanBelow:
    """A plan below: how many objectives it has, and the expected revenue of what was chosen."""

    uid: UUID
    title: str
    owner: str
    state: str
    objectives: int
    expected: Decimal


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The plans nearest below a plan, and the targets of both by metric."""

    plans: tuple[PlanBelow, ...]
    metrics: tuple[Rolled, ...]


def rolled_up(viewer: Scope, uid: UUID | str) -> RolledUp:
    """The territory plans for the same period of everybody below the plan's owner; where a
    manager among them has one, it stands for those below it. Raises NotFound."""
    plan = plan_of(viewer, uid)
    rows = _one_of_each(_below(viewer, plan))
    below = sorted(
        nearest((row.owner.path, row) for row in rows), key=lambda row: (row.owner.name, row.pk)
    )
    parts = _parts([plan, *below])
    return RolledUp(
        plans=tuple(_line(row, parts[row.pk]) for row in below),
        metrics=rolled(_objectives([plan], parts), _objectives(below, parts)),
    )


def _one_of_each(plans: Iterable[Plan]) -> list[Plan]:
    """Of an owner's plans the live one, else the one that was closed last: they say the same."""
    ordered = sorted(plans, key=lambda plan: (plan.state != "closed", plan.pk))
    return list({plan.owner_id: plan for plan in ordered}.values())


def _below(viewer: Scope, plan: Plan) -> QuerySet[Plan]:
    if not plan.owner.path:
        # A person without a place has nobody below; every path begins with nothing.
        return Plan.objects.none()
    same = visible_plans(viewer).filter(subject="territory", period=plan.period)
    under = same.filter(owner__path__startswith=plan.owner.path).exclude(owner=plan.owner)
    return under.select_related("owner").order_by("owner__path", "pk")[:MOST]


def _parts(plans: Iterable[Plan]) -> dict[int, list[AnyPart]]:
    rows = PlanPart.objects.filter(
        plan__in=[plan.pk for plan in plans],
        kind__in=("objective", "opportunity"),
        removed_at__isnull=True,
        is_suggested=False,
    )
    found: dict[int, list[AnyPart]] = defaultdict(list)
    for row in rows.select_related("parent"):
        found[row.plan_id].append(typed_part(row))
    return found


def _objectives(
    plans: Iterable[Plan], parts: dict[int, list[AnyPart]]
) -> list[tuple[PlanHead, Objective]]:
    return [
        (_dated(plan), part)
        for plan in plans
        for part in parts[plan.pk]
        if isinstance(part, Objective)
    ]


def _line(plan: Plan, parts: list[AnyPart]) -> PlanBelow:
    chosen = (part for part in parts if isinstance(part, ChosenOpportunity))
    return PlanBelow(
        uid=plan.uid,
        title=plan.title,
        owner=plan.owner.name,
        state=plan.state,
        objectives=sum(isinstance(part, Objective) for part in parts),
        expected=sum((part.expected or Decimal(0) for part in chosen), Decimal(0)),
    )


def _dated(plan: Plan) -> PlanHead:
    """As much of a plan as targets are counted by."""
    return PlanHead(
        uid=plan.uid,
        title=plan.title,
        subject="territory",
        period=plan.period,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        state="draft",
        number=plan.number,
        owner=plan.owner_id,
    )
