"""What the plans below a manager's plan come to."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from groundplan.kernel.figures import Figure
from groundplan.organisation.selectors import organisation
from groundplan.people.contracts import Scope
from groundplan.plans.rules.metrics import metric_of
from groundplan.plans.rules.rolling import Rolled
from groundplan.plans.selectors.rolling import PlanBelow, rolled_up
from groundplan.web.requests import SignedInRequest

from .frame import Frame, opened
from .words import STATES


@dataclass(frozen=True, slots=True)
class BelowLine:
    """A plan of the roll-up."""

    uid: UUID
    title: str
    owner: str
    state: str
    objectives: int
    expected: Figure


@dataclass(frozen=True, slots=True)
class MetricLine:
    """A metric: what this plan asks for, what the plans below do, and what is left open."""

    label: str
    own: Figure
    below: Figure
    gap: Figure
    is_short: bool


@dataclass(frozen=True, slots=True)
class RollUpPage:
    """A plan with those below it."""

    plan: Frame
    plans: tuple[BelowLine, ...]
    metrics: tuple[MetricLine, ...]


@require_GET
def roll_up(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """The plans of everybody below, and their targets beside this plan's."""
    page = roll_up_page(request.viewer, plan)
    return render(request, "plans/roll_up.html", {"page": page, "plan": page.plan})


def roll_up_page(viewer: Scope, uid: UUID) -> RollUpPage:
    """Raises NotFound for a plan that the viewer may not see."""
    _row, frame = opened(viewer, uid)
    found = rolled_up(viewer, uid)
    currency = organisation().currency
    return RollUpPage(
        plan=frame,
        plans=tuple(_line(one, currency) for one in found.plans),
        metrics=tuple(_metric(one, currency) for one in found.metrics),
    )


def _line(one: PlanBelow, currency: str) -> BelowLine:
    return BelowLine(
        uid=one.uid,
        title=one.title,
        owner=one.owner,
        state=str(STATES.get(one.state, one.state)),
        objectives=one.objectives,
        expected=Figure(one.expected, "money", currency),
    )


def _metric(one: Rolled, currency: str) -> MetricLine:
    def figure(value: Decimal) -> Figure:
        if metric_of(one.metric).unit == "money":
            return Figure(value, "money", currency)
        return Figure(value, "count")

    label = _(metric_of(one.metric).name)
    return MetricLine(label, figure(one.own), figure(one.below), figure(one.gap), one.gap > 0)
