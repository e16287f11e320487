"""What a merge of two rows does to their keys, edits and addresses."""

from datetime import datetime
from uuid import UUID

from .contracts import Kind
from .models import FieldOverride, Redirect, SourceKey


def rows_merged(
    *, kind: Kind, winner_id: int, loser_id: int, loser_uid: UUID, at: datetime
) -> None:
    """Point keys and addresses of the loser to the winner, in the caller's transaction.

    Addresses that led to the loser lead on; its edits of fields end with it.
    """
    SourceKey.objects.filter(kind=kind, target_id=loser_id).update(target_id=winner_id)
    FieldOverride.objects.filter(kind=kind, target_id=loser_id).delete()
    Redirect.objects.filter(kind=kind, winner_id=loser_id).update(winner_id=winner_id)
    Redirect.objects.create(kind=kind, loser_uid=loser_uid, winner_id=winner_id, at=at)
