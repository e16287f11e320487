"""The jobs of the wizard: looking at files, checking them, taking them."""

import json
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

import duckdb

from groundplan.engine.sql import quoted
from groundplan.intake.contracts import FileSuggestion, ImportReport, Mapping, StagedFile
from groundplan.intake.mapping.toml import mapping_from_toml, mapping_to_toml
from groundplan.intake.models import Upload
from groundplan.intake.reading import stage_files
from groundplan.intake.services import import_run
from groundplan.intake.services.choosing import fits, remembered_mapping, suggested
from groundplan.intake.validating.respelt import joined_names
from groundplan.intake.workspace import Workspace, open_workspace
from groundplan.kernel.errors import GroundplanError
from groundplan.kernel.progress import Progress
from groundplan.people.selectors import scope_of, users
from groundplan.sources.selectors import import_id

from .storing import folder_of, rejects_keep

SAMPLES = 3
SAMPLE_ROWS = 200


def examine(progress: Progress, *, upload: str) -> dict[str, Any]:
    """Read the files and propose how they become facts."""
    row = _row(upload)
    folder = folder_of(row.folder)
    progress.step("Reading files", 0.1)
    with _failing(row), open_workspace(folder / "work") as workspace:
        files = stage_files([folder / file["name"] for file in row.files], workspace)
        progress.step("Recognising columns", 0.6)
        suggestions, mapping = suggested(row.source_name, files, workspace)
        remembered = _remembered(row, files, workspace)
        row.mapping = mapping_to_toml(remembered or replace(mapping, source=row.source_name))
        row.options |= {
            "step": "map",
            "seen": [_seen(file, suggestions, workspace.connection) for file in files],
            "because": _because(suggestions),
            "remembered": bool(remembered),
        }
    row.save(update_fields=["mapping", "options"])
    return {"files": len(row.files)}


def check(progress: Progress, *, upload: str) -> dict[str, Any]:
    """A dry run: what would be taken and what rejected."""
    row = _row(upload)
    with _failing(row):
        report = _run(row, progress, dry_run=True)
        rejects_keep(folder_of(row.folder), report.rejects_path)
        # The page lists these names itself.
        named = set(joined_names(report.proposals))
        report = replace(report, notes=tuple(n for n in report.notes if n not in named))
        row.options |= {"step": "checked", "report": report_json(report)}
    row.save(update_fields=["options"])
    return {}


def take(progress: Progress, *, upload: str) -> dict[str, Any]:
    """The import itself."""
    row = _row(upload)
    with _failing(row):
        report = _run(row, progress, dry_run=False)
        row.options |= {"step": "taken", "report": report_json(report)}
        row.run_id = import_id(UUID(report.run_uid)) if report.run_uid else None
    row.save(update_fields=["options", "run"])
    return {"run": report.run_uid}


def report_json(report: ImportReport) -> dict[str, Any]:
    """A report as JSON values; dates and paths become text."""
    told: dict[str, Any] = json.loads(json.dumps(asdict(report), default=str))
    return told


class _failing:  # noqa: N801 - reads as the block's word
    """Keeps what went wrong where the wizard shows it; the job fails with it as well."""

    def __init__(self, row: Upload) -> None:
        self.row = row

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if error is None:
            return
        known = isinstance(error, GroundplanError)
        self.row.options |= {
            "step": "failed",
            "error": str(error) if known else "Something went wrong inside; the log has more.",
        }
        self.row.save(update_fields=["options"])


def _run(row: Upload, progress: Progress, *, dry_run: bool) -> ImportReport:
    folder = folder_of(row.folder)
    return import_run(
        viewer=scope_of(users().get(pk=row.user_id)),
        source=row.source_name,
        paths=[folder / file["name"] for file in row.files],
        mapping=mapping_from_toml(row.mapping),
        complete=row.options.get("complete", False),
        dry_run=dry_run,
        reject_all_on_error=row.options.get("reject_all", False),
        progress=progress,
    )


def _remembered(row: Upload, files: list[StagedFile], workspace: Workspace) -> Mapping | None:
    """The mapping of this source's last import where it fits these files too."""
    kept = remembered_mapping(row.source_name)
    named = {file.name: file for file in files}
    return kept if kept and fits(kept, named, workspace) else None


def _seen(
    file: StagedFile, suggestions: list[FileSuggestion], connection: duckdb.DuckDBPyConnection
) -> dict[str, Any]:
    notes = [one.because for one in suggestions if one.file == file.name and not one.table]
    return {
        "name": file.name,
        "rows": file.rows,
        "encoding": file.encoding,
        "delimiter": file.delimiter,
        "note": notes[0] if notes else "",
        "columns": [
            {"name": column, "samples": _samples(file, column, connection)}
            for column in file.columns
        ],
    }


def _samples(file: StagedFile, column: str, connection: duckdb.DuckDBPyConnection) -> list[str]:
    name = quoted(column)
    rows = connection.execute(
        f"SELECT DISTINCT left({name}, 60) FROM"
        f" (SELECT {name} FROM {file.relation} LIMIT {SAMPLE_ROWS})"
        f" WHERE {name} IS NOT NULL LIMIT {SAMPLES}"
    ).fetchall()
    return [value for (value,) in rows]


def _because(suggestions: list[FileSuggestion]) -> list[dict[str, Any]]:
    return [
        {
            "table": file.table,
            "file": file.file,
            "column": column.column,
            "score": round(column.score, 3),
            "because": column.because,
        }
        for file in suggestions
        for column in file.columns
        if column.rule is not None
    ]


def _row(uid: str) -> Upload:
    return Upload.objects.get(uid=UUID(uid))
