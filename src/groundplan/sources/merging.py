"""What a merge of two rows, and its undo, do to their keys, edits and addresses."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from groundplan.kernel import clock

from .contracts import Kind, MergeRecord
from .models import FieldOverride, ImportRun, Merge, Redirect, SourceKey
from .selectors import edit_of
from .services import override_reopen
from .undoing import edit_read, edit_written


def rows_merged(
    *, kind: Kind, winner_id: int, loser_id: int, loser_uid: UUID, actor: str, kept: dict[str, Any]
) -> MergeRecord:
    """Point keys and addresses of the loser to the winner, in the caller's transaction.

    Addresses that led to the loser lead on; its edits of fields end with it. `kept` is what the
    caller needs to tell the two apart again.
    """
    keys = SourceKey.objects.filter(kind=kind, target_id=loser_id)
    edits = FieldOverride.objects.filter(kind=kind, target_id=loser_id)
    leading = Redirect.objects.filter(kind=kind, winner_id=loser_id)
    row = Merge.objects.create(
        kind=kind,
        winner_id=winner_id,
        loser_id=loser_id,
        actor=actor,
        at=clock.now(),
        kept={
            "keys": list(keys.values_list("source_id", "key")),
            "edits": [edit_written(edit_of(edit)) for edit in edits],
            "addresses": [str(uid) for uid in leading.values_list("loser_uid", flat=True)],
            "rows": kept,
        },
    )
    keys.update(target_id=winner_id)
    edits.delete()
    leading.update(winner_id=winner_id)
    Redirect.objects.create(kind=kind, loser_uid=loser_uid, winner_id=winner_id, at=row.at)
    return _record(row)


def rows_parted(*, kind: Kind, merge: MergeRecord, loser_uid: UUID) -> None:
    """Take back what `rows_merged` did, in the caller's transaction, which holds both rows.

    A winner that no source knows any more keeps its values, but nothing that they are held
    against.
    """
    kept = Merge.objects.values_list("kept", flat=True).get(uid=merge.uid)
    for source_id, key in kept["keys"]:
        held = SourceKey.objects.filter(source_id=source_id, kind=kind, key=key)
        held.filter(target_id=merge.winner_id).update(target_id=merge.loser_id)
    for edit in kept["edits"]:
        override_reopen(conflict=edit_read(edit))
    Redirect.objects.filter(kind=kind, loser_uid__in=kept["addresses"]).update(
        winner_id=merge.loser_id
    )
    Redirect.objects.filter(kind=kind, loser_uid=loser_uid).delete()
    if not SourceKey.objects.filter(kind=kind, target_id=merge.winner_id).exists():
        FieldOverride.objects.filter(kind=kind, target_id=merge.winner_id).delete()
    Merge.objects.filter(uid=merge.uid).update(undone_at=clock.now())


def merge_of(kind: Kind, uid: UUID) -> MergeRecord | None:
    """A merge that stands, held until the end of a transaction that writes."""
    row = Merge.objects.filter(kind=kind, uid=uid, undone_at=None).first()
    return _record(row) if row else None


def merges_into(kind: Kind, winner_id: int) -> list[MergeRecord]:
    """The merges that stand into one row, latest first; the caller has checked that it is seen."""
    rows = Merge.objects.filter(kind=kind, winner_id=winner_id, undone_at=None)
    return [_record(row) for row in rows.order_by("-at", "-pk")]


def merge_after(kind: Kind, merge: MergeRecord) -> MergeRecord | None:
    """The latest merge that stands on either of the two rows and came after this one."""
    rows = {merge.winner_id, merge.loser_id}
    later = Merge.objects.filter(
        Q(winner_id__in=rows) | Q(loser_id__in=rows), kind=kind, undone_at=None, at__gt=merge.at
    )
    row = later.order_by("-at", "-pk").first()
    return _record(row) if row else None


def imports_between(merge: MergeRecord) -> list[tuple[str, datetime]]:
    """(source, finished) of the imports since from sources that know what was merged: their rows
    of either went to the winner."""
    kept = Merge.objects.values_list("kept", flat=True).get(uid=merge.uid)
    sources: Iterable[int] = {source_id for source_id, _ in kept["keys"]}
    runs = ImportRun.objects.filter(
        source_id__in=sources, state=ImportRun.State.DONE, finished_at__gt=merge.at
    )
    rows = runs.order_by("finished_at").values_list("source__name", "finished_at")
    return [(source, finished) for source, finished in rows if finished]


def _record(row: Merge) -> MergeRecord:
    return MergeRecord(row.uid, row.winner_id, row.loser_id, row.actor, row.at, row.kept["rows"])
