"""Tells upper rooms what was taken; `project` says who listens."""

from collections.abc import Callable

from .contracts import ImportReport

Listener = Callable[[ImportReport, str], None]
"""Called with the report and the actor, in the transaction of the import."""

_listeners: list[Listener] = []


def on_taken(callback: Listener) -> Listener:
    """Calls `callback` after every import that took something."""
    if callback not in _listeners:
        _listeners.append(callback)
    return callback


def announce_taken(report: ImportReport, actor: str) -> None:
    for listener in _listeners:
        listener(report, actor)
