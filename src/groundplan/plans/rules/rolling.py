"""Which plans below a manager's count."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def nearest(plans: Iterable[tuple[str, T]]) -> list[T]:
    """Of plans with the place of their owner (`/1/5/`), those that no other's owner stands above.

    A director's roll-up has the managers' plans and, where a manager has none, the sellers':
    adding both would count the same work twice.
    """
    found: list[tuple[str, T]] = []
    for path, plan in sorted(plans, key=lambda one: one[0]):
        if not any(path != above and path.startswith(above) for above, _plan in found):
            found.append((path, plan))
    return [plan for _path, plan in found]
