"""Copies the facts of this moment into an immutable snapshot."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from groundplan.engine.disk import folder_at_once
from groundplan.kernel import clock
from groundplan.kernel.ids import uuid7
from groundplan.kernel.progress import Progress, Silent
from groundplan.kernel.steps import step
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import SYSTEM, Scope
from groundplan.snapshots.building import build
from groundplan.snapshots.contracts import PublishedSnapshot
from groundplan.snapshots.locking import publishing
from groundplan.snapshots.models import Snapshot
from groundplan.snapshots.selectors import MANIFEST, published


def snapshot_publish(
    *, viewer: Scope = SYSTEM, progress: Progress | None = None
) -> PublishedSnapshot:
    """Publish the book and the purchases as they are now; waits for another publisher.

    The folder is complete and synced before the row exists, and nobody sees either until
    `pointer_move`. Killed at any step, it leaves what was there before, and a folder without a
    row that `snapshots_collect` removes.
    """
    home = Path(settings.GROUNDPLAN_HOME)
    uid, taken_at = uuid7(), clock.now()
    with publishing(home / "snapshots", wait=True):
        folder = home / "snapshots" / str(uid)
        with folder_at_once(folder) as partial:
            # What a snapshot holds doesn't depend on who asked for it, only who may ask does.
            manifest = build(
                partial, viewer=SYSTEM, taken_at=taken_at, progress=progress or Silent()
            )
        step("snapshot.written")
        with transaction.atomic():
            snapshot = Snapshot.objects.create(
                uid=uid,
                taken_at=taken_at,
                as_of=manifest["as_of"],
                folder=str(folder.relative_to(home)),
                manifest_sha256=sha256((folder / MANIFEST).read_bytes()).hexdigest(),
                rows=_rows(manifest),
            )
            audit_record(
                viewer_actor=viewer.actor,
                action="snapshot.publish",
                kind="snapshot",
                key=str(uid),
                label=str(snapshot),
                detail={"rows": snapshot.rows},
            )
            step("snapshot.recorded")
    step("snapshot.committed")
    return published(uid)


def _rows(manifest: dict[str, Any]) -> dict[str, int]:
    """Rows by table; the files of purchases and of the footprint together."""
    rows: dict[str, int] = {}
    for file in manifest["files"]:
        table = file["path"].partition("/")[0].removesuffix(".parquet")
        rows[table] = rows.get(table, 0) + file["rows"]
    return rows
