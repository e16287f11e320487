"""Comments on a plan and on each of its parts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from groundplan.desk.selectors.comments import comments_of
from groundplan.desk.services.comments import comment_add, comment_remove
from groundplan.kernel.errors import InvalidInput, NotAllowed, NotFound
from groundplan.people.contracts import Scope
from groundplan.plans.kinds import PART, PLAN
from groundplan.plans.selectors.single import part_in_plan
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error

from .frame import Frame, opened


@dataclass(frozen=True, slots=True)
class CommentLine:
    uid: UUID
    author: str
    text: str
    at: datetime
    is_own: bool


@dataclass(frozen=True, slots=True)
class CommentsPage:
    """What was said about a plan or one of its parts; `refused` and `typed` where it wasn't
    taken."""

    plan: Frame
    title: str
    part: str
    address: str
    target: str
    comments: tuple[CommentLine, ...]
    refused: str = ""
    typed: str = ""
    unseen: str = ""


@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def comments(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """Read comments, write one, take one's own away."""
    _row, frame = opened(request.viewer, plan)
    part = _part(request, plan)
    if request.method != "POST":
        return _shown(request, _page(request.viewer, frame, part))
    kind, key = (PART, str(part[0])) if part else (PLAN, str(plan))
    text, unseen = request.POST.get("text", ""), ""
    try:
        if "remove" in request.POST:
            comment_remove(viewer=request.viewer, uid=UUID(request.POST["remove"]))
        else:
            said = comment_add(viewer=request.viewer, kind=kind, key=key, text=text)
            unseen = ", ".join(said.unseen)
    except (InvalidInput, NotAllowed, ValueError) as refused:
        page = _page(request.viewer, frame, part, refused=str(refused), typed=text)
        return _shown(request, page, status=422)
    if request.htmx:
        return _shown(request, _page(request.viewer, frame, part, unseen=unseen))
    toast(request, _("Said."))
    if unseen:
        toast_error(request, _("%(names)s can't see it.") % {"names": unseen})
    return redirect(request.get_full_path())


def _part(request: SignedInRequest, plan: UUID) -> tuple[UUID, str] | None:
    asked = request.GET.get("part", "")
    if not asked:
        return None
    try:
        row = part_in_plan(request.viewer, plan, UUID(asked))
    except ValueError:
        raise NotFound("There is no such part.") from None
    return row.uid, str(row)


def _page(
    viewer: Scope,
    frame: Frame,
    part: tuple[UUID, str] | None,
    *,
    refused: str = "",
    typed: str = "",
    unseen: str = "",
) -> CommentsPage:
    kind, key = (PART, str(part[0])) if part else (PLAN, str(frame.uid))
    found = comments_of(viewer, kind, [key]).get(key, ())
    address = reverse("plans:comments", args=[frame.uid])
    return CommentsPage(
        plan=frame,
        title=part[1] if part else frame.title,
        part=key if part else "",
        address=f"{address}?part={key}" if part else address,
        target="#form-body" if part else "#comments-of-plan",
        comments=tuple(
            CommentLine(one.uid, one.author, one.text, one.written_at, one.is_own) for one in found
        ),
        refused=refused,
        typed=typed,
        unseen=unseen,
    )


def _shown(request: SignedInRequest, page: CommentsPage, *, status: int = 200) -> HttpResponse:
    template = "plans/comments.html" if request.htmx else "plans/comments_page.html"
    return render(request, template, {"page": page, "plan": page.plan}, status=status)
