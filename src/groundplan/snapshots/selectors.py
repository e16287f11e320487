"""Reads of snapshots: which one everybody sees, and what it says of itself.

A snapshot holds every account; whoever reads its rows filters by what the viewer may see.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from groundplan.database.prepared import prepared
from groundplan.engine.disk import sha256_of
from groundplan.kernel.errors import NotFound
from groundplan.kernel.reading import once

from .contracts import CurrentSnapshot, PublishedSnapshot
from .models import Current, Snapshot

MANIFEST = "manifest.json"


@once
def current() -> CurrentSnapshot | None:
    """The snapshot and results that everybody sees; None before the first import."""
    pointer = next(iter(_pointer().ask()), None)
    if pointer is None:
        return None
    published = _published(pointer.snapshot)
    return CurrentSnapshot(
        snapshot_id=published.snapshot_id,
        uid=published.uid,
        folder=published.folder,
        as_of=published.as_of,
        taken_at=published.taken_at,
        currency=published.currency,
        results_uid=pointer.results_uid,
        results=Path(settings.GROUNDPLAN_HOME) / "results" / str(pointer.results_uid),
        shard_size=published.shard_size,
    )


@prepared
def _pointer() -> QuerySet[Current]:
    return Current.objects.select_related("snapshot").filter(pk=1)


def snapshots() -> QuerySet[Snapshot]:
    """Every snapshot that is kept, latest first."""
    return Snapshot.objects.order_by("-taken_at", "-id")


def published(uid: UUID) -> PublishedSnapshot:
    """The snapshot `uid`; NotFound where there is none."""
    snapshot = Snapshot.objects.filter(uid=uid).first()
    if snapshot is None:
        raise NotFound(f"There is no snapshot {uid}.")
    return _published(snapshot)


def manifest_of(folder: Path) -> dict[str, Any]:
    """What a snapshot's manifest says: as_of, currency, files, sources, excluded and so on."""
    return _manifest(folder)


def damaged_files(snapshot: CurrentSnapshot | PublishedSnapshot) -> list[str]:
    """Files of the snapshot that are missing or not what its manifest says, by their names."""
    files = _manifest(snapshot.folder)["files"]
    return [file["path"] for file in files if not _is_whole(snapshot.folder, file)]


def _is_whole(folder: Path, file: dict[str, Any]) -> bool:
    path = folder / file["path"]
    expected: str = file["sha256"]
    return path.is_file() and sha256_of(path) == expected


def _published(snapshot: Snapshot) -> PublishedSnapshot:
    folder = Path(settings.GROUNDPLAN_HOME) / snapshot.folder
    manifest = _manifest(folder)
    return PublishedSnapshot(
        snapshot_id=snapshot.pk,
        uid=snapshot.uid,
        folder=folder,
        as_of=snapshot.as_of,
        taken_at=snapshot.taken_at,
        currency=manifest["currency"],
        shard_size=manifest["shard_size"],
        manifest=manifest,
    )


@lru_cache(maxsize=8)
def _manifest(folder: Path) -> dict[str, Any]:
    # Snapshots never change, so what was read once stays true.
    content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return content
