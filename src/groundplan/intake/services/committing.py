"""The end of an import: everything in one transaction, or nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from groundplan.database.staging import staging
from groundplan.intake.announcements import announce_taken
from groundplan.intake.contracts import ImportReport, TableCount
from groundplan.intake.mapping.toml import mapping_to_toml
from groundplan.intake.merging.preparing import Changes, Prepared, load_all_stored, prepare
from groundplan.intake.merging.purchases import (
    NewLayer,
    PurchaseSpan,
    purchase_span,
    write_purchases,
)
from groundplan.intake.merging.state import State
from groundplan.intake.merging.writing import fillings_over, write_ahead, write_rows
from groundplan.intake.models import PurchaseLayer, RememberedMapping
from groundplan.intake.outgrown import outgrown_told
from groundplan.intake.undoing.keeping import journal_keep, journal_renew
from groundplan.intake.validating.repeats import SAME
from groundplan.kernel import clock
from groundplan.kernel.progress import Progress
from groundplan.kernel.steps import step
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope
from groundplan.sources import imports as sources
from groundplan.sources.imports import Run

from .currency import currency_adopt


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked for; `since` is when, in seconds."""

    viewer: Scope
    source: str
    complete: bool
    dry_run: bool
    reject_all_on_error: bool
    since: float


@dataclass(slots=True)
class Outcome:
    """An import before its end. `takes`: it has good rows, and bad ones don't forbid them."""

    uid: UUID
    report: ImportReport
    takes: bool
    run: Run | None = None
    layer: NewLayer | None = None


@contextmanager
def recover(outcome: Outcome) -> Iterator[None]:
    """Records a failure of the import's run."""
    try:
        with outgrown_told():
            yield
    except BaseException as error:
        if outcome.run is not None:
            sources.run_finish(run=outcome.run, state="failed", error=str(error)[:2000])
        raise


def commit(request: Request, state: State, outcome: Outcome, progress: Progress) -> ImportReport:
    """Writes what is taken and says what was; a dry run goes as far as the first write."""
    span = purchase_span(state)
    if not request.dry_run:
        outcome.run = sources.run_start(
            source=request.source, uid=outcome.uid, actor=request.viewer.actor, files=_files(state)
        )
        state.source_id = outcome.run.source_id
        step("import.run-recorded")
    if not outcome.takes:
        return _ended(request, state, outcome, {}, span)
    load_all_stored(state)
    if outcome.run is None:
        prepared = prepare(state, None)
        state.notes += prepared.notes
        currency_adopt(state, request.viewer.actor, request.source)
        return _ended(request, state, outcome, prepared.changes, span)
    if span is not None:
        progress.step("Writing purchases", 0.6)
        home = Path(settings.GROUNDPLAN_HOME)
        outcome.layer = write_purchases(state, outcome.run, home, span)
        step("import.layer-written")
    progress.step("Making rows ready", 0.7)
    with staging(state.scratch) as place, fillings_over(state):
        try:
            prepared = prepare(state, place)
            journal_keep(state, outcome.run, prepared, Path(settings.GROUNDPLAN_HOME))
            step("import.rows-ready")
        finally:
            write_ahead(state)
        progress.step("Writing the book", 0.85)
        with place.writing():
            report = _taken(request, state, outcome, prepared, span)
    step("import.committed")
    return report


def _taken(
    request: Request,
    state: State,
    outcome: Outcome,
    prepared: Prepared,
    span: PurchaseSpan | None,
) -> ImportReport:
    """The one transaction of an import: everybody else who writes waits for it."""
    assert outcome.run is not None
    changes = write_rows(state, prepared)
    journal_renew(state, outcome.run, prepared, Path(settings.GROUNDPLAN_HOME))
    step("import.rows-written")
    if outcome.layer is not None and span is not None:
        _record_layer(outcome.run, outcome.layer, span)
    _remember(state, outcome.run)
    currency_adopt(state, request.viewer.actor, request.source)
    report = _ended(request, state, outcome, changes, span)
    # What follows from an import is asked for with it: nobody is left to ask after a kill.
    announce_taken(report, request.viewer.actor)
    step("import.recorded")
    return report


