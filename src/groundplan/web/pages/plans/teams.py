"""Who works on a plan, who signs which part, and when it is looked at again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_to_choose
from groundplan.plans.rules.kinds import BUILD_ORDER
from groundplan.plans.selectors.following import members_of
from groundplan.plans.services.team import SIGNABLE, member_add, member_remove, plan_sign
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error

from .frame import Frame, opened
from .words import SECTIONS


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team. `may_sign` where it is the viewer's own part, unsigned."""

    person: UUID
    name: str
    function: str
    section: str
    section_label: str
    signed_at: datetime | None
    may_sign: bool


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The team with its signatures, and the form that adds to it."""

    plan: Frame
    members: tuple[Member, ...]
    signed: int
    to_sign: int
    next_review_on: date | None
    form: forms.Form


class MemberForm(forms.Form):
    """Somebody for the team, and what they sign."""

    person = forms.ChoiceField(label=gettext_lazy("Person"))
    function = forms.CharField(label=gettext_lazy("Function"), required=False, max_length=80)
    section = forms.ChoiceField(
        label=gettext_lazy("Signs"),
        required=False,
        choices=[("", gettext_lazy("nothing")), *((one, SECTIONS[one]) for one in BUILD_ORDER)],
    )

    def offer_persons(self) -> "MemberForm":
        pairs = [(str(one.uid), one.name) for one in persons_to_choose()]
        self.fields["person"].choices = [("", "–"), *pairs]  # type: ignore[attr-defined]
        return self


@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def team(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """The team; on POST somebody is added, taken off, or signs."""
    _row, frame = opened(request.viewer, plan)
    if request.method == "POST":
        try:
            toast(request, _done(request, str(plan)))
        except (InvalidInput, Conflict, NotAllowed, ValueError) as refused:
            toast_error(request, str(refused))
        return redirect(f"/plans/{plan}/team/")
    page = team_page(request.viewer, frame)
    template = "plans/team.html" if request.htmx else "plans/team_page.html"
    return render(request, template, {"page": page, "plan": frame})


def team_page(viewer: Scope, frame: Frame) -> TeamPage:
    """The team of a plan that the viewer may see."""
    signable = frame.state in SIGNABLE
    members = tuple(
        Member(
            person=one.person,
            name=one.name,
            function=one.function,
            section=one.section,
            section_label=str(SECTIONS.get(one.section, one.section)),
            signed_at=one.signed_at,
            may_sign=bool(one.section) and one.is_viewer and signable and one.signed_at is None,
        )
        for one in members_of(viewer, frame.uid)
    )
    signing = [one for one in members if one.section]
    form = MemberForm()
    return TeamPage(
        plan=frame,
        members=members,
        signed=sum(one.signed_at is not None for one in signing),
        to_sign=len(signing),
        next_review_on=frame.next_review_on,
        form=form.offer_persons() if frame.may.edit else form,
    )


def _done(request: SignedInRequest, plan: str) -> str:
    sent = request.POST
    if "sign" in sent:
        plan_sign(viewer=request.viewer, uid=plan, section=sent["sign"])
        return _("Signed.")
    if "remove" in sent:
        person, _bar, section = sent["remove"].partition("|")
        member_remove(viewer=request.viewer, uid=plan, person_uid=person, section=section)
        return _("Taken off the team.")
    member_add(
        viewer=request.viewer,
        uid=plan,
        person_uid=sent.get("person", ""),
        function=sent.get("function", ""),
        section=sent.get("section", ""),
    )
    return _("Added to the team.")
