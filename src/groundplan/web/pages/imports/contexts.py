"""What the imports' pages show: built whole before anything renders."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from groundplan.intake.contracts import Reject
from groundplan.intake.uploads.contracts import BUSY
from groundplan.intake.uploads.selectors import (
    UploadState,
    import_run_of,
    import_runs,
    is_busy,
    rejects_first,
    uploads_open,
)
from groundplan.organisation.jobs import job_progress
from groundplan.people.contracts import Scope
from groundplan.sources.selectors import ImportRow

from .editing import StageLine, TableForm, stage_lines, table_forms
from .words import STANDS, STATES, STEPS, table_word

Steps = tuple[tuple[str, str], ...]
REJECTS_SHOWN = 50
"""On the page of an import; the file has them all."""


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of a table: read = accepted + rejected + left out."""

    table: str
    read: int
    accepted: int
    rejected: int
    skipped: int
    created: int
    updated: int
    gone: int


@dataclass(frozen=True, slots=True)
class RunLine:
    uid: UUID
    source: str
    state: str
    state_word: str
    actor: str
    started_at: datetime
    files: str
    accepted: int
    rejected: int


@dataclass(frozen=True, slots=True)
class ListPage:
    runs: tuple[RunLine, ...]
    open: tuple[tuple[UUID, str, str, str, datetime], ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    run: ImportRow
    state_word: str
    counts: tuple[Count, ...]
    any_gone: bool
    rejected: int
    rejects: tuple[Reject, ...]
    files: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """A job under way; `done` leads on."""

    uid: UUID
    source: str
    steps: Steps
    message: str
    share: float | None
    error: str
    busy: bool
    mapped: bool


@dataclass(frozen=True, slots=True)
class MappingPage:
    """`tag` tells one state of the mapping from another."""

    uid: UUID
    tag: str
    source: str
    steps: Steps
    forms: tuple[TableForm, ...]
    stages: tuple[StageLine, ...]
    toml: str
    error: str
    complete: bool
    reject_all: bool
    ready: bool


def list_page(viewer: Scope) -> ListPage:
    return ListPage(
        tuple(_run_line(run) for run in import_runs(viewer)),
        tuple(
            (one.uid, one.source, _standing(one), _names(one), one.created_at)
            for one in uploads_open(viewer)
        ),
    )


def _standing(state: UploadState) -> str:
    lost = state.step in BUSY and not is_busy(state)
    return str(STANDS["failed" if lost else state.step])


def _names(state: UploadState) -> str:
    return ", ".join(name for name, _size in state.files)


def run_page(viewer: Scope, uid: UUID) -> RunPage:
    run = import_run_of(viewer, uid)
    counts = tuple(counts_of(run.counts))
    return RunPage(
        run,
        str(STATES.get(run.state, run.state)),
        counts,
        any(count.gone for count in counts),
        sum(count.rejected for count in counts),
        rejects_first(viewer, uid, REJECTS_SHOWN),
        tuple((file["name"], file.get("rows", 0), file.get("size", 0)) for file in run.files),
    )


def progress_page(state: UploadState) -> ProgressPage:
    job = job_progress(state.job_uid) if state.job_uid else None
    return ProgressPage(
        uid=state.uid,
        source=state.source,
        steps=steps({"examine": 0, "check": 2, "take": 3}.get(state.step, 0)),
        message=_(job.message) if job and job.message else _("Waiting for the worker"),
        share=job.share if job else None,
        error=state.error or (job.error if job else ""),
        busy=is_busy(state),
        mapped=state.mapping is not None,
    )


def mapping_tag(state: UploadState) -> str:
    """What a form of columns sends back, so that it is kept only if it shows what stands."""
    return hashlib.sha256(state.toml.encode()).hexdigest()[:16]


def mapping_page(state: UploadState) -> MappingPage:
    forms = tuple(table_forms(state))
    mapped = [form for form in forms if form.table]
    return MappingPage(
        uid=state.uid,
        tag=mapping_tag(state),
        source=state.source,
        steps=steps(1),
        forms=forms,
        stages=stage_lines(state.mapping) if state.mapping else (),
        toml=state.toml,
        error=state.error if state.step == "failed" else "",
        complete=state.complete,
        reject_all=state.reject_all,
        ready=bool(mapped) and not any(form.missing for form in mapped),
    )


def steps(current: int) -> Steps:
    """The wizard's steps with their states, as the stepper shows them."""
    return tuple(
        (str(label), "done" if place < current else "current" if place == current else "ahead")
        for place, label in enumerate(STEPS)
    )


def _run_line(run: ImportRow) -> RunLine:
    counts = list(counts_of(run.counts))
    return RunLine(
        uid=run.uid,
        source=run.source,
        state=run.state,
        state_word=str(STATES.get(run.state, run.state)),
        actor=run.actor,
        started_at=run.started_at,
        files=", ".join(file["name"] for file in run.files),
        accepted=sum(count.accepted for count in counts),
        rejected=sum(count.rejected for count in counts),
    )


def counts_of(tables: dict[str, dict[str, int]]) -> Iterator[Count]:
    for name, count in tables.items():
        numbers = ("read", "accepted", "rejected", "skipped", "created", "updated", "gone")
        yield Count(table_word(name), *(count.get(number, 0) for number in numbers))
