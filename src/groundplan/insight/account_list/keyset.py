"""Pages that don't count what they skip: each begins right after the last row of the one before.

A place is the last row's sort value and id. Rows without a value come last, by id.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from groundplan.kernel.errors import InvalidInput

Value = str | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after the row with this value and id."""

    value: Value
    id: int


def as_text(sort: str, place: Place) -> str:
    """The place for an address; it names the sort, since it means nothing under another."""
    value = None if place.value is None else str(place.value)
    packed = json.dumps([sort, value, place.id], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def from_text(sort: str, parse: Callable[[str], Value], text: str) -> Place:
    """The place in an address. Raises InvalidInput for one that was made for another order."""
    message = "This page of the list does not exist."
    mend = "Begin at the first page."
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        made_for, value, pk = json.loads(packed)
        place = Place(None if value is None else parse(value), int(pk))
    except (ValueError, TypeError, InvalidOperation):
        raise InvalidInput(message, field="after", mend=mend) from None
    if made_for != sort:
        raise InvalidInput(message, field="after", mend=mend)
    return place
