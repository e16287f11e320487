"""The style guide."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from groundplan.web.requests import SignedInRequest

from .contexts import guide_context


@require_GET
def guide(request: SignedInRequest) -> HttpResponse:
    """Every component with invented content; only where the whole home is invented."""
    if not settings.GROUNDPLAN_DEMONSTRATION:
        raise Http404
    return render(request, "style/guide.html", {"page": guide_context()})
