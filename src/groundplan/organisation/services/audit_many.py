"""The audit log, for one deed that touches many things."""

from collections.abc import Iterable, Mapping
from typing import Any

from groundplan.kernel import clock
from groundplan.organisation.models import AuditEntry

Subject = tuple[str, str, Mapping[str, Any]]
"""(key, label, detail) of one thing."""


def audit_record_many(
    *, viewer_actor: str, action: str, kind: str, subjects: Iterable[Subject]
) -> list[AuditEntry]:
    """An entry a thing, so that each keeps its own history; in the caller's transaction."""
    at = clock.now()
    entries = [
        AuditEntry(
            at=at,
            actor=viewer_actor,
            action=action,
            kind=kind,
            key=key,
            label=label[:300],
            detail=dict(detail),
        )
        for key, label, detail in subjects
    ]
    return AuditEntry.objects.bulk_create(entries, batch_size=500)
