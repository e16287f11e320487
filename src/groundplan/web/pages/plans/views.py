"""The list of plans, a new one, and the workspace with its parts that load when opened."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed
from groundplan.plans.services.plans import plan_create
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast

from .beginning import NewForm, new_page
from .frame import opened
from .health import health
from .listing import list_page
from .sections import READ, below_page, section_page
from .words import ORDERS
from .workspace import workspace


@require_GET
def plans(request: SignedInRequest) -> HttpResponse:
    """Plans that the viewer may see, what waits for their decision on top."""
    return render(request, "plans/list.html", {"page": list_page(request.viewer, request.GET)})


@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Begin a plan: whose, of what, for when."""
    form = NewForm(request.viewer, request.POST or None, initial=request.GET.dict())
    if request.method == "POST":
        try:
            plan = plan_create(viewer=request.viewer, **form.asked())
        except (InvalidInput, NotAllowed, Conflict) as refused:
            form.refuse(refused)
        else:
            toast(request, _("Begun. What is dashed is suggested from facts: keep what is true."))
            return redirect("plans:page", plan.uid)
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/new.html", {"page": new_page(form)}, status=status)


@require_GET
def page(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """The workspace."""
    asked = request.GET
    found = workspace(
        request.viewer, plan, order=asked.get("order", ""), section=asked.get("section", "")
    )
    return render(request, "plans/page.html", {"page": found, "plan": found.plan})


@require_GET
@vary_on_headers("HX-Request")
def section(request: SignedInRequest, plan: UUID, section: str) -> HttpResponse:
    """One section of the plan."""
    row, frame = opened(request.viewer, plan)
    code = next((one for one in READ if one == section), None)
    if code is None:
        raise Http404
    found = section_page(request.viewer, row, code)
    template = "plans/section.html" if request.htmx else "plans/section_page.html"
    return render(request, template, {"section": found, "plan": frame})


@require_GET
@vary_on_headers("HX-Request")
def below(request: SignedInRequest, plan: UUID, part: UUID) -> HttpResponse:
    """What hangs below a part of a long tree."""
    row, frame = opened(request.viewer, plan)
    found = below_page(row, frame, part, request.GET.get("in", "work"))
    template = "plans/below.html" if request.htmx else "plans/part_page.html"
    return render(request, template, {"card": found, "plan": frame})


@require_GET
@vary_on_headers("HX-Request")
def check(request: SignedInRequest, plan: UUID) -> HttpResponse:
    """What the check finds, and the outline with what each step lacks."""
    order = request.GET.get("order", "")
    found = health(request.viewer, plan, order if order in ORDERS else "build")
    template = "plans/health.html" if request.htmx else "plans/check_page.html"
    return render(request, template, {"page": found, "plan": found.plan})
