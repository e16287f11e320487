"""What undoing an import does to keys, edits and the import itself; in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from groundplan.database import removing

from .contracts import FieldConflict, Kind
from .models import FieldOverride, ImportRun, Merge, Redirect, SourceKey
from .selectors import edit_of
from .services import override_reopen

_CHUNK = 900


@dataclass(frozen=True, slots=True)
class DoneRun:
    """An import that took something and stands."""

    run_id: int
    uid: UUID
    source_id: int
    source: str
    finished_at: datetime


def runs_done(using: str = DEFAULT_DB_ALIAS) -> list[DoneRun]:
    """Imports that took something and weren't undone, latest first; `using` names the database."""
    rows = ImportRun.objects.using(using).filter(state=ImportRun.State.DONE)
    return [
        DoneRun(row.pk, row.uid, row.source_id, row.source.name, row.finished_at or row.started_at)
        for row in rows.select_related("source").order_by("-finished_at", "-pk")
    ]


def run_undone(*, run: DoneRun) -> None:
    ImportRun.objects.filter(pk=run.run_id).update(state=ImportRun.State.UNDONE)


def merged_since(at: datetime) -> bool:
    """Whether rows were merged after that moment and still are."""
    return Redirect.objects.filter(at__gt=at).exists()


def parted_since(at: datetime) -> bool:
    """Whether rows were one at that moment that are two by now."""
    return Merge.objects.filter(at__lt=at, undone_at__gt=at).exists()


def keys_remove(*, source_id: int | None, kind: Kind, target_ids: Sequence[int]) -> None:
    """Forget keys of rows; all sources' where `source_id` is None."""
    fixed = {"kind": kind} | ({"source_id": source_id} if source_id is not None else {})
    removing.rows_delete(SourceKey, target_ids, by="target_id", fixed=fixed)


def keys_of_rows(*, kind: Kind, target_ids: Sequence[int]) -> list[tuple[int, str, int]]:
    """Every source's keys of rows: (source, key, row)."""
    found: list[tuple[int, str, int]] = []
    rows = SourceKey.objects.filter(kind=kind).order_by("pk")
    for at in range(0, len(target_ids), _CHUNK):
        some = rows.filter(target_id__in=target_ids[at : at + _CHUNK])
        found += some.values_list("source_id", "key", "target_id")
    return found


def keys_return(*, kind: Kind, keys: Sequence[tuple[int, str, int]]) -> None:
    """Keys of rows that are there again: (source, key, row)."""
    SourceKey.objects.bulk_create(
        [SourceKey(source_id=s, kind=kind, key=key, target_id=row) for s, key, row in keys],
        batch_size=_CHUNK,
    )


def edits_remove(*, kind: Kind, target_ids: Sequence[int]) -> None:
    """Forget edits of rows that are gone."""
    removing.rows_delete(FieldOverride, target_ids, by="target_id", fixed={"kind": kind})


def edits_of_kind(kind: Kind) -> list[FieldConflict]:
    """Every edit of imported fields of a kind, in conflict or not."""
    return [edit_of(row) for row in FieldOverride.objects.filter(kind=kind).order_by("pk")]


def edit_rebase(*, edit: FieldConflict, base: Any) -> None:
    """The edit stands against `base` and nothing else; it ends where the two are the same."""
    if base == edit.edited:
        edit_remove(edit=edit)
    else:
        override_reopen(conflict=replace(edit, base=base, incoming=None, in_conflict=False))


def edit_remove(*, edit: FieldConflict) -> None:
    rows = FieldOverride.objects.filter(kind=edit.kind, target_id=edit.target_id)
    rows.filter(field=edit.field).delete()


def edit_written(edit: FieldConflict) -> dict[str, Any]:
    """As JSON; `edit_read` is the way back."""
    return asdict(edit) | {"at": edit.at.isoformat()}


def edit_read(written: dict[str, Any]) -> FieldConflict:
    return FieldConflict(**(written | {"at": datetime.fromisoformat(written["at"])}))
