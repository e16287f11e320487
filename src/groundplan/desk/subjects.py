"""What can be commented on: rooms above say what it is called and who sees it."""

from collections.abc import Callable, Iterable, Mapping

from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope

from .contracts import Subject

Describe = Callable[[Scope, list[str]], Mapping[str, Subject]]
"""The subjects of some keys, those left out that the viewer may not see."""

_known: dict[str, Describe] = {}


def register_subject(kind: str, describe: Describe) -> None:
    """Let things of `kind` be commented on and told about."""
    _known[kind] = describe


def subjects(viewer: Scope, kind: str, keys: Iterable[str]) -> Mapping[str, Subject]:
    """What the viewer may see of these keys."""
    describe, asked = _known.get(kind), list(dict.fromkeys(keys))
    return describe(viewer, asked) if describe and asked else {}


def subject_of(viewer: Scope, kind: str, key: str) -> Subject:
    """One subject. Raises NotFound where the viewer may not see it."""
    found = subjects(viewer, kind, [key]).get(key)
    if found is None:
        raise NotFound("There is nothing here to talk about.", mend="Reload the page.")
    return found
