"""References to something in another room, by value."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a statement rests on: a (kind, key) with the label and date it had when cited.

    A value, not a foreign key: it may point upwards or sideways and outlives what it names.
    """

    kind: str
    key: str
    label: str
    on: date | None = None
