"""What other rooms learn about where rows came from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

Kind = Literal["person", "account", "contact", "product", "opportunity", "interaction", "lead"]
Json = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Key:
    """An id that a source gives to one of our rows."""

    source: str
    key: str


@dataclass(frozen=True, slots=True)
class Override:
    """A person's edit of an imported field.

    `field` is the model's column (`industry`, `owner_id`). Values are JSON: ids as integers,
    amounts and dates as text. `base` is what the source said when the person decided; `incoming`,
    what it says by now, counts only while `in_conflict`.
    """

    field: str
    base: Json
    edited: Json
    incoming: Json
    in_conflict: bool
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """An edit of an imported field, as a rule one that the source has changed too; values as in
    `Override`."""

    override_id: int
    kind: Kind
    target_id: int
    field: str
    base: Json
    edited: Json
    incoming: Json
    in_conflict: bool
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MergeRecord:
    """A merge that stands; `kept` is what the room of the rows kept of them, as JSON."""

    uid: UUID
    winner_id: int
    loser_id: int
    actor: str
    at: datetime
    kept: dict[str, Any]
