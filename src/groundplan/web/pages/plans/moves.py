"""What is done to a part beside editing it: moved, removed, kept, marked, checked in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from groundplan.kernel.errors import InvalidInput
from groundplan.plans.contracts import Done, EditConflict
from groundplan.plans.rules.kinds import KINDS
from groundplan.plans.rules.typing import kind_of
from groundplan.plans.selectors.single import homes_of, part_in_plan, siblings_of, typed_part
from groundplan.plans.selectors.suggestions import suggestions_of
from groundplan.plans.services.keeping import part_keep, parts_keep
from groundplan.plans.services.moving import part_move, part_remove
from groundplan.plans.services.progress import objective_check_in, tactic_mark
from groundplan.web.requests import SignedInRequest

from .answers import Told, at_plan, in_place, section_again, told
from .edits import BOTH, place_of
from .forming import (
    FormPage,
    clashing_form,
    refused_form,
    seen_of,
    seen_version,
    shown_form,
    with_theirs,
)
from .frame import Frame, opened
from .marking import MarkForm
from .sections import READ, section_named, section_page
from .showing import body, shown_card
from .words import KINDS as KIND_WORDS


@dataclass(frozen=True, slots=True)
class MovePage:
    """Where a part can go: below which others, and before which of its siblings."""

    plan: Frame
    title: str
    action: str
    homes: tuple[tuple[str, str, bool], ...]
    siblings: tuple[tuple[str, str], ...]
    back: str


class ActualForm(forms.Form):
    """What an objective has come to, where no facts tell."""

    actual = forms.CharField(
        label=gettext_lazy("Actual"), widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )


@require_http_methods(BOTH)
def move(request: SignedInRequest, plan: UUID, part: UUID) -> HttpResponse:
    """Hang a part elsewhere, or change its place among its siblings."""
    row, frame = opened(request.viewer, plan)
    found = part_in_plan(request.viewer, plan, part)
    place = place_of(request, kind_of(typed_part(found)))
    if request.method != "POST":
        template = "plans/move.html" if request.htmx else "plans/move_page.html"
        page = _move_page(request, frame, found, place)
        return render(request, template, {"page": page, "plan": frame})
    before = _step(found, request.POST.get("step", "")) or request.POST.get("before") or None
    done = part_move(
        viewer=request.viewer,
        uid=str(part),
        parent_uid=request.POST.get("parent") or None,
        before_uid=None if before == LAST else before,
    )
    said = told(plan, _("Moved.") if done.number else _("It is there already."), done)
    if request.htmx:
        again = section_page(request.viewer, row, section_named(place))
        return section_again(request, again, said, part=part)
    return at_plan(request, said, place=place, part=part)


@require_POST
def remove(request: SignedInRequest, plan: UUID, part: UUID) -> HttpResponse:
    """Remove a part with what hangs below it; a suggestion is dismissed."""
    found = part_in_plan(request.viewer, plan, part)
    place = place_of(request, kind_of(typed_part(found)))
    done = part_remove(viewer=request.viewer, uid=str(part))
    text = _("Dismissed.") if found.is_suggested else _("Removed, with what was below it.")
    said = told(plan, text, done)
    if request.htmx:
        return in_place(HttpResponse(), said)
    return at_plan(request, said, place=place)


@require_POST
def keep(request: SignedInRequest, plan: UUID, part: UUID) -> HttpResponse:
    """Keep a suggestion: from now on it counts."""
    row, frame = opened(request.viewer, plan)
    part_in_plan(request.viewer, plan, part)
    done = part_keep(viewer=request.viewer, uid=str(part))
    said = told(plan, _("Kept."), done)
    now = typed_part(part_in_plan(request.viewer, plan, part))
    place = place_of(request, kind_of(now), getattr(now, "area", ""))
    if request.htmx:
        return in_place(
            body(request, shown_card(request.viewer, row, frame, now, place), frame),
            said,
            part=part,
        )
    return at_plan(request, said, place=place, part=part)


@require_POST
def keep_all(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """Keep every suggestion of a section, or of the whole plan."""
    row, _frame = opened(request.viewer, plan)
    place = request.POST.get("section", "")
    uids = suggestions_of(row, section_named(place) if place in READ else None)
    number = 0
    if parts_keep(viewer=request.viewer, uids=uids):
        # Kept at once, they are undone at once: by the last change of them.
        number = opened(request.viewer, plan)[1].revision
    said = Told(plan, _("%(n)s kept.") % {"n": len(uids)}, number)
    if request.htmx and place in READ:
        again = section_page(request.viewer, row, section_named(place))
        return section_again(request, again, said)
    return at_plan(request, said, place=place)


@require_http_methods(BOTH)
def mark(request: SignedInRequest, plan: UUID, part: UUID) -> HttpResponse:
    """Say how far a tactic is."""
    row, frame = opened(request.viewer, plan)
    found = typed_part(part_in_plan(request.viewer, plan, part))
    start = {
        "status": getattr(found, "status", ""),
        "hours_logged": getattr(found, "hours_logged", None) or "",
        "reason": getattr(found, "reason", ""),
    }
    form = MarkForm(_typed(request, start), initial=start, auto_id=f"mark-{part}-%s")
    page = _form_page(request, frame, form, found, _("Mark the tactic"))
    if request.method != "POST" or "theirs" in request.POST:
        return shown_form(request, page)
    names = ("status", "reason", "due_on", "hours_logged")
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in names}
    return _recorded(request, row, page, part, partial(tactic_mark, **typed))


@require_http_methods(BOTH)
def check_in(request: SignedInRequest, plan: UUID, part: UUID) -> HttpResponse:
    """Say what an objective has come to."""
    row, frame = opened(request.viewer, plan)
    found = typed_part(part_in_plan(request.viewer, plan, part))
    start = {"actual": getattr(found, "actual", None) or ""}
    form = ActualForm(_typed(request, start), initial=start, auto_id=f"actual-{part}-%s")
    page = _form_page(request, frame, form, found, _("Check in"))
    if request.method != "POST" or "theirs" in request.POST:
        return shown_form(request, page)
    actual = request.POST.get("actual", "")
    return _recorded(request, row, page, part, partial(objective_check_in, actual=actual))


def _typed(request: SignedInRequest, start: dict[str, Any]) -> QueryDict | None:
    """What was typed, with theirs where that is taken of two people's."""
    sent = request.POST or None
    return with_theirs(sent, start) if sent and "theirs" in sent else sent


