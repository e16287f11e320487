"""What is told of a change: which it was, who made it, and where two people's collide."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from groundplan.kernel.errors import Conflict


@dataclass(frozen=True, slots=True)
class Done:
    """An edit that was saved. `number` is its change's, 0 where nothing was different; `version`
    is what the part's next editor has seen."""

    number: int
    uid: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a plan's log. `before` and `after` are the fields that changed, as stored.

    `undone_by` is the number of the change that took it back, 0 where none did; `group` is the
    number of the first change of those made at once.
    """

    number: int
    at: datetime
    actor: str
    verb: str
    kind: str
    part: UUID
    label: str
    before: dict[str, object]
    after: dict[str, object]
    group: int
    undone_by: int
    undoes: int
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else changed after the editor had opened it; values as stored."""

    field: str
    base: object
    theirs: object
    yours: object
    by: str
    at: datetime


class EditConflict(Conflict):
    """Somebody else changed the same fields meanwhile: shown side by side, nothing is saved.

    `version` is the one to name as seen when saving again.
    """

    code = "edit_conflict"

    def __init__(self, clashes: tuple[Clash, ...], version: int) -> None:
        names = ", ".join(dict.fromkeys(clash.by for clash in clashes))
        super().__init__(
            f"{names} changed this since you opened it.",
            mend="Look at both, then keep theirs or save yours knowingly.",
        )
        self.clashes = clashes
        self.version = version


class UnseenAccount(Conflict):
    """Whoever is put on an account plan's team doesn't see the account, and so not the plan. Who
    adds them may put them on the account's team in the same step."""

    code = "unseen_account"
