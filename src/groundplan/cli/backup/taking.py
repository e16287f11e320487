"""Taking a backup while the installation is used."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import connection

from groundplan import __version__
from groundplan.engine.disk import held, link
from groundplan.intake.selectors import layers_held
from groundplan.kernel import clock
from groundplan.kernel.errors import Conflict
from groundplan.kernel.ids import uuid7
from groundplan.kernel.progress import Progress
from groundplan.kernel.steps import step

from .archive import Manifest, written
from .databases import FILES, copied
from .kept import files_kept, migrations_applied, rows_kept

FOLDER = "backups"
"""Below the home: where the copy of the database and links to files wait to be written."""

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that is complete at `path`."""

    path: Path
    size: int
    files: int
    rows: int
    taken_at: str
    version: str


def back_up(path: Path, progress: Progress) -> Taken:
    """Write everything that makes this installation into the new file `path`.

    Nobody waits for it: the database is copied as of one instant, and files, which never change,
    get a second name before they are read. Raises InvalidInput where `path` is there already.
    """
    home = Path(settings.GROUNDPLAN_HOME)
    with written(path) as archive, held(home / FOLDER / str(uuid7())) as place:
        try:
            progress.step("Copying the database", 0.05)
            manifest, files = _gathered(home, place)
            for number, file in enumerate(files):
                progress.step("Writing files", 0.2 + 0.8 * number / len(files))
                archive.add(place / file, file)
            archive.finish(replace(manifest, members=tuple(archive.members)))
        finally:
            shutil.rmtree(place, ignore_errors=True)
    return Taken(
        path=path.resolve(),
        size=path.stat().st_size,
        files=len(files),
        rows=sum(manifest.rows.values()),
        taken_at=manifest.taken_at,
        version=manifest.version,
    )


def _gathered(home: Path, place: Path) -> tuple[Manifest, list[str]]:
    """The database copied into `place` and what it refers to linked beside it.

    Retention may remove a folder in between; then the copy is taken anew.
    """
    for _ in range(ATTEMPTS):
        taken_at = clock.now()
        shutil.rmtree(place)
        place.mkdir(mode=0o700)
        with layers_held(), copied(place) as alias:
            step("backup.database-copied")
            manifest = Manifest(
                version=__version__,
                taken_at=taken_at.isoformat(timespec="seconds"),
                database=connection.vendor,
                migrations=migrations_applied(alias),
                rows=rows_kept(alias),
            )
            try:
                files = files_kept(home, alias)
                for file in files:
                    (place / file).parent.mkdir(parents=True, exist_ok=True)
                    link(home / file, place / file)
            except FileNotFoundError:
                continue
        step("backup.files-linked")
        return manifest, [FILES[connection.vendor], *files]
    raise Conflict("Snapshots come and go too fast to be copied.", mend="Try again in a minute.")
