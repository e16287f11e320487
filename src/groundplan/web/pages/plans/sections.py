"""A section of a plan: its parts as cards, in the shape that the section has."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from groundplan.kernel.errors import NotFound
from groundplan.kernel.figures import Figure
from groundplan.organisation.selectors import organisation, today
from groundplan.people.contracts import Scope
from groundplan.people.selectors import person_names
from groundplan.plans.contracts import AnyPart, Graph, Kind
from groundplan.plans.rules.kinds import Section
from groundplan.plans.rules.links import by_parent, referred
from groundplan.plans.rules.permissions import EDITABLE
from groundplan.plans.selectors.counting import numbers_below
from groundplan.plans.selectors.graphs import graph_of_plan
from groundplan.plans.selectors.titles import titles_of

from .cards import Add, Card, Known, add, card
from .frame import Frame, frame_of
from .measured import measured
from .unanswered import Unanswered, question_words, unanswered
from .words import HINTS, SECTIONS

READ: dict[Section, tuple[Kind, ...]] = {
    "assessment": ("answer",),
    "team": ("answer",),
    "whitespace": (),
    "opportunities": ("opportunity",),
    "strategies": ("strategy", "goal", "opportunity"),
    "work": ("strategy", "initiative"),
    "capacity": ("tactic",),
    "objectives": ("objective", "strategy", "goal"),
    "goals": ("goal",),
    "vision": (),
    "risks": ("risk", "contingency", "tactic"),
    "contingencies": ("risk", "contingency", "tactic"),
    "resources": ("resource",),
    "accountability": (),
}
"""The kinds of parts that a section needs: it reads no others."""
ADDED: dict[Section, tuple[Kind, ...]] = {
    "assessment": ("answer",),
    "team": ("answer",),
    "opportunities": ("opportunity",),
    "strategies": ("strategy",),
    "work": ("strategy",),
    "objectives": ("objective",),
    "goals": ("goal",),
    "risks": ("risk",),
    "contingencies": ("risk",),
    "resources": ("resource",),
}
OWN_SHAPE = ("whitespace", "capacity", "vision", "accountability")
MOST_AT_ONCE = 40
"""With more parts than this a tree's branches are loaded when they are opened."""


