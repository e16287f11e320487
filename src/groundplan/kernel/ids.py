"""Identifiers that sort by the time they were made."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A version 7 UUID (RFC 9562, 5.7), increasing within this process.

    The 48-bit millisecond clock is followed by a 12-bit counter kept in the same integer, so that
    ids made within one millisecond still sort in the order they were made.
    """
    ticks = ticks_reserve(1)
    value = ticks >> 12 << 80 | 0x7 << 76 | (ticks & 0xFFF) << 64
    value |= 0b10 << 62 | int.from_bytes(os.urandom(8)) & (1 << 62) - 1
    return UUID(int=value)


def uid_in(text: str) -> UUID | None:
    """The UUID that an address or a form names; None for any other text."""
    try:
        return UUID(text)
    except ValueError:
        return None


def ticks_reserve(count: int) -> int:
    """The first of `count` ticks in a row, for ids that are made many at a time: their milliseconds
    and counter (the first 48 and the next 12 bits that aren't the version) as one number."""
    global _last  # noqa: PLW0603 - one counter for the process is the point
    ticks = time.time_ns() * 4096 // 1_000_000
    with _lock:
        first = max(ticks, _last + 1)
        _last = first + count - 1
    return first
