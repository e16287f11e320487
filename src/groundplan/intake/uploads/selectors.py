"""Reads of uploads and of imports; only who may import sees any."""

import csv
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from groundplan.intake.contracts import Mapping, Reject
from groundplan.intake.mapping.toml import mapping_from_toml
from groundplan.intake.models import Upload
from groundplan.kernel.errors import NotFound
from groundplan.organisation.jobs import job_progress
from groundplan.people.contracts import Scope
from groundplan.sources.selectors import ImportRow, import_row, imports_latest

from .contracts import BUSY, Because, ColumnSeen, FileSeen, Step
from .storing import checked_rejects, folder_of

# A rejected value is as long as it was in its file; csv refuses cells of over 131,072 characters.
csv.field_size_limit(1 << 26)


@dataclass(frozen=True, slots=True)
class UploadState:
    """An upload as the wizard shows it. `report` is the last check's or import's, as JSON."""

    uid: UUID
    source: str
    step: Step
    files: tuple[tuple[str, int], ...]
    seen: tuple[FileSeen, ...]
    because: tuple[Because, ...]
    mapping: Mapping | None
    toml: str
    report: dict[str, Any]
    error: str
    job_uid: UUID | None
    complete: bool
    reject_all: bool
    created_at: datetime


def upload_of(viewer: Scope, uid: UUID) -> UploadState:
    """The viewer's own upload; NotFound for everybody else's."""
    return state_of(upload_row(viewer, uid))


def upload_row(viewer: Scope, uid: UUID) -> Upload:
    found = Upload.objects.filter(uid=uid, user_id=viewer.user_id).first()
    if found is None or not viewer.may_import:
        raise NotFound("There is no such upload.")
    return found


def state_of(row: Upload) -> UploadState:
    kept = row.options
    return UploadState(
        uid=row.uid,
        source=row.source_name,
        step=kept.get("step", "examine"),
        files=tuple((file["name"], file["size"]) for file in row.files),
        seen=tuple(_seen(file) for file in kept.get("seen", ())),
        because=tuple(Because(**one) for one in kept.get("because", ())),
        mapping=mapping_from_toml(row.mapping) if row.mapping else None,
        toml=row.mapping,
        report=kept.get("report", {}),
        error=kept.get("error", ""),
        job_uid=row.job_uid,
        complete=kept.get("complete", False),
        reject_all=kept.get("reject_all", False),
        created_at=row.created_at,
    )


def is_busy(state: UploadState) -> bool:
    """Whether a job works on it; one whose worker was lost is over."""
    if state.step not in BUSY or state.job_uid is None:
        return False
    job = job_progress(state.job_uid)
    return job is not None and not job.over


def uploads_open(viewer: Scope) -> list[UploadState]:
    """The viewer's uploads that nothing was taken from yet, latest first."""
    if not viewer.may_import:
        return []
    mine = Upload.objects.filter(user_id=viewer.user_id, run__isnull=True)
    return [state_of(row) for row in mine.order_by("-created_at")[:20]]


def import_runs(viewer: Scope, limit: int = 100) -> list[ImportRow]:
    """Imports, latest first; none for who may not import."""
    return imports_latest(limit) if viewer.may_import else []


def import_run_of(viewer: Scope, uid: UUID) -> ImportRow:
    found = import_row(uid) if viewer.may_import else None
    if found is None:
        raise NotFound("There is no such import.")
    return found


def rejects_file(viewer: Scope, uid: UUID) -> Path:
    """The file of an import's rejected rows; NotFound where there were none."""
    path = _rejects_path(import_run_of(viewer, uid))
    if path is None:
        raise NotFound("No row was rejected.")
    return path


def rejects_first(viewer: Scope, uid: UUID, most: int) -> tuple[Reject, ...]:
    """The first rejected rows of an import, in the order of their file; none where none were.

    Only so much of the file is read: it may have a million rows. Cells are as a spreadsheet would
    get them, what begins like a formula behind a quote mark.
    """
    path = _rejects_path(import_run_of(viewer, uid))
    if path is None:
        return ()
    with path.open(newline="", encoding="utf-8") as lines:
        _headings, *rows = islice(csv.reader(lines), most + 1)
    return tuple(
        Reject(file, int(line), column, value, reason) for file, line, column, value, reason in rows
    )


def _rejects_path(row: ImportRow) -> Path | None:
    home = Path(settings.GROUNDPLAN_HOME)
    path = (home / row.rejects_path).resolve() if row.rejects_path else None
    there = path is not None and path.is_relative_to(home) and path.is_file()
    return path if there else None


def checked_rejects_file(viewer: Scope, uid: UUID) -> Path:
    """The file of the rows that the last check rejected; NotFound where there were none."""
    path = checked_rejects(folder_of(upload_row(viewer, uid).folder))
    if not path.is_file():
        raise NotFound("No row was rejected.")
    return path


def _seen(file: dict[str, Any]) -> FileSeen:
    columns = tuple(ColumnSeen(one["name"], tuple(one["samples"])) for one in file["columns"])
    return FileSeen(**{**file, "columns": columns})
