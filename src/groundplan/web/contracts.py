"""What surrounds every page, as values."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the main navigation; `go` is the letter that follows g on the keyboard."""

    label: str | Promise
    address: str
    icon: str
    go: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody whom the demonstration can be seen as."""

    login: str
    name: str
    role: str
    current: bool


@dataclass(frozen=True, slots=True)
class Work:
    """What goes on behind the pages: `doing` in words, whether the last analysis `failed`, edits
    that numbers don't hold yet, whether there are newer results than those the page shows, and when
    (seconds) to ask again."""

    doing: str = ""
    failed: bool = False
    edits: int = 0
    is_newer: bool = False
    again: int = 30


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything the base template shows that isn't the page itself."""

    places: tuple[Place, ...] = ()
    theme: str = "system"
    name: str = ""
    email: str = ""
    role: str = ""
    cast: tuple[Player, ...] = ()
    snapshot_line: str = ""
    results: str = ""
    work: Work = Work()
    unread: int = 0
