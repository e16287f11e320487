"""Views of the back-test: anybody looks, whoever sees everything may run one."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from groundplan.insight.backtests.services import backtest_request
from groundplan.insight.deeds import BACKTEST
from groundplan.kernel.errors import InvalidInput
from groundplan.organisation.jobs import job_progress
from groundplan.snapshots.selectors import current
from groundplan.web.emptiness import nothing_yet
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast_error

from . import contexts
from .forms import asked


@require_GET
def page(request: SignedInRequest) -> HttpResponse:
    """What the last back-test found, and the form for another one."""
    snapshot = current()
    if snapshot is None:
        return nothing_yet(request, "whitespace/nothing.html")
    context = contexts.backtest_page(request.viewer, snapshot)
    return render(request, "backtest/page.html", {"page": context})


@require_POST
def run(request: SignedInRequest) -> HttpResponse:
    """Have one made."""
    cutoff, months = asked(request.POST)
    if cutoff is None or months is None:
        toast_error(request, _("Give a day and a number of months."))
        return redirect("backtest:page")
    try:
        job = backtest_request(viewer=request.viewer, cutoff=cutoff, months=months)
    except InvalidInput as error:
        toast_error(request, str(error))
        return redirect("backtest:page")
    return redirect("backtest:progress", job=job)


@require_GET
def progress(request: SignedInRequest, job: UUID) -> HttpResponse:
    """How far it is; over, it leads to what was found."""
    found = job_progress(job)
    if found is None or found.kind != BACKTEST or not request.viewer.sees_all:
        raise Http404
    if found.state == "done":
        if not request.htmx:
            return redirect("backtest:page")
        there = redirect("backtest:page")
        return HttpResponse(headers={"HX-Redirect": there.url})
    template = "backtest/progress_part.html" if request.htmx else "backtest/progress.html"
    return render(request, template, {"page": contexts.progress_page(found)})
