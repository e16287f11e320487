"""The viewer's notices, and the way from each to what it is about."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from groundplan.desk.contracts import NoticeLine
from groundplan.desk.selectors import notices_of, unread_count
from groundplan.desk.services import notice_read, notices_read
from groundplan.kernel.errors import NotFound
from groundplan.plans.kinds import PLAN
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast

SENTENCES = {
    "mention": gettext_lazy("%(actor)s mentioned you in a comment on"),
    "plan.submitted": gettext_lazy("%(actor)s asks you to accept"),
    "plan.sent": gettext_lazy("%(actor)s submitted"),
    "plan.withdrawn": gettext_lazy("%(actor)s withdrew"),
    "plan.returned": gettext_lazy("%(actor)s returned"),
    "plan.accepted": gettext_lazy("%(actor)s accepted"),
    "plan.begun": gettext_lazy("%(actor)s began to carry out"),
    "plan.closed": gettext_lazy("%(actor)s closed"),
    "plan.reopened": gettext_lazy("%(actor)s reopened"),
    "plan.signature": gettext_lazy("%(actor)s asks you to sign a part of"),
    "plan.member": gettext_lazy("%(actor)s put you on the team of"),
    "plan.merged": gettext_lazy("%(actor)s merged accounts or undid it, and so moved"),
    "plan.doubled": gettext_lazy("%(actor)s merged accounts: you have another plan beside"),
    "tactic.given": gettext_lazy("%(actor)s gave you something to do in"),
    "tactic.begun": gettext_lazy("What you have to do begins: %(actor)s began to carry out"),
}
WAYS = {
    "mention": "comments/",
    "plan.signature": "team/",
    "plan.member": "team/",
}
"""Where in a plan a notice leads to; others lead to the plan as a whole."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in words: the sentence ends in what it is about."""

    uid: UUID
    sentence: str
    label: str
    text: str
    at: datetime
    is_read: bool


@require_http_methods(["GET", "POST"])
def notices(request: SignedInRequest) -> HttpResponse:
    """What the viewer was told, the latest first; a POST notes that all of it was read."""
    if request.method == "POST":
        notices_read(viewer=request.viewer)
        toast(request, _("All notices are read."))
        return redirect("notices:list")
    lines = tuple(_told(one) for one in notices_of(request.viewer))
    # Also of those about what the viewer no longer sees, or they would count for ever.
    unread = unread_count(request.viewer)
    return render(request, "notices/list.html", {"lines": lines, "unread": unread})


@require_POST
def opened(request: SignedInRequest, notice: UUID) -> HttpResponse:
    """Go to what a notice is about; it was read then."""
    found = next((one for one in notices_of(request.viewer) if one.uid == notice), None)
    if found is None:
        raise NotFound("You have no such notice.", mend="Reload the page.")
    notice_read(viewer=request.viewer, uid=notice)
    return redirect(_address(found))


def _address(line: NoticeLine) -> str:
    way = WAYS.get(line.code, "") if line.kind == PLAN else ""
    return f"{line.address}{way}"


def _told(line: NoticeLine) -> Told:
    sentence = SENTENCES.get(line.code)
    said = str(sentence) % {"actor": line.actor} if sentence else line.actor
    # The text of a request to sign is a section's name, which its page shows.
    text = "" if line.code == "plan.signature" else line.text
    return Told(line.uid, said, line.label, text, line.at, line.is_read)
