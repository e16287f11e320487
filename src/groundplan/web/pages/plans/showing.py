"""One part again, as its section shows it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from groundplan.people.contracts import Scope
from groundplan.plans.contracts import AnyPart, Graph
from groundplan.plans.rules.kinds import KINDS
from groundplan.plans.rules.typing import graph_of, kind_of
from groundplan.plans.selectors.graphs import graph_of_plan, head_of
from groundplan.web.requests import SignedInRequest

from .cards import Card, card
from .frame import Frame
from .measured import measured
from .sections import known_of


def shown_card(viewer: Scope, row: Any, frame: Frame, part: AnyPart, place: str) -> Card:
    """The part without what hangs below it: that stays as the page has it."""
    around = _around(row, part)
    known = known_of(frame, around)
    shown = card(part, known, place)
    return measured(viewer, row, around, [shown], known.currency)[0]


def _around(row: Any, part: AnyPart) -> Graph:
    """The part among those that it names."""
    named = {one.of for one in KINDS[kind_of(part)].fields if one.of}
    if not named:
        return graph_of(head_of(row), [(kind_of(part), part)])
    around = graph_of_plan(row, kinds=tuple(named))
    others = [(kind_of(one), one) for one in around.parts()]
    return graph_of(around.plan, [*others, (kind_of(part), part)])


def body(request: SignedInRequest, shown: Card, frame: Frame) -> HttpResponse:
    """What a part says, in place, or as a page of its own."""
    if request.htmx:
        return render(request, "plans/body.html", {"card": shown})
    return render(request, "plans/part_page.html", {"card": shown, "plan": frame})
