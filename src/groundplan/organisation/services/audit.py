"""The audit log: entries are only ever added, in the transaction of what they record."""

from collections.abc import Mapping
from typing import Any

from groundplan.kernel import clock
from groundplan.organisation.models import AuditEntry


def audit_record(
    *,
    viewer_actor: str,
    action: str,
    kind: str = "",
    key: str = "",
    label: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Record that `viewer_actor` did `action` to (kind, key).

    `action` is a code such as `account.update`; `detail` holds JSON values only, and what changed
    as `{"field": {"from": ..., "to": ...}}`.
    """
    return AuditEntry.objects.create(
        at=clock.now(),
        actor=viewer_actor,
        action=action,
        kind=kind,
        key=str(key),
        label=label[:300],
        detail=dict(detail or {}),
    )
