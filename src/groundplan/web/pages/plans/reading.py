"""A strategy on one page, and the path from any part up to its goals and down to its work."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import AnyPart, Graph, Strategy
from groundplan.plans.rules.links import by_uid
from groundplan.plans.rules.tree import Node, PathUp, path_up, tree_below
from groundplan.plans.rules.typing import kind_of
from groundplan.plans.selectors.graphs import graph_of_plan
from groundplan.web.requests import SignedInRequest

from .cards import Card, Citation, Known, card, citation
from .frame import Frame, opened
from .measured import measured
from .sections import known_of


@dataclass(frozen=True, slots=True)
class Way:
    """One step of a path: a part, and how deep it stands."""

    card: Card
    depth: int
    is_here: bool
    role: str


@dataclass(frozen=True, slots=True)
class OnePage:
    """A strategy with all that it serves, rests on, is measured by and is carried out by."""

    plan: Frame
    strategy: Card
    goals: tuple[Card, ...]
    opportunities: tuple[Card, ...]
    objectives: tuple[Card, ...]
    work: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class PathPage:
    """A part between what it is for and what is done for it."""

    plan: Frame
    title: str
    up: tuple[Way, ...]
    below: tuple[Way, ...]
    evidence: tuple[Citation, ...]


@require_GET
def strategy(request: SignedInRequest, plan: UUID, part: UUID) -> HttpResponse:
    """A strategy on one page."""
    page = one_page(request.viewer, plan, part)
    return render(request, "plans/strategy.html", {"page": page, "plan": page.plan})


@require_GET
def path_of(request: SignedInRequest, plan: UUID, part: UUID) -> HttpResponse:
    """From a part up to goal and evidence, and down to the work."""
    page = path_page(request.viewer, plan, part)
    return render(request, "plans/path.html", {"page": page, "plan": page.plan})


def one_page(viewer: Scope, uid: UUID, part: UUID) -> OnePage:
    """Raises NotFound for what is no strategy of the plan."""
    plan, frame = opened(viewer, uid)
    graph, found, known = _read(plan, frame, part)
    if not isinstance(found, Strategy):
        raise NotFound("There is no such strategy.", mend="Reload the plan.")
    goals, chosen = set(found.goals), set(found.opportunities)
    node = tree_below(graph, part)
    objectives = _cards(node.objectives, known)
    return OnePage(
        plan=frame,
        strategy=card(found, known, "strategies"),
        goals=_cards((one for one in graph.goals if one.uid in goals), known),
        opportunities=_cards((one for one in graph.opportunities if one.uid in chosen), known),
        objectives=measured(viewer, plan, graph, objectives, known.currency),
        work=tuple(way for below in node.below for way in _down(below, known, 0)),
    )


def path_page(viewer: Scope, uid: UUID, part: UUID) -> PathPage:
    """Raises NotFound for what is no part of the plan."""
    plan, frame = opened(viewer, uid)
    graph, found, known = _read(plan, frame, part)
    path = path_up(graph, part)
    here = card(found, known, "path")
    below = [way for one in tree_below(graph, part).below for way in _down(one, known, 0)]
    return PathPage(
        plan=frame,
        title=here.title,
        up=tuple(_up(path, known)),
        below=tuple(below),
        evidence=tuple(citation(cited) for _part, cited in path.evidence),
    )


def _read(plan: Any, frame: Frame, part: UUID) -> tuple[Graph, AnyPart, Known]:
    graph = graph_of_plan(plan)
    found = by_uid(graph).get(part)
    if found is None:
        raise NotFound("There is no such part in this plan.", mend="Reload the plan.")
    # What is read here is edited in the workspace.
    return graph, found, _read_only(known_of(frame, graph))


def _read_only(known: Known) -> Known:
    return replace(known, may_edit=False, may_mark=False)


def _up(path: PathUp, known: Known) -> Iterable[Way]:
    """Goals first, the part itself last."""
    for goal in path.goals:
        yield Way(card(goal, known, "path"), 0, False, _("goal"))
    for objective in path.objectives:
        if objective.uid != path.part.uid:
            yield Way(card(objective, known, "path"), 0, False, _("objective"))
    for depth, one in enumerate(reversed(path.above)):
        shown = card(one, known, "path")
        yield Way(shown, depth, False, shown.kind_label)
    here = card(path.part, known, "path")
    yield Way(here, len(path.above), True, here.kind_label)


def _down(node: Node, known: Known, depth: int) -> Iterable[Way]:
    shown = card(node.part, known, "path")
    yield Way(shown, depth, False, shown.kind_label)
    for one in node.below:
        yield from _down(one, known, depth + 1)


def _cards(parts: Iterable[AnyPart], known: Known) -> tuple[Card, ...]:
    return tuple(card(one, known, kind_of(one)) for one in parts)
