"""What was done to a plan: its changes with undo, its versions, and two of them compared."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from groundplan.kernel.errors import Conflict, NotAllowed
from groundplan.plans.services.undoing import change_undo
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error

from .frame import opened
from .history_contexts import changes_page, compare_page, version_page


@require_POST
def undo(request: SignedInRequest, plan: UUID, number: int) -> HttpResponse:
    """Take a change back, then the page again that it was asked for on."""
    opened(request.viewer, plan)
    try:
        done = change_undo(viewer=request.viewer, plan_uid=str(plan), number=number)
    except (Conflict, NotAllowed) as refused:
        toast_error(request, str(refused))
    else:
        again = reverse("plans:undo", args=[plan, done.number])
        toast(request, _("Undone."), undo=again)
    return redirect(_back(request, plan))


@require_GET
def changes(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """Who changed what, latest first."""
    before = request.GET.get("before", "")
    page = changes_page(request.viewer, plan, int(before) if before.isdecimal() else None)
    return render(request, "plans/changes.html", {"page": page, "plan": page.plan})


@require_GET
def compare(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """What is different between two versions, or between one and now."""
    asked = request.GET
    page = compare_page(request.viewer, plan, asked.get("a", ""), asked.get("b", ""))
    return render(request, "plans/compare.html", {"page": page, "plan": page.plan})


@require_GET
def version(request: SignedInRequest, plan: UUID, version: int) -> HttpResponse:
    """The plan exactly as it was."""
    page = version_page(request.viewer, plan, version)
    return render(request, "plans/version.html", {"page": page, "plan": page.plan})


def _back(request: SignedInRequest, plan: UUID) -> str:
    """The page of this plan that asked, else the plan."""
    home = reverse("plans:page", args=[plan])
    asked = request.headers.get("Referer", "").removeprefix(f"{request.scheme}://")
    path = asked.removeprefix(request.get_host())
    return path if path.startswith(home) and "//" not in path else home
