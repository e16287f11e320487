"""Points everybody at a snapshot and its results."""

from uuid import UUID

from django.db import transaction

from groundplan.kernel import clock
from groundplan.kernel.steps import step
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import SYSTEM, Scope
from groundplan.snapshots.contracts import PublishedSnapshot
from groundplan.snapshots.models import Current


def pointer_move(*, snapshot: PublishedSnapshot, results_uid: UUID, viewer: Scope = SYSTEM) -> None:
    """Show everybody `snapshot` and the results `results_uid`, in one write.

    Both must be complete on disk: from this commit on, pages read them.
    """
    with transaction.atomic():
        Current.objects.update_or_create(
            pk=1,
            defaults={
                "snapshot_id": snapshot.snapshot_id,
                "results_uid": results_uid,
                "since": clock.now(),
            },
        )
        audit_record(
            viewer_actor=viewer.actor,
            action="snapshot.show",
            kind="snapshot",
            key=str(snapshot.uid),
            label=f"snapshot of {snapshot.as_of}",
        )
        step("pointer.written")
    step("pointer.moved")
