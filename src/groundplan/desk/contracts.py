"""Comments and notices as pages show them, and what they are about."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Subject:
    """What a comment or a notice is about: what it is called and where it is shown."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment; `is_own` where the viewer wrote it and may take it away."""

    uid: UUID
    kind: str
    key: str
    author: str
    text: str
    written_at: datetime
    is_own: bool


@dataclass(frozen=True, slots=True)
class Commented:
    """A comment that was written: whom it told, and who was mentioned but can't see it."""

    uid: UUID
    told: tuple[str, ...]
    unseen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """Something that the viewer is told: `code` names the sentence, as `plan.returned`.

    It is about a thing of `kind`; `text` is what was said with it, if anything.
    """

    uid: UUID
    code: str
    kind: str
    actor: str
    label: str
    address: str
    text: str
    at: datetime
    is_read: bool
