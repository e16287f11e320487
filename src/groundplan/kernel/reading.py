"""Values that are read only once while a page is made."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

T = TypeVar("T")
_seen: ContextVar[dict[Callable[[], Any], Any] | None] = ContextVar("seen", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Within the block, what is marked `once` is read at the first call only.

    For requests that change nothing: what a write changes would be read as it was.
    """
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def once(read: Callable[[], T]) -> Callable[[], T]:
    """Mark a read without arguments: called again within `reading`, it answers from memory."""

    @wraps(read)
    def remembered() -> T:
        seen = _seen.get()
        if seen is None:
            return read()
        if read not in seen:
            seen[read] = read()
        value: T = seen[read]
        return value

    return remembered
