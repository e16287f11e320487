"""The audit log: entries are only ever added, in the transaction of what they record."""

from collections.abc import Callable, Mapping
from typing import Any

from groundplan.kernel import clock
from groundplan.organisation.models import AuditEntry

Listener = Callable[[str, str], None]
"""Called with action and actor of each entry, within the transaction of what it records."""

_listeners: list[Listener] = []


def on_recorded(listener: Listener) -> Listener:
    """Call `listener` for every entry: how `project` lets upper rooms follow what was done."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


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
    entry = AuditEntry.objects.create(
        at=clock.now(),
        actor=viewer_actor,
        action=action,
        kind=kind,
        key=str(key),
        label=label[:300],
        detail=dict(detail or {}),
    )
    for listener in _listeners:
        listener(action, viewer_actor)
    return entry
