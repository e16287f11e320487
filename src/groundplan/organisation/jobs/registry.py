"""Which kinds of job there are. Upper rooms register theirs; `project` imports them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Work = Callable[..., dict[str, Any]]
"""Called as work(progress, **arguments); returns a JSON object, the job's result."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job; a `repeatable` one is started again when its worker was lost."""

    name: str
    work: Work
    repeatable: bool


_kinds: dict[str, Kind] = {}


def register(kind: str, *, repeatable: bool = False) -> Callable[[Work], Work]:
    """Decorate the function that does the work of jobs of `kind`."""

    def remember(work: Work) -> Work:
        _kinds[kind] = Kind(kind, work, repeatable)
        return work

    return remember


def kind_named(name: str) -> Kind:
    """The registered kind; KeyError where no room registered it."""
    return _kinds[name]
