"""Views of performance."""

from uuid import UUID

from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.views.decorators.http import require_GET

from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.selectors import current
from groundplan.web.emptiness import nothing_yet
from groundplan.web.requests import SignedInRequest

from . import contexts
from .asking import asked
from .exporting import performance_csv, performance_workbook
from .ranges import ranges_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def page(request: SignedInRequest) -> HttpResponse:
    """Goal, revenue, pipeline and gap of what the viewer covers."""
    snapshot = current()
    if snapshot is None:
        return nothing_yet(request, "performance/nothing.html")
    wanted = asked(request.GET, snapshot.last_day)
    context = contexts.performance_page(request.viewer, snapshot, wanted)
    return render(request, "performance/page.html", {"page": context})


@require_GET
def person(request: SignedInRequest, person: UUID) -> HttpResponse:
    """One person's year."""
    snapshot = _current()
    wanted = asked(request.GET, snapshot.last_day)
    context = contexts.person_page(request.viewer, snapshot, wanted, str(person))
    return render(request, "performance/person.html", {"page": context})


@require_GET
def ranges(request: SignedInRequest) -> HttpResponse:
    """Where revenue may land, cut as asked for."""
    snapshot = current()
    if snapshot is None:
        return nothing_yet(request, "performance/nothing.html")
    context = ranges_page(
        request.viewer, snapshot, request.GET.get("cut", ""), request.GET.get("period", "")
    )
    return render(request, "performance/ranges.html", {"page": context})


@require_GET
def export(request: SignedInRequest) -> HttpResponseBase:
    """The rows as CSV."""
    lines = performance_csv(request.viewer, asked(request.GET, _current().last_day))
    headers = {"Content-Disposition": 'attachment; filename="performance.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@require_GET
def workbook(request: SignedInRequest) -> HttpResponseBase:
    """Every way of cutting, as an Excel workbook."""
    snapshot = _current()
    content = performance_workbook(request.viewer, snapshot, asked(request.GET, snapshot.last_day))
    return FileResponse(content, as_attachment=True, filename="performance.xlsx", content_type=XLSX)


def _current() -> CurrentSnapshot:
    snapshot = current()
    if snapshot is None:
        raise Http404
    return snapshot
