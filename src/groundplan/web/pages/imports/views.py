"""Views of what was imported."""

from pathlib import Path
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from groundplan.intake.uploads import rejects_file
from groundplan.intake.uploads.selectors import import_run_of
from groundplan.web.requests import SignedInRequest

from . import contexts
from .access import for_importers
from .undoing import undo_progress


@for_importers
@require_GET
def listing(request: SignedInRequest) -> HttpResponse:
    """Imports, latest first, and uploads that nothing was taken from yet."""
    return render(request, "imports/list.html", {"page": contexts.list_page(request.viewer)})


@for_importers
@require_GET
def run(request: SignedInRequest, run: UUID) -> HttpResponse:
    """What an import took."""
    page = contexts.run_page(request.viewer, run)
    undoing = undo_progress(run, request.GET.get("job", ""))
    return render(request, "imports/run.html", {"page": page, "undoing": undoing})


@for_importers
@require_GET
def rejects(request: SignedInRequest, run: UUID) -> FileResponse:
    """The rows that were not taken: file, line, column, value, reason."""
    return rejects_answer(rejects_file(request.viewer, run))


@for_importers
@require_GET
def run_mapping(request: SignedInRequest, run: UUID) -> HttpResponse:
    """The mapping an import was made with."""
    return toml_file(import_run_of(request.viewer, run).mapping)


def rejects_answer(path: Path) -> FileResponse:
    """A file of rejects, sent as it is read."""
    stream = path.open("rb")
    return FileResponse(stream, as_attachment=True, filename="rejects.csv", content_type="text/csv")


def toml_file(text: str) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="mapping.toml"'}
    return HttpResponse(text, content_type="application/toml", headers=headers)
