"""Tiers that people set by hand."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from groundplan.web.pages.settings.access import for_settings
from groundplan.web.pages.settings.overrides_contexts import overrides_page
from groundplan.web.requests import SignedInRequest


@for_settings
@require_GET
def page(request: SignedInRequest) -> HttpResponse:
    """Which hold, which end soon and which are over."""
    context = overrides_page(request.viewer, request.GET.get("state", ""))
    return render(request, "settings/overrides.html", {"page": context})
