"""The one place that reads the time, so that a test or the demonstration can fix it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_fixed: ContextVar[datetime | None] = ContextVar("fixed_now", default=None)


def now() -> datetime:
    """The present instant, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today(zone: str = "UTC") -> date:
    """The calendar day it is now in `zone` (an IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def fixed(day: date) -> Iterator[None]:
    """Within the block it is noon UTC of `day`."""
    token = _fixed.set(datetime.combine(day, time(12), UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
