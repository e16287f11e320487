"""Segments, characteristics and tier thresholds."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groundplan.insight.services.characteristics import (
    characteristic_create,
    characteristic_delete,
    characteristic_update,
)
from groundplan.insight.services.settings import insight_settings_update
from groundplan.kernel.errors import InvalidInput
from groundplan.web.pages.settings import rules_contexts as contexts
from groundplan.web.pages.settings.access import for_settings
from groundplan.web.pages.settings.rules_forms import (
    CharacteristicForm,
    SegmentsForm,
    ThresholdsForm,
)
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast

PAGE = "settings/characteristics.html"


@for_settings
@require_http_methods(["GET", "POST"])
def segments(request: SignedInRequest) -> HttpResponse:
    """By what accounts are grouped, and what it gains."""
    initial = contexts.settings_initial()
    form = SegmentsForm(request.POST or None, initial=initial)
    if request.method == "POST":
        form = SegmentsForm(request.POST)
        if form.is_valid():
            _keep(request, initial | form.cleaned_data)
            return redirect("settings:segments")
    page = contexts.segments_page(request.viewer, form)
    status = 422 if form.errors else 200
    return render(request, "settings/segments.html", {"page": page}, status=status)


@for_settings
@require_http_methods(["GET", "POST"])
def characteristics(request: SignedInRequest) -> HttpResponse:
    """What tiers are made from."""
    initial = contexts.settings_initial()
    form = ThresholdsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, initial | form.cleaned_data)
        except InvalidInput as error:
            form.add_error(error.field or None, error.message)
        else:
            return redirect("settings:characteristics")
    page = contexts.characteristics_page(request.viewer, form)
    return render(request, PAGE, {"page": page}, status=422 if form.errors else 200)


@for_settings
@require_GET
def preview(request: SignedInRequest) -> HttpResponse:
    """How many accounts each tier would have under these thresholds."""
    form = ThresholdsForm(request.GET)
    if not form.is_valid():
        return HttpResponse(_("That is not a number."), status=422)
    given = form.cleaned_data
    counts = contexts.preview(
        request.viewer, given["tier_a_from"], given["tier_b_from"], given["tier_by"]
    )
    return render(request, "settings/tier_counts.html", {"counts": counts})


@for_settings
@require_http_methods(["GET", "POST"])
def characteristic(request: SignedInRequest, characteristic: UUID | None = None) -> HttpResponse:
    """Add a characteristic, or change one."""
    form = contexts.characteristic_form(characteristic) if characteristic else CharacteristicForm()
    if form is None:
        raise Http404
    name = str(form.initial.get("name", ""))
    if request.method == "POST":
        form = CharacteristicForm(request.POST)
        if form.is_valid() and _kept(request, characteristic, form):
            return redirect("settings:characteristics")
    page = contexts.characteristic_page(form, characteristic, name)
    status = 422 if form.errors else 200
    return render(request, "settings/characteristic.html", {"page": page}, status=status)


@for_settings
@require_POST
def characteristic_remove(request: SignedInRequest, characteristic: UUID) -> HttpResponse:
    """Forget a characteristic."""
    characteristic_delete(viewer=request.viewer, uid=characteristic)
    _compute_again(request)
    return redirect("settings:characteristics")


def _kept(request: SignedInRequest, uid: UUID | None, form: CharacteristicForm) -> bool:
    given = dict(form.cleaned_data)
    position = given.pop("position")
    try:
        if uid is None:
            active = given.pop("active")
            made = characteristic_create(viewer=request.viewer, **given)
            if not active:
                characteristic_update(viewer=request.viewer, uid=made.uid, active=False)
        else:
            changes = given if position is None else given | {"position": position}
            characteristic_update(viewer=request.viewer, uid=uid, **changes)
    except InvalidInput as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    _compute_again(request)
    return True


def _keep(request: SignedInRequest, given: dict[str, object]) -> None:
    insight_settings_update(viewer=request.viewer, **given)  # type: ignore[arg-type]  # as the forms clean them
    _compute_again(request)


def _compute_again(request: SignedInRequest) -> None:
    toast(request, _("Kept. Tiers and whitespace are being computed again."))
