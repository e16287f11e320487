"""Undoing an import: a look at what would change, then a job, whose progress the import shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groundplan.intake.services.undoing import import_undo, import_undo_enqueue
from groundplan.intake.undoing.contracts import LaterEdit, UndoReport
from groundplan.intake.uploads.selectors import import_run_of
from groundplan.kernel.errors import Conflict, NotFound
from groundplan.organisation.jobs import job_progress
from groundplan.web.change_words import ACTIONS, FIELDS
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast_error

from .access import for_importers
from .words import table_word

MOST_EDITS = 200


@dataclass(frozen=True, slots=True)
class CountLine:
    """What happens to the rows of a table."""

    table: str
    removed: int
    restored: int
    returned: int


@dataclass(frozen=True, slots=True)
class EditLine:
    """What somebody did since to a row of the import."""

    name: str
    what: str | Promise
    after: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UndoPage:
    """What an undo would change."""

    uid: UUID
    source: str
    started_at: datetime
    counts: tuple[CountLine, ...]
    purchases: int
    purchases_back: int
    later: tuple[UUID, ...]
    edits: tuple[EditLine, ...]
    more_edits: int


@dataclass(frozen=True, slots=True)
class UndoProgress:
    """A job under way, or how it failed."""

    address: str
    busy: bool
    message: str
    share: float | None
    error: str


@for_importers
@require_http_methods(["GET", "POST"])
def undo(request: SignedInRequest, run: UUID) -> HttpResponse:
    """Look at it, then have it done."""
    row = import_run_of(request.viewer, run)
    if request.method == "POST":
        job = import_undo_enqueue(
            viewer=request.viewer,
            uid=run,
            discard_edits="discard" in request.POST,
            with_later="later" in request.POST,
        )
        return redirect(f"{reverse('imports:run', args=[run])}?job={job}")
    try:
        report = import_undo(viewer=request.viewer, uid=run, dry_run=True)
    except (Conflict, NotFound) as refused:
        toast_error(request, str(refused))
        return redirect("imports:run", run)
    page = UndoPage(
        uid=run,
        source=row.source,
        started_at=row.started_at,
        counts=tuple(_counts(report)),
        purchases=report.purchases,
        purchases_back=report.purchases_back,
        later=tuple(UUID(uid) for uid in report.later),
        edits=tuple(_edit(edit) for edit in report.edits[:MOST_EDITS]),
        more_edits=max(len(report.edits) - MOST_EDITS, 0),
    )
    return render(request, "imports/undo.html", {"page": page})


def undo_progress(run: UUID, job: str) -> UndoProgress | None:
    """How far the undo of an import is that `job` names; None where that isn't one."""
    try:
        found = job_progress(UUID(job)) if job else None
    except ValueError:
        return None
    if found is None or found.kind != "import.undo":
        return None
    address = f"{reverse('imports:run', args=[run])}?job={job}"
    message = _(found.message) if found.message else _("Waiting for the worker")
    return UndoProgress(address, not found.over, message, found.share, found.error)


def _counts(report: UndoReport) -> Iterator[CountLine]:
    for table, count in report.tables.items():
        yield CountLine(table_word(table), count.removed, count.restored, count.returned)


def _edit(edit: LaterEdit) -> EditLine:
    known = FIELDS.get(edit.field, edit.field) if edit.field else ACTIONS.get(edit.action)
    return EditLine(edit.name, known or edit.action, edit.after, edit.author, edit.at)
