"""Work under way: a line that every page asks for now and then, and a page of its own."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import conditional_page, require_GET, require_POST

from groundplan.insight.services.request import analysis_request
from groundplan.snapshots.selectors import current
from groundplan.web.requests import SignedInRequest
from groundplan.web.work import work_since

from .contexts import work_page


@require_GET
@conditional_page
def indicator(request: SignedInRequest) -> HttpResponse:
    """The line in the shell; unchanged since it was asked for last, nothing is sent."""
    work = work_since(request.GET.get("results", "")[:36], current())
    return render(request, "components/work.html", {"work": work})


@require_GET
def page(request: SignedInRequest) -> HttpResponse:
    """How far each piece of work is; its part asks again by itself while something goes on."""
    template = "work/part.html" if request.htmx else "work/page.html"
    return render(request, template, {"page": work_page(request.viewer)})


@require_POST
def analyse(request: SignedInRequest) -> HttpResponse:
    """Have the facts analysed as they are now, after an analysis that failed."""
    analysis_request(viewer=request.viewer)
    return redirect("work:page")
