"""Keeps an import's journal, and lets go of those that nobody can use any more."""

import shutil
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS

from groundplan.engine.disk import folder_at_once
from groundplan.intake.merging.preparing import Prepared, edits_seen
from groundplan.intake.merging.state import State
from groundplan.intake.models import RememberedMapping
from groundplan.sources import undoing as sources
from groundplan.sources.imports import Run

from .journal import JOURNALS, MOST_KEPT, write_journal


def journal_keep(state: State, run: Run, prepared: Prepared, home: Path) -> None:
    """Writes what the import is about to change, complete and synced, before it does."""
    folder = home / JOURNALS / str(run.uid)
    shutil.rmtree(folder, ignore_errors=True)
    kept = RememberedMapping.objects.filter(source_id=run.source_id).first()
    gone = {ready.kind: ready.gone for ready in prepared.ready}
    with folder_at_once(folder) as partial:
        write_journal(state, partial, gone, kept.toml if kept else "")


def journal_renew(state: State, run: Run, prepared: Prepared, home: Path) -> None:
    """Again, if somebody edited what the import changes while it was made ready."""
    if edits_seen(state) != prepared.edits:
        journal_keep(state, run, prepared, home)


def journals_sweep(home: Path) -> None:
    """Removes journals of imports that took nothing, were undone or are too old to be undone."""
    kept = journals_kept()
    folders = (home / JOURNALS).iterdir() if (home / JOURNALS).is_dir() else iter(())
    for folder in folders:
        if f"{JOURNALS}/{folder.name}" not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def journals_kept(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """Their paths below the home; `using` names the database, which may be a copy of it."""
    return {f"{JOURNALS}/{run.uid}" for run in sources.runs_done(using)[:MOST_KEPT]}
