"""The wizard: upload, say what is what, check, take."""

import hashlib
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groundplan.intake.contracts import Mapping
from groundplan.intake.uploads import (
    upload_check,
    upload_create,
    upload_discard,
    upload_map,
    upload_map_from_toml,
    upload_of,
    upload_take,
)
from groundplan.intake.uploads.contracts import BUSY
from groundplan.kernel.errors import InvalidInput
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error

from . import contexts
from .access import for_importers
from .editing import mapping_from_form, with_aliases
from .views import toml_file

MOST_TOML = 1_000_000


@for_importers
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Choose files and say where they come from."""
    context = {"steps": contexts.steps(0), "source": request.POST.get("source", "")}
    if request.method == "GET":
        return render(request, "imports/new.html", context)
    try:
        uid = upload_create(
            viewer=request.viewer,
            source=context["source"],  # type: ignore[arg-type]  # text, as just read
            files=request.FILES.getlist("files"),
        )
    except InvalidInput as error:
        context |= {"error": str(error), "field": error.field}
        return render(request, "imports/new.html", context, status=422)
    address = reverse("imports:upload", args=[uid])
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


@for_importers
@require_GET
def step(request: SignedInRequest, upload: UUID) -> HttpResponse:
    """Wherever the upload stands."""
    state = upload_of(request.viewer, upload)
    if state.step == "taken":
        run = state.report.get("run_uid")
        return redirect("imports:run", run) if run else redirect("imports:list")
    if state.step == "checked":
        page = contexts.check_page(state)
        return render(request, "imports/check.html", {"page": page})
    if state.step in BUSY or state.mapping is None:
        return render(request, "imports/progress.html", {"page": contexts.progress_page(state)})
    return render(request, "imports/mapping.html", {"page": contexts.mapping_page(state)})


@for_importers
@require_GET
def progress(request: SignedInRequest, upload: UUID) -> HttpResponse:
    """How far the job is: polled, and answered in a few bytes while nothing changed."""
    state = upload_of(request.viewer, upload)
    page = contexts.progress_page(state)
    if state.step not in BUSY or not page.busy:
        address = reverse("imports:upload", args=[upload])
        return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)
    told = f"{state.step}|{page.message}|{page.share}"
    tag = f'"{hashlib.sha256(told.encode()).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    answer = render(request, "imports/progress_part.html", {"page": page})
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer


@for_importers
@require_http_methods(["GET", "POST"])
def mapping(request: SignedInRequest, upload: UUID) -> HttpResponse:
    """Keep what the form says of files and columns; go on to the check where asked."""
    state = upload_of(request.viewer, upload)
    if request.method == "GET":
        page = contexts.mapping_page(state)
        return render(request, "imports/mapping.html", {"page": page})
    try:
        if written := request.FILES.get("toml"):
            text = written.read(MOST_TOML).decode(errors="replace")
            upload_map_from_toml(viewer=request.viewer, uid=upload, text=text)
            toast(request, _("The mapping was taken over."))
            return redirect("imports:mapping", upload)
        given = mapping_from_form(state, request.POST)
        upload_map(viewer=request.viewer, uid=upload, mapping=given)
    except InvalidInput as error:
        toast_error(request, str(error))
        return redirect("imports:mapping", upload)
    if "check" not in request.POST:
        return redirect("imports:mapping", upload)
    upload_check(
        viewer=request.viewer,
        uid=upload,
        complete="complete" in request.POST,
        reject_all="reject_all" in request.POST,
    )
    return redirect("imports:upload", upload)


@for_importers
@require_GET
def mapping_toml(request: SignedInRequest, upload: UUID) -> HttpResponse:
    """The mapping as a file, for the command line or the next time."""
    return toml_file(upload_of(request.viewer, upload).toml)


@for_importers
@require_POST
def check(request: SignedInRequest, upload: UUID) -> HttpResponse:
    """Join the near names that were ticked, and check again."""
    state = upload_of(request.viewer, upload)
    accepted = request.POST.getlist("near")
    if accepted:
        joined = with_aliases(state.mapping or Mapping(()), accepted)
        upload_map(viewer=request.viewer, uid=upload, mapping=joined)
    upload_check(
        viewer=request.viewer, uid=upload, complete=state.complete, reject_all=state.reject_all
    )
    return redirect("imports:upload", upload)


@for_importers
@require_POST
def take(request: SignedInRequest, upload: UUID) -> HttpResponse:
    """Take the files."""
    upload_take(viewer=request.viewer, uid=upload)
    return redirect("imports:upload", upload)


@for_importers
@require_POST
def discard(request: SignedInRequest, upload: UUID) -> HttpResponse:
    """Forget the upload."""
    upload_discard(viewer=request.viewer, uid=upload)
    toast(request, _("The upload is forgotten; nothing was taken from it."))
    return redirect("imports:list")
