"""The organisation's own settings."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groundplan.kernel.errors import InvalidInput
from groundplan.organisation import selectors
from groundplan.organisation.services.settings import Settings, organisation_update
from groundplan.web.pages.settings.access import for_settings
from groundplan.web.pages.settings.contexts import organisation_page
from groundplan.web.pages.settings.forms import OrganisationForm
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast


@for_settings
@require_http_methods(["GET", "POST"])
def page(request: SignedInRequest) -> HttpResponse:
    """Name, currency, time zone, fiscal year."""
    present = selectors.organisation()
    initial = {name: getattr(present, name) for name in Settings.__slots__}
    form = OrganisationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            organisation_update(viewer=request.viewer, settings=Settings(**form.cleaned_data))
        except InvalidInput as error:
            form.add_error(error.field or None, error.message)
        else:
            toast(request, _("Kept. Numbers that depend on it are being computed again."))
            return redirect("settings:organisation")
    context = organisation_page(form, may_change=request.viewer.may_administer)
    status = 422 if form.errors else 200
    return render(request, "settings/organisation.html", {"page": context}, status=status)
