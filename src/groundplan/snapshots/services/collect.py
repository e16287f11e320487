"""Removes what retention lets go and what killed publishers left behind."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction

from groundplan.kernel.steps import step
from groundplan.kernel.syncing import sync
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import SYSTEM, Scope
from groundplan.snapshots import rules
from groundplan.snapshots.locking import publishing
from groundplan.snapshots.models import Current, Snapshot


def snapshots_collect(*, viewer: Scope = SYSTEM) -> list[Path]:
    """Remove snapshots beyond retention, and folders that nothing names; returns the folders.

    Kept are pinned snapshots, the last of each month, the last three and the one shown. Does
    nothing while somebody publishes: a folder without a row may be theirs. Layers of killed
    imports are intake's to remove, under its own lock.
    """
    home = Path(settings.GROUNDPLAN_HOME)
    with publishing(home / "snapshots", wait=False) as alone:
        if not alone:
            return []
        _forget(viewer)
        step("retention.rows-removed")
        removed = _orphans(home)
        for folder in removed:
            shutil.rmtree(folder, ignore_errors=True)
        sync(home / "snapshots")
    return removed


def _forget(viewer: Scope) -> None:
    """Rows go before their folders: what is killed in between leaves an orphan, not a row that
    promises a folder."""
    with transaction.atomic():
        shown = Current.objects.filter(pk=1).values_list("snapshot_id", flat=True).first()
        known = [
            rules.Kept(row.pk, row.taken_at, row.pinned)
            for row in Snapshot.objects.only("pk", "taken_at", "pinned")
        ]
        for row in Snapshot.objects.filter(pk__in=rules.to_remove(known, shown)):
            audit_record(
                viewer_actor=viewer.actor,
                action="snapshot.remove",
                kind="snapshot",
                key=str(row.uid),
                label=str(row),
            )
            row.delete()


def _orphans(home: Path) -> list[Path]:
    named = {home / folder for folder in Snapshot.objects.values_list("folder", flat=True)}
    folders = (path for path in (home / "snapshots").iterdir() if path.is_dir())
    return sorted(path for path in folders if path not in named)
