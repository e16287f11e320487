"""Views of the whitespace."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_GET

from groundplan.insight.grid import whitespace_grid
from groundplan.snapshots.selectors import current
from groundplan.web.emptiness import nothing_yet
from groundplan.web.requests import SignedInRequest

from . import contexts
from .asking import asked, current_or_404
from .cells import grid_json
from .panels import CategoryPanel, panel
from .unchanged import cells_mark
from .workbook import whitespace_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def page(request: SignedInRequest) -> HttpResponse:
    """The grid, and without scripts or room for it the accounts with their best cells."""
    snapshot = current()
    if snapshot is None:
        return nothing_yet(request, "whitespace/nothing.html")
    context = contexts.whitespace_page(request.viewer, snapshot, asked(request.GET))
    return render(request, "whitespace/page.html", {"page": context})


@require_GET
@cache_control(private=True, no_cache=True)
@condition(etag_func=cells_mark)
def cells(request: SignedInRequest) -> HttpResponse:
    """A page of cells for the island; nothing is made where the browser has what it would be."""
    choice = asked(request.GET)
    content = grid_json(whitespace_grid(request.viewer, current_or_404(), choice), choice)
    return HttpResponse(content, content_type="application/json")


@require_GET
def totals(request: SignedInRequest) -> HttpResponse:
    """Totals by category, segment and owner: loaded when the page is there, or on its own."""
    context = contexts.totals_part(request.viewer, current_or_404())
    template = "whitespace/totals_part.html" if request.htmx else "whitespace/totals.html"
    return render(request, template, {"part": context})


@require_GET
def cell(request: SignedInRequest) -> HttpResponse:
    """Why a cell holds what it holds: beside the grid, or on a page of its own."""
    account, column = request.GET.get("account", ""), request.GET.get("product", "")
    found = panel(request.viewer, current_or_404(), account, column)
    kind = "category" if isinstance(found, CategoryPanel) else "cell"
    template = f"whitespace/{kind}_part.html" if request.htmx else "whitespace/cell.html"
    return render(request, template, {"panel": found, "part": f"whitespace/{kind}_part.html"})


@require_GET
def workbook(request: SignedInRequest) -> HttpResponse | FileResponse:
    """The grid as an Excel workbook."""
    content = whitespace_workbook(request.viewer, current_or_404(), asked(request.GET))
    return FileResponse(content, as_attachment=True, filename="whitespace.xlsx", content_type=XLSX)
