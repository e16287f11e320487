"""What the imports' pages show: built whole before anything renders."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from groundplan.intake.uploads.selectors import (
    UploadState,
    import_run_of,
    import_runs,
    is_busy,
    uploads_open,
)
from groundplan.organisation.jobs import job_progress
from groundplan.people.contracts import Scope
from groundplan.sources.selectors import ImportRow

from .editing import StageLine, TableForm, stage_lines, table_forms
from .words import STATES, STEPS, table_word

Steps = tuple[tuple[str, str], ...]


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
    open: tuple[tuple[UUID, str, str, datetime], ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    run: ImportRow
    state_word: str
    counts: tuple[Count, ...]
    rejected: int
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


@dataclass(frozen=True, slots=True)
class MappingPage:
    uid: UUID
    source: str
    steps: Steps
    forms: tuple[TableForm, ...]
    stages: tuple[StageLine, ...]
    toml: str
    error: str
    complete: bool
    reject_all: bool
    ready: bool


@dataclass(frozen=True, slots=True)
class NearName:
    """A near name: `value` is what the form sends to join it."""

    value: str
    table: str
    spelling: str
    means: str
    rows: int
    score: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class CheckPage:
    uid: UUID
    source: str
    steps: Steps
    counts: tuple[Count, ...]
    accepted: int
    rejected: int
    near: tuple[NearName, ...]
    notes: tuple[str, ...]
    rejects: tuple[dict[str, Any], ...]
    replaced: int
    first_on: str
    last_on: str
    reject_all: bool
    takes: bool


def list_page(viewer: Scope) -> ListPage:
    return ListPage(
        tuple(_run_line(run) for run in import_runs(viewer)),
        tuple(
            (one.uid, one.source, ", ".join(name for name, _size in one.files), one.created_at)
            for one in uploads_open(viewer)
        ),
    )


def run_page(viewer: Scope, uid: UUID) -> RunPage:
    run = import_run_of(viewer, uid)
    counts = tuple(_counts(run.counts))
    return RunPage(
        run,
        str(STATES.get(run.state, run.state)),
        counts,
        sum(count.rejected for count in counts),
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
    )


def mapping_page(state: UploadState) -> MappingPage:
    forms = tuple(table_forms(state))
    mapped = [form for form in forms if form.table]
    return MappingPage(
        uid=state.uid,
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


def check_page(state: UploadState) -> CheckPage:
    report = state.report
    counts = tuple(_counts(report.get("tables", {})))
    accepted = sum(count.accepted for count in counts)
    rejected = sum(count.rejected for count in counts)
    return CheckPage(
        uid=state.uid,
        source=state.source,
        steps=steps(2),
        counts=counts,
        accepted=accepted,
        rejected=rejected,
        near=tuple(_near(report.get("proposals", ()))),
        notes=tuple(report.get("notes", ())),
        rejects=tuple(report.get("reject_sample", ())),
        replaced=report.get("replaced_purchases", 0),
        first_on=report.get("first_on") or "",
        last_on=report.get("last_on") or "",
        reject_all=state.reject_all,
        takes=bool(accepted) and not (state.reject_all and rejected),
    )


def steps(current: int) -> Steps:
    """The wizard's steps with their states, as the stepper shows them."""
    return tuple(
        (str(label), "done" if place < current else "current" if place == current else "ahead")
        for place, label in enumerate(STEPS)
    )


def _run_line(run: ImportRow) -> RunLine:
    counts = list(_counts(run.counts))
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


def _counts(tables: dict[str, dict[str, int]]) -> Iterator[Count]:
    for name, count in tables.items():
        numbers = ("read", "accepted", "rejected", "skipped", "created", "updated")
        yield Count(table_word(name), *(count.get(number, 0) for number in numbers))


def _near(proposals: list[dict[str, Any]]) -> Iterator[NearName]:
    for one in proposals:
        yield NearName(
            value=f"{one['table']}|{one['spelling']}|{one['means']}",
            table=table_word(one["table"]),
            spelling=one["spelling"],
            means=one["means"],
            rows=one["rows"],
            score=round(one["score"] * 100),
            accepted=one["accepted"],
        )
