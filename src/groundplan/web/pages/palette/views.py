"""The palette's results: a fragment for the dialog, a page for who has no script."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from groundplan.web.requests import SignedInRequest

from .contexts import palette


@require_GET
def results(request: SignedInRequest) -> HttpResponse:
    """Pages, commands and the viewer's accounts and plans that match `q`."""
    context = palette(request.viewer, request.GET.get("q", "")[:100])
    template = "palette/results.html" if request.htmx else "palette/page.html"
    return render(request, template, {"page": context})
