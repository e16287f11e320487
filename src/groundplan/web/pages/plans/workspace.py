"""The workspace: what a plan has in each section, in an order; sections load when opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groundplan.people.contracts import Scope
from groundplan.plans.rules.kinds import BUILD_ORDER, PRESENTATION_ORDER, TEN_PARTS, Section
from groundplan.plans.rules.permissions import EDITABLE
from groundplan.plans.selectors.counting import Counts, counts_of

from .frame import Frame, opened
from .sections import SectionPage, section_page
from .words import HINTS, ORDERS, SECTIONS, TEN

EVERY = "all"
"""Asked for as a section: all of them."""
Bodies = Mapping[Section, SectionPage]


@dataclass(frozen=True, slots=True)
class Step:
    """A section in the outline: what it has, and what it lacks once the check has said so."""

    code: Section
    number: int
    label: str
    hint: str
    note: str
    state: str
    address: str
    fragment: str
    body: SectionPage | None


@dataclass(frozen=True, slots=True)
class Group:
    """Sections under one heading; the heading is empty where each stands for itself."""

    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Order:
    code: str
    label: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Workspace:
    """One plan in one of its orders."""

    plan: Frame
    order: str
    orders: tuple[Order, ...]
    groups: tuple[Group, ...]
    suggested: int
    is_empty: bool


def workspace(viewer: Scope, uid: UUID, *, order: str = "", section: str = "") -> Workspace:
    """The plan with one section open: the one asked for, else the first that has nothing yet; or
    with all of them, as it is read at one go or printed."""
    plan, frame = opened(viewer, uid)
    counts = counts_of(plan)
    order = order if order in ORDERS else "build"
    shown = _shown(order) if section == EVERY else (_chosen(section, frame, counts, order),)
    bodies = {code: section_page(viewer, plan, code) for code in shown}
    return Workspace(
        plan=frame,
        order=order,
        orders=tuple(_orders(frame, order)),
        groups=groups_of(frame, order, Standing(counts), bodies),
        suggested=sum(counts.suggested.values()),
        is_empty=not counts.kept and not counts.suggested,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a plan's sections are: what each has, and in how many places it isn't right yet."""

    counts: Counts
    lacking: Mapping[Section, int] = field(default_factory=dict)


def groups_of(
    plan: Frame, order: str, standing: Standing, bodies: Bodies | None = None
) -> tuple[Group, ...]:
    """The sections in an order; `bodies` are those that are open."""
    ordered = list(_ordered(order))
    starts = accumulate((len(sections) for _label, sections in ordered), initial=1)
    return tuple(
        Group(
            label,
            tuple(
                _step(plan, (order, number), code, standing, bodies or {})
                for number, code in enumerate(sections, start)
            ),
        )
        for start, (label, sections) in zip(starts, ordered, strict=False)
    )


def _ordered(order: str) -> Iterable[tuple[str, tuple[Section, ...]]]:
    if order == "parts":
        return [(str(TEN[name]), sections) for name, sections in TEN_PARTS]
    return [("", PRESENTATION_ORDER if order == "present" else BUILD_ORDER)]


def _step(
    plan: Frame,
    place: tuple[str, int],
    code: Section,
    standing: Standing,
    bodies: Bodies,
) -> Step:
    order, number = place
    base, lacks = f"/plans/{plan.uid}/", standing.lacking.get(code, 0)
    return Step(
        code=code,
        number=number,
        label=str(SECTIONS[code]),
        hint=str(HINTS[code]),
        note=_note(plan, code, standing.counts, lacks),
        state=_state(plan, code, standing.counts, lacks),
        address=f"{base}?order={order}&section={code}#section-{code}",
        fragment=f"{base}section/{code}/",
        body=bodies.get(code),
    )


def _note(plan: Frame, code: Section, counts: Counts, lacks: int) -> str:
    kept = counts.kept.get(code, 0)
    suggested = counts.suggested.get(code, 0) if plan.state in EDITABLE else 0
    told = []
    if kept:
        told.append(ngettext("%(n)s part", "%(n)s parts", kept) % {"n": kept})
    if suggested:
        told.append(_("%(n)s suggested") % {"n": suggested})
    if lacks:
        told.append(ngettext("%(n)s to mend", "%(n)s to mend", lacks) % {"n": lacks})
    if code == "vision":
        told.append(_("written") if plan.vision else _("nothing yet"))
    if code == "accountability" and not plan.next_review_on:
        told.append(_("no review date"))
    return ", ".join(told) or ("" if code in FREE else _("nothing yet"))


FREE: tuple[Section, ...] = ("whitespace", "capacity", "accountability")
"""Sections without parts of their own."""


def _state(plan: Frame, code: Section, counts: Counts, lacks: int) -> str:
    """done, lacking (something isn't right), ahead (nothing there yet) or free."""
    if lacks:
        return "lacking"
    if code == "vision":
        return "done" if plan.vision else "ahead"
    if code in FREE:
        return "free"
    return "done" if counts.kept.get(code) else "ahead"


def _orders(plan: Frame, chosen: str) -> Iterable[Order]:
    for code, label in ORDERS.items():
        yield Order(code, str(label), f"/plans/{plan.uid}/?order={code}", code == chosen)


def _shown(order: str) -> tuple[Section, ...]:
    return tuple(code for _label, sections in _ordered(order) for code in sections)


def _chosen(section: str, plan: Frame, counts: Counts, order: str) -> Section:
    shown = _shown(order)
    if section in shown:
        return next(code for code in shown if code == section)
    if order != "build":
        return shown[0]
    there = {code for code in shown if counts.kept.get(code)} | (
        {"vision"} if plan.vision else set()
    )
    ahead = (code for code in shown if code not in FREE and code not in there)
    return next(ahead, shown[0])
