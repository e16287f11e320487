"""Objectives with how far they are: the actual, its pace, and what revenue is held against."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from groundplan.kernel.figures import Figure, Trace
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Graph, Objective
from groundplan.plans.rules.metrics import Unit, is_whole, metric_of
from groundplan.plans.selectors.actuals import Actual, Benchmark, actuals, benchmark

from .cards import Card, Line
from .words import NO_RANGE, WHY_NOT, field_word


def measured(
    viewer: Scope, plan: Any, graph: Graph, cards: Iterable[Card], currency: str
) -> tuple[Card, ...]:
    """The cards of objectives of a plan that `plan_of` gave, each with its numbers."""
    shown = tuple(cards)
    wanted = {card.uid for card in shown}
    objectives = {one.uid: one for one in graph.objectives if one.uid in wanted}
    if not objectives:
        return shown
    only = replace(graph, objectives=tuple(objectives.values()))
    found, beside = actuals(viewer, plan, only), benchmark(viewer, plan)
    return tuple(
        _with_numbers(card, objectives[card.uid], found[card.uid], beside, currency)
        if card.uid in objectives
        else card
        for card in shown
    )


def _with_numbers(
    card: Card, objective: Objective, actual: Actual, beside: Benchmark, currency: str
) -> Card:
    unit = metric_of(objective.metric).unit
    replaced = {field_word("target"), field_word("actual")}
    lines = [line for line in card.lines if line.label not in replaced]
    lines += _numbers(objective, actual, unit, currency)
    # What the whole plan is held against says nothing of a part of it.
    if objective.metric == "revenue" and is_whole(objective):
        lines += _beside(beside, currency)
    return replace(card, lines=tuple(lines))


def _numbers(objective: Objective, actual: Actual, unit: Unit, currency: str) -> Iterable[Line]:
    pace = actual.pace
    if objective.target is not None:
        yield Line(field_word("target"), figure=_figure(objective.target, unit, currency))
    if objective.per and pace.target != objective.target:
        yield Line(_("Target in all"), figure=_figure(pace.target, unit, currency))
    if actual.why:
        yield Line(_("Not counted from facts"), str(WHY_NOT[actual.why]))
    if pace.actual is None:
        return
    label = _("Actual, counted from facts") if actual.is_counted else field_word("actual")
    yield Line(label, figure=_figure(pace.actual, unit, currency, actual.trace))
    if pace.done is None:
        return
    yield Line(_("Reached"), figure=Figure(pace.done, "share"))
    if pace.is_reached:
        yield Line(_("Pace"), _("reached"))
    elif pace.expected:
        yield Line(_("Expected by now"), figure=_figure(pace.expected, unit, currency))
        yield Line(_("Pace"), _("behind") if pace.is_behind else _("on pace"))


def _beside(beside: Benchmark, currency: str) -> Iterable[Line]:
    """The quota, and what can be expected of the plan or why nobody can tell."""
    if beside.revenue_goal is not None:
        label = _("Quota or goal of the period")
        yield Line(label, figure=_figure(beside.revenue_goal, "money", currency, beside.goal_trace))
    if beside.outlook.why:
        yield Line(_("Range of expected revenue"), str(NO_RANGE[beside.outlook.why]))
        return
    for label, name in (
        (_("Nine of ten outcomes lie above"), "p10"),
        (_("Half of the outcomes lie above"), "p50"),
        (_("One of ten outcomes lies above"), "p90"),
    ):
        value = getattr(beside.outlook, name)
        yield Line(label, figure=_figure(value, "money", currency, beside.traces.get(name)))


def _figure(value: Decimal, unit: Unit, currency: str, trace: Trace | None = None) -> Figure:
    if unit == "money":
        return Figure(value, "money", currency, trace)
    if unit == "percent":
        return Figure(float(value) / 100, "share", "", trace)
    return Figure(round(value, 1), "count", "", trace)
