"""The list, its filters, its file and its saved views."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from groundplan.desk.services import saved_view_create, saved_view_delete, saved_view_rename
from groundplan.exports.contracts import Value
from groundplan.exports.csv import stream
from groundplan.insight.account_list import AccountRow, account_rows
from groundplan.kernel.errors import Conflict, InvalidInput
from groundplan.snapshots.selectors import current
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error

from .asking import asked
from .contexts import PAGE, filter_page, list_page


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
    ask = asked(request.GET)
    rows = account_rows(request.viewer, current(), ask.filters, sort=ask.sort)
    response = StreamingHttpResponse(stream(_headings(), _lines(rows)), content_type="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="accounts.csv"'
    return response


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
    return redirect("accounts:list")


def _headings() -> list[str]:
    return [
        _("Account"),
        _("Owner"),
        _("Tier"),
        _("Industry"),
        _("Region"),
        _("Country"),
        _("Segment"),
        _("Revenue, 12 months"),
        _("Recognised, this year"),
        _("Backlog, this year"),
        _("Weighted pipeline"),
        _("Goal"),
        _("Gap to goal"),
        _("Whitespace"),
        _("Expected revenue"),
        _("Last purchase"),
        _("Contacts"),
        _("Last touch"),
    ]


def _lines(rows: Iterator[AccountRow]) -> Iterator[list[Value]]:
    for row in rows:
        yield [
            row.name,
            row.owner,
            row.tier,
            row.industry,
            row.region,
            row.country,
            row.segment,
            row.revenue_12m,
            row.recognised,
            row.backlog,
            row.weighted,
            row.goal,
            row.gap,
            row.whitespace,
            row.expected,
            row.last_purchase_on,
            row.contacts,
            row.last_touch_on,
        ]
