"""The style guide."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from groundplan.web.requests import SignedInRequest

from .contexts import guide_context
from .grid import guide_grid


@require_GET
def guide(request: SignedInRequest) -> HttpResponse:
    """Every component with invented content; only where the whole home is invented."""
    if not settings.GROUNDPLAN_DEMONSTRATION:
        raise Http404
    return render(request, "style/guide.html", {"page": guide_context()})


@require_GET
def grid(request: SignedInRequest) -> HttpResponse:
    """The invented grid that the guide draws."""
    if not settings.GROUNDPLAN_DEMONSTRATION:
        raise Http404
    return JsonResponse(guide_grid())
