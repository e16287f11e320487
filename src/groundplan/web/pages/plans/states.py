"""A plan's head and its way: edited, submitted, decided on, carried out, followed by the next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from groundplan.kernel.errors import Conflict, GroundplanError, InvalidInput, NotAllowed
from groundplan.people.selectors import persons_by_id
from groundplan.plans.contracts import EditConflict
from groundplan.plans.selectors.versions import versions_of
from groundplan.plans.services.accepting import (
    plan_accept,
    plan_begin,
    plan_close,
    plan_reopen,
    plan_return,
    plan_revise,
    plan_submit,
    plan_withdraw,
)
from groundplan.plans.services.copying import plan_cut
from groundplan.plans.services.heads import plan_update
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error

from .answers import at_plan, in_place, told
from .beginning import periods_after
from .forming import FormPage, clashing_form, refused_form, shown_form, with_theirs
from .frame import Frame, opened
from .health import FindingLine, Health, health

BOTH = ["GET", "POST"]
HEAD = ("title", "vision", "next_review_on", "manager")
VERBS: Mapping[str, tuple[Callable[..., Any], Promise]] = {
    "submit": (plan_submit, gettext_lazy("Submitted: who accepts it has been told.")),
    "begin": (plan_begin, gettext_lazy("In execution: who has tactics in it has been told.")),
    "withdraw": (
        plan_withdraw,
        gettext_lazy("Withdrawn: a draft again, and who was to accept it has been told."),
    ),
    "close": (plan_close, gettext_lazy("Closed. Whoever may accept it can reopen it.")),
    "reopen": (plan_reopen, gettext_lazy("Reopened: in execution again.")),
    "revise": (plan_revise, gettext_lazy("The next version is a draft now.")),
}


class HeadForm(forms.Form):
    """What a plan says of itself."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    vision = forms.CharField(
        label=gettext_lazy("Vision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Where this should be in three years."),
    )
    next_review_on = forms.CharField(
        label=gettext_lazy("Next review"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    manager = forms.ChoiceField(
        label=gettext_lazy("First-line manager"),
        required=False,
        help_text=gettext_lazy("Accepts the plan: somebody above its owner."),
    )


class CutForm(forms.Form):
    """The period that a plan is cut or carried over for."""

    period = forms.ChoiceField(label=gettext_lazy("Period"))


@dataclass(frozen=True, slots=True)
class DecideLine:
    """A finding with the field that waives it, and what was typed into that."""

    finding: FindingLine
    name: str
    typed: str


@dataclass(frozen=True, slots=True)
class DecidePage:
    """A submitted plan with its findings: errors are waived by name, or it goes back."""

    plan: Frame
    health: Health
    lines: tuple[DecideLine, ...]
    read: int
    comment: str
    refused: str


@require_http_methods(BOTH)
@vary_on_headers("HX-Request")
def head(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """Title, vision, review and manager."""
    row, frame = opened(request.viewer, plan)
    if "show" in request.GET or not frame.may.edit:
        return _vision(request, frame)
    now, typed = _now(row), request.POST or None
    if typed is None or "theirs" in typed:
        form = _head_form(row, with_theirs(typed, dict(now)) if typed else None, now)
        return shown_form(request, _head_page(request, frame, form, now))
    form = _head_form(row, typed, now)
    page = _head_page(request, frame, form, _seen(typed))
    try:
        done = plan_update(
            viewer=request.viewer,
            uid=str(plan),
            values={name: typed.get(name, "") for name in HEAD},
            seen=_seen(typed),
        )
    except EditConflict as clash:
        return clashing_form(request, _head_page(request, frame, form, now), clash)
    except InvalidInput as refused:
        return refused_form(request, page, refused)
    said = told(plan, _("Saved."), done)
    if not request.htmx:
        return at_plan(request, said, place=_back(request))
    return in_place(_vision(request, opened(request.viewer, plan)[1]), said)


@require_POST
def state(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """Submit, withdraw, begin, close, reopen or revise."""
    opened(request.viewer, plan)
    asked = request.POST.get("verb", "")
    if asked not in VERBS:
        raise InvalidInput(_("There is no such step."), mend=_("Reload the plan."))
    verb, words = VERBS[asked]
    try:
        verb(viewer=request.viewer, uid=str(plan))
    except (Conflict, NotAllowed, InvalidInput) as refused:
        toast_error(request, str(refused))
    else:
        toast(request, str(words))
    return redirect("plans:page", plan)


@require_http_methods(BOTH)
def decide(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """Accept a plan, waiving what has to be by name, or return it with a comment."""
    _row, frame = opened(request.viewer, plan)
    if not frame.may.accept:
        raise NotAllowed(_("Only those above its owner accept or return a plan."))
    refused, comment = "", request.POST.get("comment", "")
    if request.method == "POST":
        try:
            text = _decided(request, str(plan), comment)
        except (Conflict, NotAllowed, InvalidInput) as error:
            refused = str(error)
        else:
            toast(request, text)
            return redirect("plans:page", plan)
    found = health(request.viewer, plan)
    versions = versions_of(request.viewer, plan)
    read = versions[0].id if versions else 0
    page = DecidePage(frame, found, _decide_lines(request, found), read, comment, refused)
    status = 422 if refused else 200
    return render(request, "plans/decide.html", {"page": page, "plan": frame}, status=status)


@require_http_methods(BOTH)
def cut(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """A quarter's plan from a year's, or the next period's with what is unfinished."""
    row, frame = opened(request.viewer, plan)
    form = CutForm(request.POST or None)
    form.fields["period"].choices = periods_after(row)  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            made = plan_cut(
                viewer=request.viewer, uid=str(plan), period=request.POST.get("period", "")
            )
        except (InvalidInput, NotAllowed, Conflict) as refused:
            _refuse(form, refused)
        else:
            toast(request, _("Cut: look it through, then submit it."))
            return redirect("plans:page", made.uid)
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/cut.html", {"form": form, "plan": frame}, status=status)


def _now(row: Any) -> dict[str, str]:
    """The head's present values as its form shows them."""
    return {
        "title": row.title,
        "vision": row.vision,
        "next_review_on": row.next_review_on.isoformat() if row.next_review_on else "",
        "manager": str(row.manager_id or ""),
    }


def _seen(sent: QueryDict) -> dict[str, str]:
    """What the head said when the form was opened."""
    return {name: sent.get(f"seen_{name}", "") for name in HEAD}


def _head_form(row: Any, typed: QueryDict | None, now: dict[str, str]) -> HeadForm:
    form = HeadForm(typed, initial=now, auto_id="head-%s")
    above = persons_by_id([int(one) for one in row.owner.path.split("/") if one][:-1])
    choices = [("", "–"), *((str(one.pk), one.name) for one in above)]
    form.fields["manager"].choices = choices  # type: ignore[attr-defined]
    return form


def _vision(request: SignedInRequest, frame: Frame) -> HttpResponse:
    """What the plan says of itself, where its form stood or as a page."""
    if request.htmx:
        return render(request, "plans/sections/vision_body.html", {"plan": frame})
    return redirect(f"/plans/{frame.uid}/?section=vision")


def _head_page(
    request: SignedInRequest, frame: Frame, form: forms.Form, seen: dict[str, str]
) -> FormPage:
    return FormPage(
        plan=frame,
        title=_("Title, vision and review"),
        form=form,
        action=request.get_full_path(),
        anchor="head",
        back=f"/plans/{frame.uid}/?section={_back(request)}",
        draft=f"{frame.viewer}:{request.path}",
        body="vision-body",
        cancel=f"{request.path}?show=1",
        hidden=tuple((f"seen_{name}", value) for name, value in seen.items()),
    )


def _back(request: SignedInRequest) -> str:
    """The section that the head's form was opened from."""
    return "accountability" if request.GET.get("in") == "accountability" else "vision"


def _decide_lines(request: SignedInRequest, found: Health) -> tuple[DecideLine, ...]:
    names = [f"waive:{one.code}:{one.where}" for one in found.findings]
    lines = zip(found.findings, names, strict=True)
    return tuple(DecideLine(one, name, request.POST.get(name, "")) for one, name in lines)


def _decided(request: SignedInRequest, plan: str, comment: str) -> str:
    if "return" in request.POST:
        plan_return(viewer=request.viewer, uid=plan, comment=comment, read=_read(request))
        return _("Returned, with your comment.")
    waivers = _waivers(request)
    plan_accept(viewer=request.viewer, uid=plan, waivers=waivers, read=_read(request))
    return _("Accepted: the plan is kept exactly as it is now.")


def _read(request: SignedInRequest) -> int | None:
    """The version that was on the page when the viewer decided."""
    text = request.POST.get("read", "")
    return int(text) if text.isdecimal() else None


def _waivers(request: SignedInRequest) -> tuple[tuple[str, str, str], ...]:
    """The findings with a reason beside them; fields are called waive:CODE:WHERE."""
    found = []
    for name, reason in _reasons(request).items():
        _waive, code, where = name.split(":", 2)
        found.append((code, where, reason))
    return tuple(found)


def _reasons(request: SignedInRequest) -> dict[str, str]:
    sent = request.POST.items()
    return {
        name: str(reason)
        for name, reason in sent
        if name.startswith("waive:") and name.count(":") > 1 and str(reason).strip()
    }


def _refuse(form: forms.Form, refused: GroundplanError) -> None:
    field = refused.field if isinstance(refused, InvalidInput) else ""
    form.add_error(field if field in form.fields else None, str(refused))
