"""The list, its filters, its files and its saved views."""

from uuid import UUID

from django.http import FileResponse, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from groundplan.desk.services import saved_view_create, saved_view_delete, saved_view_rename
from groundplan.kernel.errors import Conflict, InvalidInput
from groundplan.snapshots.selectors import current
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error

from .asking import asked
from .contexts import PAGE, filter_page, list_page
from .exporting import accounts_csv, accounts_workbook


@require_GET
@vary_on_headers("HX-Request")
def listing(request: SignedInRequest) -> HttpResponse:
    """A page of the list; as a fragment for the search field and the filters."""
    page = list_page(request.viewer, current(), asked(request.GET))
    part = request.htmx and not request.htmx.history_restore_request
    template = "accounts/rows.html" if part else "accounts/list.html"
    return render(request, template, {"page": page})


@require_GET
@vary_on_headers("HX-Request")
def filters(request: SignedInRequest) -> HttpResponse:
    """All filters with the choices there are, in a dialog or on a page of their own."""
    page = filter_page(request.viewer, asked(request.GET))
    template = "accounts/filter_form.html" if request.htmx else "accounts/filters.html"
    return render(request, template, {"page": page})


@require_GET
def export(request: SignedInRequest) -> HttpResponseBase:
    """Every account of the filtered list as CSV, streamed."""
    lines = accounts_csv(request.viewer, current(), asked(request.GET))
    response = StreamingHttpResponse(lines, content_type="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="accounts.csv"'
    return response


@require_GET
def workbook(request: SignedInRequest) -> HttpResponseBase:
    """Every account of the filtered list as an Excel workbook."""
    shown = current()
    if shown is None:
        toast_error(request, _("There are no numbers yet; they follow the first import."))
        return redirect("accounts:list")
    book = accounts_workbook(request.viewer, shown, asked(request.GET))
    return FileResponse(book, as_attachment=True, filename="accounts.xlsx")


@require_POST
def view_save(request: SignedInRequest) -> HttpResponse:
    """Keep the present filters and order under a name."""
    query = asked(QueryDict(request.POST.get("query", ""))).query()
    try:
        view = saved_view_create(
            viewer=request.viewer, page=PAGE, name=request.POST.get("name", ""), query=query
        )
    except InvalidInput as error:
        toast_error(request, str(error))
    else:
        toast(request, _("Kept as %(name)s.") % {"name": view.name})
    return redirect(f"{reverse('accounts:list')}?{query}")


@require_POST
def view_change(request: SignedInRequest, view: UUID) -> HttpResponse:
    """Rename a saved view, or delete it."""
    if "delete" in request.POST:
        saved_view_delete(viewer=request.viewer, uid=view)
        toast(request, _("The view is gone; the accounts are as they were."))
        return redirect("accounts:list")
    try:
        saved_view_rename(viewer=request.viewer, uid=view, name=request.POST.get("name", ""))
    except (Conflict, InvalidInput) as error:
        toast_error(request, str(error))
    else:
        toast(request, _("The view is renamed."))
    return redirect("accounts:list")
