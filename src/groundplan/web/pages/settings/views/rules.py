"""Segments: by what accounts are grouped."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groundplan.insight.services.settings import insight_settings_update
from groundplan.web.pages.settings import rules_contexts as contexts
from groundplan.web.pages.settings.access import for_settings
from groundplan.web.pages.settings.rules_forms import SegmentsForm
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast


@for_settings
@require_http_methods(["GET", "POST"])
def segments(request: SignedInRequest) -> HttpResponse:
    """By what accounts are grouped, and what it gains."""
    initial = contexts.settings_initial()
    form = SegmentsForm(request.POST or None, initial=initial)
    if request.method == "POST":
        form = SegmentsForm(request.POST)
        if form.is_valid():
            given = initial | form.cleaned_data
            insight_settings_update(viewer=request.viewer, **given)  # type: ignore[arg-type]  # as the forms clean them
            toast(request, _("Kept. Tiers and whitespace are being computed again."))
            return redirect("settings:segments")
    page = contexts.segments_page(request.viewer, form)
    status = 422 if form.errors else 200
    return render(request, "settings/segments.html", {"page": page}, status=status)
