"""One import, from files to facts."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.conf import settings

from groundplan.intake.contracts import ImportReport, Mapping, StagedFile, TableMapping
from groundplan.intake.locking import merging_alone
from groundplan.intake.mapping.cells import staged_file
from groundplan.intake.merging.resolving import resolve_rows
from groundplan.intake.merging.state import State
from groundplan.intake.reading import stage_files
from groundplan.intake.reading.being_written import unchanged
from groundplan.intake.reading.left_out import left_out_notes
from groundplan.intake.reading.mixed_encodings import mixed_notes
from groundplan.intake.validating.limits import text_limits
from groundplan.intake.validating.nameless import nameless
from groundplan.intake.validating.namesakes import namesakes
from groundplan.intake.validating.rejects import (
    collect_rejects,
    reject_sample,
    reject_sums,
    write_rejects,
)
from groundplan.intake.validating.respelt import joined_names
from groundplan.intake.validating.typing import type_rows
from groundplan.intake.workspace import SCRATCH, Workspace, open_workspace
from groundplan.kernel.errors import InvalidInput, NotAllowed
from groundplan.kernel.ids import uuid7
from groundplan.kernel.progress import Progress, Silent
from groundplan.kernel.steps import step
from groundplan.kernel.syncing import sync
from groundplan.people.contracts import Scope
from groundplan.sources import imports as sources

from .choosing import chosen_mapping, given_mapping
from .committing import Outcome, Request, commit, counts_of, recover
from .doubting import stop_if_mostly_rejected
from .folding import layers_fold
from .sweeping import IMPORTS, sweep


def import_run(
    *,
    viewer: Scope,
    source: str,
    paths: Sequence[Path],
    mapping: Mapping | None = None,
    complete: bool = False,
    dry_run: bool = False,
    reject_all_on_error: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Takes the good rows of files or folders, all of them or none.

    Without `mapping` the one remembered for the source is used if it fits, else one is suggested.
    Raises InvalidInput where nothing can be read or a needed column has no rule, NotAllowed,
    and Conflict where another import doesn't end. Rejected rows raise nothing: see the report.
    """
    if not viewer.may_import:
        raise NotAllowed("Only a leader or an administrator may import.")
    if not source.strip():
        raise InvalidInput("The source has no name.", field="source", mend="Say where it is from.")
    request = Request(viewer, source.strip(), complete, dry_run, reject_all_on_error, time.time())
    uid = uuid7()
    with open_workspace(Path(settings.GROUNDPLAN_HOME) / IMPORTS / str(uid)) as workspace:
        staged = _staged(request, workspace, paths, mapping, progress or Silent())
        report = _import(request, uid, workspace, staged, progress or Silent())
    step("import.workspace-removed")
    return report


def _staged(
    request: Request,
    workspace: Workspace,
    paths: Sequence[Path],
    mapping: Mapping | None,
    progress: Progress,
) -> State:
    """Files read and their values typed: what needs no other import to be over."""
    progress.step("Reading files", 0.02)
    with unchanged(paths):
        files = {file.name: file for file in stage_files(paths, workspace)}
    if mapping:
        choice = given_mapping(mapping, files, workspace)
    else:
        choice = chosen_mapping(request.source, files, workspace)
    progress.step("Checking values", 0.25)
    state = _typed(workspace, choice.mapping, files, request)
    state.suggested = choice.suggested
    state.notes += [*choice.notes, *mixed_notes(workspace.connection)]
    state.notes += left_out_notes(workspace.connection)
    step("import.typed")
    return state


def _import(
    request: Request, uid: UUID, workspace: Workspace, state: State, progress: Progress
) -> ImportReport:
    with merging_alone(workspace.folder.parent, progress):
        sweep(Path(settings.GROUNDPLAN_HOME))
        state.source_id = sources.source_id_of(request.source)
        state.loaded = sources.tables_loaded()
        progress.step("Finding what rows refer to", 0.45)
        resolve_rows(state)
        state.notes += joined_names(state.proposals)
        if "accounts" in state.tables:
            state.notes += namesakes(workspace.connection)
        state.notes += nameless(workspace.connection, state.typed)
        rejected = collect_rejects(workspace.connection, state.typed)
        report = _report(request, state, workspace, rejected)
        stop_if_mostly_rejected(state, report)
        refused = request.reject_all_on_error and rejected
        accepted = any(count.accepted for count in report.tables.values())
        step("import.resolved")
        outcome = Outcome(uid, report, takes=bool(accepted and not refused))
        with recover(outcome):
            report = commit(request, state, outcome, progress)
        if report.taken and "purchases" in state.tables:
            layers_fold(Path(settings.GROUNDPLAN_HOME), progress)
        return report


def _typed(
    workspace: Workspace, mapping: Mapping, files: dict[str, StagedFile], request: Request
) -> State:
    if not mapping.tables:
        raise InvalidInput(
            f"The mapping feeds no table from {', '.join(sorted(files)) or 'no file'}.",
            field="mapping",
            mend="Name a table for one of the files, as the guide to files does.",
        )
    mapping = _renamed(mapping, files)
    typed = [
        type_rows(workspace.connection, place, table, files=files, limits=text_limits(table.table))
        for place, table in enumerate(mapping.tables)
    ]
    state = State(
        connection=workspace.connection,
        mapping=mapping,
        files=files,
        typed=typed,
        source_id=None,
        loaded=set(),
        dry_run=request.dry_run,
        complete=request.complete,
        scratch=workspace.folder / SCRATCH,
    )
    for each in typed:
        state.notes += [
            f"{each.mapping.file}: the dates of {name} could be read either way;"
            " taken as month before day. Set date_format in the mapping if that is wrong."
            for name in each.guessed_dates
        ]
    return state


def _renamed(mapping: Mapping, files: dict[str, StagedFile]) -> Mapping:
    """The mapping with each file called as it was read, so that labels and rows agree."""

    def named(table: TableMapping) -> TableMapping:
        return replace(table, file=staged_file(files, table.file).name)

    return replace(mapping, tables=tuple(map(named, mapping.tables)))


def _report(request: Request, state: State, workspace: Workspace, rejected: int) -> ImportReport:
    path = workspace.folder / "rejects.csv" if rejected else None
    if path:
        write_rejects(workspace.connection, path)
        sync(path)
        sync(path.parent)
    return ImportReport(
        source=request.source,
        tables=counts_of(state),
        proposals=tuple(state.proposals),
        notes=tuple(state.notes),
        reject_sample=reject_sample(workspace.connection),
        reject_sums=reject_sums(workspace.connection),
        rejects_path=path,
        dry_run=request.dry_run,
    )
