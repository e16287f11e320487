"""My week and my team's: what is due, what is late, what became of it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from groundplan.organisation.selectors import today
from groundplan.plans.contracts import EditConflict, WeekLine
from groundplan.plans.selectors.weeks import week_line
from groundplan.plans.services.progress import tactic_mark
from groundplan.web.answers import done_at
from groundplan.web.pages.plans.forming import seen_version
from groundplan.web.pages.plans.marking import MarkForm
from groundplan.web.pages.plans.stored import names_in, told
from groundplan.web.pages.plans.words import field_word
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast

from .contexts import week_context


@dataclass(frozen=True, slots=True)
class MarkPage:
    """A tactic of the week and the form that says what became of it; `seen` is the version of the
    tactic that whoever types saw."""

    line: WeekLine
    form: forms.Form
    action: str
    back: str
    draft: str
    seen: int


@require_GET
def week_page(request: SignedInRequest) -> HttpResponse:
    """A week, mine or my team's."""
    asked = request.GET
    page = week_context(request.viewer, of=asked.get("of", ""), around=_day(asked.get("around")))
    return render(request, "week/page.html", {"page": page})


@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def mark(request: SignedInRequest, tactic: UUID) -> HttpResponse:
    """Say what became of a tactic: done, moved to another day, dropped, and hours spent."""
    around, of = _day(request.GET.get("around")) or today(), request.GET.get("of", "")
    line = week_line(request.viewer, tactic)
    if line is None:
        raise NotFound("There is no such tactic in this week.", mend="Reload the page.")
    start = {
        "status": "done" if line.status == "planned" else line.status,
        "reason": line.reason,
        "hours_logged": line.hours_logged or line.hours or "",
    }
    form = MarkForm(request.POST or None, initial=start, auto_id=f"mark-{tactic}-%s")
    back = f"/week/?of={of}&around={around.isoformat()}"
    draft = f"{request.viewer.user_id}:{request.path}"
    sent = seen_version(request.POST)
    seen = line.version if sent is None else sent
    page = MarkPage(line, form, request.get_full_path(), back, draft, seen)
    if request.method != "POST":
        return _form(request, page)
    names = ("status", "reason", "due_on", "hours_logged")
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in names}
    try:
        done = tactic_mark(viewer=request.viewer, uid=str(tactic), seen=sent, **typed)
    except EditConflict as clash:
        form.add_error(None, _clashing(request, clash))
        return _form(request, replace(page, seen=clash.version), status=422)
    except (InvalidInput, Conflict, NotAllowed) as refused:
        field = getattr(refused, "field", "")
        form.add_error(field if field in form.fields else None, str(refused))
        return _form(request, page, status=422)
    undo = f"/plans/{line.plan}/undo/{done.number}/" if line.plan and done.number else ""
    toast(request, _("Marked."), undo=undo)
    return done_at(request, back)


def _clashing(request: SignedInRequest, clash: EditConflict) -> str:
    """What somebody else said of the tactic meanwhile; saving again says it over theirs."""
    names = names_in(request.viewer, [(one.field, one.theirs) for one in clash.clashes])
    said = ", ".join(
        f"{field_word(one.field)} {told(one.field, one.theirs, names)}" for one in clash.clashes
    )
    return f"{clash.message} {said}. " + _("Save again to put yours over it.")


def _form(request: SignedInRequest, page: MarkPage, *, status: int = 200) -> HttpResponse:
    template = "week/mark.html" if request.htmx else "week/mark_page.html"
    return render(request, template, {"page": page}, status=status)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