@dataclass(frozen=True, slots=True)
class Hours:
    """What the tactics ask of a person."""

    name: str
    tactics: int
    planned: Figure
    logged: Figure


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section with its parts."""

    plan: Frame
    code: Section
    label: str
    hint: str
    template: str
    cards: tuple[Card, ...]
    suggested: int
    adds: tuple[Add, ...]
    unanswered: tuple[Unanswered, ...]
    hours: tuple[Hours, ...]


def section_named(place: str) -> Section:
    """The section that a page asks from; only sections are places."""
    return next(code for code in READ if code == place)


def section_page(viewer: Scope, plan: Any, code: Section) -> SectionPage:
    """A section of a plan that `plan_of` gave."""
    frame = frame_of(viewer, plan)
    kinds = READ[code]
    graph = graph_of_plan(plan, kinds=kinds) if kinds else None
    cards: tuple[Card, ...] = ()
    known = known_of(frame, graph)
    if graph is not None and code != "capacity":
        cards = tuple(_cards(plan, graph, known, code))
        if frame.state not in EDITABLE:
            # What nobody kept before it was submitted is no part of the plan.
            cards = tuple(one for one in cards if not one.is_suggested)
        if code == "objectives":
            cards = measured(viewer, plan, graph, cards, known.currency)
    area = code if code in ("assessment", "team") else ""
    return SectionPage(
        plan=frame,
        code=code,
        label=str(SECTIONS[code]),
        hint=str(HINTS[code]),
        template=f"plans/sections/{code if code in OWN_SHAPE else 'cards'}.html",
        cards=cards,
        suggested=sum(_suggested(cards)),
        adds=_adds(frame, code),
        unanswered=unanswered(frame, graph.answers, area) if graph and area else (),
        hours=_hours(graph, known.persons) if graph and code == "capacity" else (),
    )


def known_of(frame: Frame, graph: Graph | None, *, with_money: bool = True) -> Known:
    """What the cards of a graph name."""
    parts = tuple(graph.parts()) if graph else ()
    owners = {owner for part in parts if (owner := getattr(part, "owner", None))}
    return Known(
        plan=frame.uid,
        persons=person_names(owners) if owners else {},
        titles=_titles(parts),
        words=question_words(),
        currency=organisation().currency if with_money else "",
        today=today(),
        may_edit=frame.may.edit,
        may_mark=frame.may.mark,
    )


def _titles(parts: Collection[AnyPart]) -> dict[UUID, str]:
    """Titles of the parts and of those that they name, which may stand in other sections."""
    own = {part.uid: part.title for part in parts}
    others = {uid for part in parts for uid in referred(part)} - own.keys()
    found = titles_of(others) if others else {}
    return {**own, **{UUID(uid): title for uid, title in found.items()}}


def _cards(plan: Any, graph: Graph, known: Known, code: Section) -> Iterable[Card]:
    if code == "work":
        return work_cards(plan, graph, known)
    if code in ("risks", "contingencies"):
        below = _below((*graph.contingencies, *graph.tactics))
        return [tree_card(one, below, known, code) for one in graph.risks]
    shown: Mapping[Section, Collection[AnyPart]] = {
        "assessment": [one for one in graph.answers if one.area == "assessment"],
        "team": [one for one in graph.answers if one.area == "team"],
        "opportunities": graph.opportunities,
        "strategies": graph.strategies,
        "objectives": graph.objectives,
        "goals": graph.goals,
        "resources": graph.resources,
    }
    return [card(one, known, code) for one in shown[code]]


def work_cards(plan: Any, graph: Graph, known: Known) -> Iterable[Card]:
    """Strategies with what hangs below; what is too much at once is loaded when opened."""
    numbers = numbers_below(plan)
    initiatives = _below(graph.initiatives)
    if sum(numbers.values()) <= MOST_AT_ONCE:
        only: tuple[Kind, ...] = ("tactic",)
        tactics = graph_of_plan(plan, kinds=only).tactics
        known = _also(known, tactics)
        below = {**initiatives, **_below(tactics)}
        return [tree_card(one, below, known, "work") for one in graph.strategies]
    closed = len(graph.initiatives) > MOST_AT_ONCE
    return [
        card(one, known, "work", more=numbers.get(one.uid, 0))
        if closed
        else card(one, known, "work", _closed(initiatives.get(one.uid, ()), known, numbers))
        for one in graph.strategies
    ]


def below_page(plan: Any, frame: Frame, uid: UUID, place: str) -> Card:
    """A part with what hangs directly below it. Raises NotFound where it isn't in the plan."""
    graph = graph_of_plan(plan, kinds=("strategy", "initiative", "tactic", "risk", "contingency"))
    part = next((one for one in graph.parts() if one.uid == uid), None)
    if part is None:
        raise NotFound("There is no such part in this plan.", mend="Reload the plan.")
    known = known_of(frame, graph)
    below, numbers = _below(graph.parts()), numbers_below(plan)
    return card(part, known, place, _closed(below.get(uid, ()), known, numbers, place))


def _below(parts: Iterable[AnyPart]) -> dict[UUID, list[AnyPart]]:
    """Parts of several kinds by what they hang below."""
    return by_parent(parts)


def tree_card(
    part: AnyPart, below: Mapping[UUID, Collection[AnyPart]], known: Known, place: str
) -> Card:
    """A part with everything below it."""
    children = [tree_card(one, below, known, place) for one in below.get(part.uid, ())]
    return card(part, known, place, children)


def _closed(
    parts: Iterable[AnyPart], known: Known, numbers: Mapping[UUID, int], place: str = "work"
) -> list[Card]:
    return [card(one, known, place, more=numbers.get(one.uid, 0)) for one in parts]


def _also(known: Known, tactics: Collection[Any]) -> Known:
    owners = {one.owner for one in tactics if one.owner} - known.persons.keys()
    persons = person_names(owners) if owners else {}
    return replace(
        known,
        persons={**known.persons, **persons},
        titles={**known.titles, **_titles(tactics)},
    )


def _adds(frame: Frame, code: Section) -> tuple[Add, ...]:
    if not frame.may.edit:
        return ()
    area = code if code in ("assessment", "team") else ""
    return tuple(add(frame.uid, kind, code, area=area) for kind in ADDED.get(code, ()))


def _suggested(cards: Iterable[Card]) -> Iterable[int]:
    for one in cards:
        yield int(one.is_suggested)
        yield from _suggested(one.children)


def _hours(graph: Graph, names: Mapping[int, str]) -> tuple[Hours, ...]:
    found: dict[str, list[Any]] = defaultdict(list)
    for one in graph.tactics:
        if not one.is_suggested and one.status != "dropped":
            found[names.get(one.owner or 0, "")].append(one)
    return tuple(
        Hours(
            name=name,
            tactics=len(tactics),
            planned=Figure(sum((one.hours or Decimal(0) for one in tactics), Decimal(0))),
            logged=Figure(sum((one.hours_logged or Decimal(0) for one in tactics), Decimal(0))),
        )
        for name, tactics in sorted(found.items())
    )
