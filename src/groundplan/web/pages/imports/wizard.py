"""The wizard: upload, say what is what, check, take."""

import hashlib
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseNotModified
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
from groundplan.intake.uploads.selectors import UploadState, checked_rejects_file, is_busy
from groundplan.intake.uploads.storing import TYPES, no_room
from groundplan.kernel.errors import InvalidInput
from groundplan.web.bodies import upload_error
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error

from . import contexts
from .access import for_importers
from .checking import check_page
from .deciding import with_decisions
from .editing import mapping_from_form
from .views import rejects_answer, toml_file

MOST_TOML = 1_000_000


@for_importers
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Choose files and say where they come from."""
    context = {
        "steps": contexts.steps(0),
        "source": request.POST.get("source", ""),
        "accept": ",".join(TYPES),
    }
    if request.method == "GET":
        return render(request, "imports/new.html", context)
    try:
        if upload_error(request):
            raise no_room()
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
        page = check_page(state)
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
    if state.mapping is None or state.step == "taken" or is_busy(state):
        return redirect("imports:upload", upload)
    if request.method == "GET":
        page = contexts.mapping_page(state)
        return render(request, "imports/mapping.html", {"page": page})
    return _mapping_given(request, state)


def _mapping_given(request: SignedInRequest, state: UploadState) -> HttpResponse:
    here = redirect("imports:mapping", state.uid)
    tag = contexts.mapping_tag(state)
    if request.POST.get("tag", tag) != tag:
        # Its fields are numbered by what stood there when the page was made.
        toast_error(request, _("The columns were changed elsewhere; this is how they stand now."))
        return here
    chosen = {name: name in request.POST for name in ("complete", "reject_all")}
    try:
        if written := request.FILES.get("toml"):
            text = written.read(MOST_TOML).decode(errors="replace")
            upload_map_from_toml(viewer=request.viewer, uid=state.uid, text=text)
            toast(request, _("The mapping was taken over."))
            return here
        given = mapping_from_form(state, request.POST)
        upload_map(viewer=request.viewer, uid=state.uid, mapping=given, **chosen)
    except InvalidInput as error:
        toast_error(request, str(error))
        return here
    if "check" not in request.POST:
        return here
    upload_check(viewer=request.viewer, uid=state.uid, **chosen)
    return redirect("imports:upload", state.uid)


@for_importers
@require_GET
def mapping_toml(request: SignedInRequest, upload: UUID) -> HttpResponse:
    """The mapping as a file, for the command line or the next time."""
    return toml_file(upload_of(request.viewer, upload).toml)


@for_importers
@require_POST
def check(request: SignedInRequest, upload: UUID) -> HttpResponse:
    """Keep what was decided of near names, and check again."""
    state = upload_of(request.viewer, upload)
    decided = with_decisions(state.mapping or Mapping(()), request.POST.getlist("near"))
    if decided != state.mapping:
        upload_map(viewer=request.viewer, uid=upload, mapping=decided)
    upload_check(
        viewer=request.viewer, uid=upload, complete=state.complete, reject_all=state.reject_all
    )
    return redirect("imports:upload", upload)


@for_importers
@require_GET
def check_rejects(request: SignedInRequest, upload: UUID) -> FileResponse:
    """The rows that the check would reject."""
    return rejects_answer(checked_rejects_file(request.viewer, upload))


@for_importers
@require_POST
def take(request: SignedInRequest, upload: UUID) -> HttpResponse:
    """Take the files, as the check that the page showed found them."""
    upload_take(viewer=request.viewer, uid=upload, check=request.POST.get("check", ""))
    return redirect("imports:upload", upload)


@for_importers
@require_POST
def discard(request: SignedInRequest, upload: UUID) -> HttpResponse:
    """Forget the upload."""
    upload_discard(viewer=request.viewer, uid=upload)
    toast(request, _("The upload is forgotten; nothing was taken from it."))
    return redirect("imports:list")
