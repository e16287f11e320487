"""Who works on a plan, who signs which part, and when it is looked at again."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_to_choose
from groundplan.plans.contracts import UnseenAccount
from groundplan.plans.contracts.following import MemberLine
from groundplan.plans.rules.kinds import BUILD_ORDER
from groundplan.plans.selectors.following import members_of
from groundplan.plans.services.team import (
    SIGNABLE,
    member_add,
    member_remove,
    plan_sign,
    plan_unsign,
)
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error, with_toast

from .answers import Told, in_place
from .frame import Frame, opened
from .words import SECTIONS


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team. `may_sign` where it is the viewer's own part, unsigned, `may_unsign`
    where they signed it; `sees` is False for whoever can't see the plan."""

    person: UUID
    name: str
    function: str
    section: str
    section_label: str
    signed_at: datetime | None
    may_sign: bool
    may_unsign: bool
    sees: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who would have to be put on the account's team too, as they don't see it: why, and
    what was sent."""

    text: str
    sent: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The team with its signatures, and the form that adds to it."""

    plan: Frame
    members: tuple[Member, ...]
    signed: int
    to_sign: int
    next_review_on: date | None
    form: forms.Form
    offer: Offer | None = None


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
    if request.method != "POST":
        return _shown(request, frame)
    try:
        said, number = _done(request, str(plan))
    except UnseenAccount as unseen:
        return _shown(request, frame, _offer(request, unseen))
    except (InvalidInput, Conflict, NotAllowed, NotFound, ValueError) as refused:
        return _answered(request, frame, str(refused), is_error=True)
    return _answered(request, frame, said, number)


def _answered(
    request: SignedInRequest, frame: Frame, said: str, number: int = 0, *, is_error: bool = False
) -> HttpResponse:
    """The team again; `number` is the change to undo, 0 for none."""
    done = Told(frame.uid, said, number)
    if request.htmx:
        response = _shown(request, frame)
        return with_toast(response, said, is_error=True) if is_error else in_place(response, done)
    if is_error:
        toast_error(request, said)
    else:
        toast(request, said, undo=done.undo)
    return redirect(f"/plans/{frame.uid}/team/")


def _shown(request: SignedInRequest, frame: Frame, offer: Offer | None = None) -> HttpResponse:
    template = "plans/team.html" if request.htmx else "plans/team_page.html"
    page = replace(team_page(request.viewer, frame), offer=offer)
    return render(request, template, {"page": page, "plan": frame}, status=422 if offer else 200)


def _offer(request: SignedInRequest, unseen: UnseenAccount) -> Offer:
    names = ("person", "function", "section")
    return Offer(unseen.message, tuple((name, request.POST.get(name, "")) for name in names))


def team_page(viewer: Scope, frame: Frame) -> TeamPage:
    """The team of a plan that the viewer may see."""

    def may_sign(one: MemberLine) -> bool:
        return frame.state in SIGNABLE and bool(one.section) and one.is_viewer

    members = tuple(
        Member(
            person=one.person,
            name=one.name,
            function=one.function,
            section=one.section,
            section_label=str(SECTIONS.get(one.section, one.section)),
            signed_at=one.signed_at,
            may_sign=may_sign(one) and one.signed_at is None,
            may_unsign=may_sign(one) and one.signed_at is not None,
            sees=one.sees,
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


def _done(request: SignedInRequest, plan: str) -> tuple[str, int]:
    """What was done, in words, and the number of the change to undo."""
    sent = request.POST
    if "sign" in sent:
        plan_sign(viewer=request.viewer, uid=plan, section=sent["sign"])
        return _("Signed. A change of the section takes it back."), 0
    if "unsign" in sent:
        plan_unsign(viewer=request.viewer, uid=plan, section=sent["unsign"])
        return _("Your signature is taken back."), 0
    if "remove" in sent:
        person, _bar, section = sent["remove"].partition("|")
        done = member_remove(viewer=request.viewer, uid=plan, person_uid=person, section=section)
        return _("Taken off the team."), done.number
    is_shared = "share" in sent
    done = member_add(
        viewer=request.viewer,
        uid=plan,
        person_uid=sent.get("person", ""),
        function=sent.get("function", ""),
        section=sent.get("section", ""),
        share=is_shared,
    )
    said = _("Added to the team, and to the account's.") if is_shared else _("Added to the team.")
    return said, done.number
