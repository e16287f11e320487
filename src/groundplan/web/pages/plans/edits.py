"""Adding and editing parts in place: a form on GET, a service on POST, then the part again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import reswap

from groundplan.kernel.errors import InvalidInput, NotFound
from groundplan.plans.contracts import AnyPart, EditConflict, Kind
from groundplan.plans.rules.kinds import KINDS, section_of
from groundplan.plans.rules.typing import kind_of
from groundplan.plans.selectors.single import part_in_plan, typed_part
from groundplan.plans.services.parts import part_add, part_update
from groundplan.web.requests import SignedInRequest

from .answers import Told, at_plan, in_place, section_again, told
from .choices import choices_for
from .forming import (
    clashing_form,
    edit_page,
    new_page,
    refused_form,
    seen_version,
    shown_form,
    with_theirs,
)
from .forms import PartForm, initial_of
from .frame import Frame, opened
from .present import with_present
from .sections import section_named, section_page
from .showing import body, shown_card
from .words import SECTIONS

BOTH = ["GET", "POST"]


@require_http_methods(BOTH)
@vary_on_headers("HX-Request")
def part_new(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """Add a part; its form opens in the slot where it will stand."""
    row, frame = opened(request.viewer, plan)
    kind, area = _kind(request), request.GET.get("area", "")
    form = _new_form(request, row, frame, kind, request.POST or None)
    place, parent = place_of(request, kind, area), request.GET.get("parent", "")
    page = new_page(request, frame, form, f"slot-{place}-{kind}-{parent or 'top'}")
    if request.method != "POST":
        return shown_form(request, page)
    extra = {"area": area or "assessment"} if kind == "answer" else {}
    try:
        done = part_add(
            viewer=request.viewer,
            plan_uid=str(plan),
            kind=kind,
            values={**form.values(), **extra, **_names(form)},
            parent_uid=parent or None,
        )
    except InvalidInput as refused:
        return refused_form(request, page, refused)
    said = told(plan, _("Added."), done)
    if not request.htmx:
        return at_plan(request, said, place=place, part=done.uid)
    return _added(request, row, frame, said, (done.uid, kind, place, page.slot))


@require_http_methods(BOTH)
@vary_on_headers("HX-Request")
def part(request: SignedInRequest, plan: UUID, part: UUID) -> HttpResponse:
    """A part, or its form where it may be edited."""
    row, frame = opened(request.viewer, plan)
    found = typed_part(part_in_plan(request.viewer, plan, part))
    kind, area = kind_of(found), getattr(found, "area", "")
    place = place_of(request, kind, area)
    if request.method != "POST" and ("show" in request.GET or not frame.may.edit):
        return body(request, shown_card(request.viewer, row, frame, found, place), frame)
    typed: QueryDict | None = request.POST or None
    initial = initial_of(kind, found)
    if typed and "theirs" in typed:
        typed = with_theirs(typed, initial)
    offered = choices_for(request.viewer, row, frame, kind, area)
    choices = with_present(request.viewer, offered, kind, found)
    form = PartForm(kind, choices, typed, initial=initial, auto_id=f"{part}-%s")
    if typed is None or "theirs" in typed:
        return shown_form(request, edit_page(request, frame, form, found, place))
    return _save(request, row, frame, form, (found, place))


def _save(
    request: SignedInRequest, row: Any, frame: Frame, form: PartForm, stands: tuple[AnyPart, str]
) -> HttpResponse:
    found, place = stands
    page = edit_page(request, frame, form, found, place)
    try:
        done = part_update(
            viewer=request.viewer,
            uid=str(found.uid),
            values={**form.values(), **_names(form)},
            seen=seen_version(request.POST),
        )
    except EditConflict as clash:
        return clashing_form(request, page, clash)
    except InvalidInput as refused:
        return refused_form(request, page, refused)
    text = _("Saved.") if done.number else _("Nothing was different.")
    said = told(frame.uid, text, done)
    if not request.htmx:
        return at_plan(request, said, place=place, part=found.uid)
    now = typed_part(part_in_plan(request.viewer, frame.uid, found.uid))
    shown = body(request, shown_card(request.viewer, row, frame, now, place), frame)
    return in_place(shown, said, part=found.uid)


def _added(
    request: SignedInRequest,
    row: Any,
    frame: Frame,
    said: Told,
    stands: tuple[UUID, Kind, str, str],
) -> HttpResponse:
    """The new part in place of its form, and a slot, with a form again if one is asked for."""
    uid, kind, place, slot = stands
    if kind == "answer" and "another" not in request.POST:
        # Its question isn't open any more.
        again = section_page(request.viewer, row, section_named(place))
        return section_again(request, again, said, part=uid)
    added = typed_part(part_in_plan(request.viewer, frame.uid, uid))
    another = "another" in request.POST
    form = _new_form(request, row, frame, kind, None) if another else None
    page = new_page(request, frame, form, slot) if form else None
    context = {
        "card": shown_card(request.viewer, row, frame, added, place),
        "page": page,
        "slot": slot,
    }
    response = reswap(render(request, "plans/added.html", context), "outerHTML")
    return in_place(response, said, part="" if another else uid)


def _new_form(request: SignedInRequest, row: Any, frame: Frame, kind: Kind, typed: Any) -> PartForm:
    area = request.GET.get("area", "")
    start: dict[str, Any] = {"question": request.GET.get("question", "")}
    if kind == "tactic":
        start["owner"] = str(request.viewer.person_id or "")
    elif kind == "objective":
        start["due_on"] = frame.ends_on.isoformat()
    elif kind == "opportunity" and frame.account:
        start["account"] = str(frame.account)
    choices = choices_for(request.viewer, row, frame, kind, area)
    return PartForm(kind, choices, typed, initial=start, auto_id=f"new-{kind}-%s")


def _names(form: PartForm) -> dict[str, str]:
    """The name of a chosen account beside its uid: a plan keeps both as they were."""
    if form.kind != "opportunity" or not form.data.get("account"):
        return {}
    known = dict(form.fields["account"].choices)  # type: ignore[attr-defined]
    return {"account_name": str(known.get(form.data["account"], ""))}


def _kind(request: SignedInRequest) -> Kind:
    asked = request.GET.get("kind", "")
    kind = next((one for one in KINDS if one == asked), None)
    if kind is None:
        raise NotFound("There is no such kind of part.")
    return kind


def place_of(request: SignedInRequest, kind: Kind, area: str = "") -> str:
    """The section of the page that asks: a part may stand in two."""
    place = request.GET.get("in", "")
    return place if place in SECTIONS else section_of(kind, area)
