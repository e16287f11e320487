"""The audit log."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from groundplan.web.pages.settings.access import for_settings
from groundplan.web.pages.settings.audit_contexts import audit_page
from groundplan.web.requests import SignedInRequest


@for_settings
@require_GET
def page(request: SignedInRequest) -> HttpResponse:
    """Who did what, latest first."""
    before = request.GET.get("before", "")
    context = audit_page(int(before) if before.isdigit() else None)
    return render(request, "settings/audit.html", {"page": context})
