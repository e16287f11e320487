"""Restoring a backup: unpacked beside, looked through, then put in the home's place."""

import os
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from groundplan.cli.main import prepare
from groundplan.engine.disk import sync_tree
from groundplan.kernel import clock
from groundplan.kernel.errors import Conflict, InvalidInput
from groundplan.kernel.home import home as home_of
from groundplan.kernel.ids import uuid7
from groundplan.kernel.occupancy import alone_in, leave
from groundplan.kernel.progress import Progress
from groundplan.kernel.steps import step
from groundplan.kernel.swapping import ASIDE, COMING, JOURNAL, contents, finish_if_begun, swap

from .archive import Manifest, damaged, extract, opened

POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a home holds now; `aside` is where what it held before is, if it held anything."""

    home: Path
    aside: Path | None
    taken_at: str
    version: str
    files: int
    rows: int


def restore(path: Path, *, replace: bool, progress: Progress) -> Restored:
    """Make the home what it was when the backup at `path` was taken.

    Everything is verified before anything that is there is touched. Raises InvalidInput for a
    damaged backup, one of a newer version, or a home in use without `replace`; Conflict while
    any process uses the home.
    """
    home = home_of()
    finish_if_begun(home)
    with alone_in(home) as alone:
        if not alone:
            raise Conflict(
                f"Groundplan is running in {home}.", mend="Stop it, restore, then start it again."
            )
        _abandoned_remove(home)
        if contents(home) and not replace:
            raise InvalidInput(
                f"{home} holds an installation already.",
                mend="Name an empty folder in GROUNDPLAN_HOME, or replace it: --replace.",
            )
        coming = home / f"{COMING}{uuid7()}"
        aside = home / f"{ASIDE}{clock.now():%Y%m%d-%H%M%S}"
        try:
            manifest = _unpacked(path, coming, progress)
            _take_over(home, coming, aside, manifest, replace)
        except BaseException:
            if not (home / JOURNAL).exists():
                shutil.rmtree(coming, ignore_errors=True)
            raise
    return Restored(
        home=home,
        aside=aside if aside.exists() else None,
        taken_at=manifest.taken_at,
        version=manifest.version,
        files=len(manifest.members),
        rows=sum(manifest.rows.values()),
    )


def _unpacked(path: Path, coming: Path, progress: Progress) -> Manifest:
    progress.step("Verifying the backup", 0.05)
    with opened(path) as (manifest, archive):
        progress.step("Unpacking", 0.3)
        coming.mkdir(mode=0o700)
        try:
            extract(archive, manifest, coming)
        except (zipfile.BadZipFile, EOFError) as error:
            raise damaged(path, []) from error
    step("restore.unpacked")
    return manifest


def _take_over(home: Path, coming: Path, aside: Path, manifest: Manifest, replace: bool) -> None:
    """Look at what was unpacked as an installation, then make it this one."""
    os.environ["GROUNDPLAN_HOME"] = str(coming)
    prepare()
    from django.db import connection

    from .databases import FILES, embedded_is_sound, server_replace
    from .kept import files_kept, migrations_unknown, rows_kept

    if manifest.database != connection.vendor:
        raise InvalidInput(
            f"This backup is of {manifest.database}, DATABASE_URL speaks of {connection.vendor}."
        )
    if unknown := migrations_unknown(manifest.migrations):
        raise InvalidInput(
            f"This backup is of Groundplan {manifest.version}, which is newer: {unknown[0]}.",
            mend="Update Groundplan, then restore.",
        )
    database = coming / FILES[connection.vendor]
    if connection.vendor == POSTGRESQL:
        server_replace(database, replace=replace, aside=aside)
        database.unlink()
    elif not embedded_is_sound(database):
        raise damaged(database, [database.name])
    if rows_kept() != manifest.rows:
        raise damaged(database, ["the rows of the database"])
    files_kept(coming)
    connection.close()
    leave(coming)
    sync_tree(coming)
    step("restore.verified")
    swap(home, coming, aside)
    os.environ["GROUNDPLAN_HOME"] = str(home)


def _abandoned_remove(home: Path) -> None:
    """What a killed restore had unpacked and never moved."""
    for folder in home.glob(f"{COMING}*"):
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
