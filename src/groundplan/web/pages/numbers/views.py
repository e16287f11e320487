"""The page behind every number."""

import csv
from collections.abc import Iterator

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from groundplan.insight.traces import Explanation, Page, explain
from groundplan.kernel.cells import harmless
from groundplan.kernel.errors import NotFound
from groundplan.kernel.figures import Trace
from groundplan.web.requests import SignedInRequest

from .contexts import csv_lines, number_page

MOST_ROWS_IN_A_FILE = 200_000
_NO_PART_OF_A_TRACE = ("measure", "start")


@require_GET
def number(request: SignedInRequest) -> HttpResponse:
    """The number with its formula, parts and a page of rows; a panel where htmx asks."""
    page = number_page(_found(request, Page(_start(request))), _back(request))
    template = "numbers/page.html#panel" if request.htmx else "numbers/page.html"
    return render(request, template, {"page": page})


@require_GET
def rows_csv(request: SignedInRequest) -> StreamingHttpResponse:
    """All rows that the viewer may see, as a file."""
    found = _found(request, Page(0, MOST_ROWS_IN_A_FILE))
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    name = found.trace.measure.replace(".", "-")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Echo:
    """A file that gives back what is written to it, so that rows can be streamed."""

    def write(self, value: str) -> str:
        return value


def _lines(found: Explanation) -> Iterator[str]:
    writer = csv.writer(_Echo())
    for line in csv_lines(found):
        yield writer.writerow([harmless(cell) for cell in line])


def _found(request: SignedInRequest, page: Page) -> Explanation:
    named = {name: value for name, value in request.GET.items() if name not in _NO_PART_OF_A_TRACE}
    trace = Trace.of(request.GET.get("measure", ""), **named)
    try:
        return explain(request.viewer, trace, page)
    except NotFound as error:
        raise Http404(error.message) from error


def _start(request: SignedInRequest) -> int:
    text = request.GET.get("start", "0")
    return int(text) if text.isdigit() and len(text) < 10 else 0


def _back(request: SignedInRequest) -> str:
    """Where the number was followed from, if that was one of our pages."""
    came_from = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    return came_from if ours else "/"
