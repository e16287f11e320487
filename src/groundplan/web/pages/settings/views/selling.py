"""Stages and currency rates."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groundplan.kernel.errors import InvalidInput
from groundplan.organisation.services.rates import rate_delete, rate_set
from groundplan.organisation.services.stages import stage_update
from groundplan.web.pages.settings.access import for_settings
from groundplan.web.pages.settings.contexts import rates_page, stages_page
from groundplan.web.pages.settings.forms import RateForm, StageForm
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast


@for_settings
@require_GET
def stages(request: SignedInRequest) -> HttpResponse:
    """What each stage means."""
    context = stages_page(may_change=request.viewer.may_administer)
    return render(request, "settings/stages.html", {"page": context})


@for_settings
@require_POST
def stage(request: SignedInRequest, stage: int) -> HttpResponse:
    """Keep what a stage means, and that somebody looked at it."""
    form = StageForm(request.POST, stage=stage)
    if form.is_valid():
        given = form.cleaned_data
        kept = stage_update(
            viewer=request.viewer,
            stage_id=stage,
            outcome=given["outcome"],
            probability=given["probability"] / 100,
            position=given["position"],
        )
        toast(request, _("%(stage)s is kept.") % {"stage": kept.name})
        return redirect("settings:stages")
    context = stages_page(may_change=True, given=form, of=stage)
    return render(request, "settings/stages.html", {"page": context}, status=422)


@for_settings
@require_http_methods(["GET", "POST"])
def rates(request: SignedInRequest) -> HttpResponse:
    """What other currencies are worth."""
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            rate_set(
                viewer=request.viewer,
                currency=given["currency"],
                day=given["date"],
                rate=given["rate"],
            )
        except InvalidInput as error:
            form.add_error(error.field or None, error.message)
        else:
            toast(request, _("The rate is kept."))
            return redirect("settings:rates")
    context = rates_page(form, may_change=request.viewer.may_administer)
    status = 422 if form.errors else 200
    return render(request, "settings/rates.html", {"page": context}, status=status)


@for_settings
@require_POST
def rate_forget(request: SignedInRequest, rate: int) -> HttpResponse:
    """Forget a rate."""
    rate_delete(viewer=request.viewer, rate_id=rate)
    toast(request, _("The rate is forgotten."))
    return redirect("settings:rates")
