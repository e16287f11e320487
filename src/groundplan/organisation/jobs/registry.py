"""Which kinds of job there are. Upper rooms register theirs; `project` imports them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Work = Callable[..., dict[str, Any]]
"""Called as work(progress, **arguments); returns a JSON object, the job's result."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job; a `repeatable` one is started again when its worker was lost.

    One with `patience` lets waiting jobs with less of it go first: it is broken off at its next
    step and begun anew after them, so its work must leave nothing behind until its end.
    """

    name: str
    work: Work
    repeatable: bool
    patience: int = 0


_kinds: dict[str, Kind] = {}


def register(kind: str, *, repeatable: bool = False, patience: int = 0) -> Callable[[Work], Work]:
    """Decorate the function that does the work of jobs of `kind`."""

    def remember(work: Work) -> Work:
        _kinds[kind] = Kind(kind, work, repeatable, patience)
        return work

    return remember


def less_patient(kind: str) -> list[str]:
    """The names of the kinds that jobs of `kind` give way to."""
    patience = _kinds[kind].patience
    return [one.name for one in _kinds.values() if one.patience < patience]


def kind_named(name: str) -> Kind:
    """The registered kind; KeyError where no room registered it."""
    return _kinds[name]
