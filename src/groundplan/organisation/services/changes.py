"""Tells upper rooms that settings changed on which results depend; `project` connects them."""

from collections.abc import Callable

from groundplan.organisation.contracts import Change

Listener = Callable[[str, Change], None]
_listeners: list[Listener] = []


def on_change(listener: Listener) -> Listener:
    """Have `listener(actor, change)` called in the transaction of every change."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def announce(actor: str, change: Change) -> None:
    for listener in _listeners:
        listener(actor, change)