def _recorded(
    request: SignedInRequest, row: Any, page: FormPage, part: UUID, record: Callable[..., Done]
) -> HttpResponse:
    """Note what was typed of a part, and show it again."""
    seen = seen_version(request.POST)
    try:
        done = record(viewer=request.viewer, uid=str(part), seen=seen)
    except EditConflict as clash:
        return clashing_form(request, page, clash)
    except InvalidInput as refused:
        return refused_form(request, page, refused)
    return _shown(request, row, page.plan, part, done)


LAST = "last"


def _step(found: Any, step: str) -> str:
    """The sibling to stand before after a step up or down; LAST at the end, empty without one."""
    uids = [str(uid) for uid, _title in siblings_of(found)] if step else []
    if not uids:
        return ""
    at = uids.index(str(found.uid))
    if step == "up":
        return uids[max(at - 1, 0)] if at else uids[min(1, len(uids) - 1)]
    return uids[at + 2] if at + 2 < len(uids) else LAST


def _move_page(request: SignedInRequest, frame: Frame, found: Any, place: str) -> MovePage:
    kinds = KINDS[kind_of(typed_part(found))].below
    above = str(found.parent.uid) if found.parent else ""
    homes = tuple(
        (str(uid), f"{title} ({KIND_WORDS[kind]})", str(uid) == above)
        for uid, kind, title in (homes_of(found, kinds) if kinds else [])
    )
    siblings = tuple((str(uid), title) for uid, title in siblings_of(found) if uid != found.uid)
    return MovePage(
        plan=frame,
        title=found.title,
        action=f"{request.path}?in={place}",
        homes=homes,
        siblings=siblings,
        back=f"/plans/{frame.uid}/?section={place}",
    )


def _form_page(
    request: SignedInRequest, frame: Frame, form: forms.Form, found: Any, title: str
) -> FormPage:
    place = place_of(request, kind_of(found))
    return FormPage(
        plan=frame,
        title=title,
        form=form,
        action=request.get_full_path(),
        anchor=f"{place}-{found.uid}",
        back=f"/plans/{frame.uid}/?section={place}",
        draft=f"{frame.viewer}:{request.path}",
        cancel=f"/plans/{frame.uid}/part/{found.uid}/?in={place}&show=1",
        seen=seen_of(request, found),
    )


def _shown(
    request: SignedInRequest, row: Any, frame: Frame, part: UUID, done: Done
) -> HttpResponse:
    now = typed_part(part_in_plan(request.viewer, frame.uid, part))
    place, said = place_of(request, kind_of(now)), told(frame.uid, _("Noted."), done)
    if request.htmx:
        return in_place(
            body(request, shown_card(request.viewer, row, frame, now, place), frame),
            said,
            part=part,
        )
    return at_plan(request, said, place=place, part=part)