def counts_of(state: State) -> dict[str, TableCount]:
    """Rows read, accepted, rejected and skipped, by table in the order of the mapping."""
    counts: dict[str, TableCount] = {}
    seen: set[str] = set()
    for each in state.typed:
        table, file = each.mapping.table, state.files[each.mapping.file]
        rows = f"rows_{table} WHERE _place = {each.place}"
        bad = state.count(f"{rows} AND _fault IS NOT NULL AND _fault <> '{SAME}'")
        good = state.count(f"{rows} AND _fault IS NULL")
        ragged = 0
        if file.name not in seen:
            name = file.name.replace("'", "''")
            ragged = state.count(f"ragged WHERE file = '{name}'")
            seen.add(file.name)
        before = counts.get(table, TableCount())
        counts[table] = TableCount(
            read=before.read + file.rows + ragged,
            accepted=before.accepted + good,
            rejected=before.rejected + bad + ragged,
            skipped=before.skipped + file.rows - good - bad,
        )
    return counts


def _files(state: State) -> list[dict[str, Any]]:
    return [
        {"name": f.name, "rows": f.rows, "size": f.size, "sha256": f.sha256}
        for f in state.files.values()
    ]


def _ended(
    request: Request,
    state: State,
    outcome: Outcome,
    changes: dict[str, Changes],
    span: PurchaseSpan | None,
) -> ImportReport:
    tables = {
        name: replace(count, **asdict(changes[name])) if name in changes else count
        for name, count in outcome.report.tables.items()
    }
    if span is not None and outcome.takes:
        tables["purchases"] = replace(tables["purchases"], created=span.rows)
    report = replace(
        outcome.report,
        tables=tables,
        notes=tuple(dict.fromkeys(state.notes)),
        run_uid=str(outcome.run.uid) if outcome.run else "",
        taken=outcome.takes and not request.dry_run,
        seconds=time.time() - request.since,
        replaced_purchases=span.replaced.rows if span else 0,
        replaced=span.replaced if span else None,
        first_on=span.first_on if span else None,
        last_on=span.last_on if span else None,
    )
    if outcome.run is not None:
        _record_run(request, state, outcome.run, report)
    return report


def _record_run(request: Request, state: State, run: Run, report: ImportReport) -> None:
    counts = {name: asdict(count) for name, count in report.tables.items()}
    sources.run_finish(
        run=run,
        state="done" if report.taken else "nothing",
        counts=counts,
        notes=list(report.notes),
        mapping=mapping_to_toml(state.mapping),
        rejects_path=_relative(report.rejects_path),
    )
    audit_record(
        viewer_actor=request.viewer.actor,
        action="import.taken" if report.taken else "import.nothing",
        kind="import",
        key=str(run.uid),
        label=request.source,
        detail={name: count["accepted"] for name, count in counts.items()},
    )


def _relative(path: Path | None) -> str:
    return str(path.relative_to(settings.GROUNDPLAN_HOME)) if path else ""


def _record_layer(run: Run, layer: NewLayer, span: PurchaseSpan) -> None:
    PurchaseLayer.objects.create(
        uid=run.uid,
        source_id=run.source_id,
        run_id=run.run_id,
        folder=layer.folder,
        replaces=layer.replaces,
        rows=layer.manifest.rows,
        first_on=span.first_on,
        last_on=span.last_on,
        manifest=layer.manifest.as_json(),
    )


def _remember(state: State, run: Run) -> None:
    RememberedMapping.objects.update_or_create(
        source_id=run.source_id,
        defaults={"toml": mapping_to_toml(state.mapping), "saved_at": clock.now()},
    )
