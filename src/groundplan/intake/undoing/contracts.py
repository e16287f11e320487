"""What undoing an import would do, or did."""

from dataclasses import dataclass
from datetime import datetime

from groundplan.intake.entities import Kind


@dataclass(frozen=True, slots=True)
class UndoCount:
    """Rows of one table: those that the import made and that go, those that get their earlier
    values back, those that it archived and that live again, those that stay because somebody
    worked on them or something refers to them."""

    removed: int = 0
    restored: int = 0
    returned: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class LaterEdit:
    """What somebody did since to a row that the import wrote; values as the log has them."""

    kind: Kind
    row_id: int
    name: str
    action: str
    field: str
    after: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UndoReport:
    """An undo, done or only looked at. `later` are the uids of imports that came after it and are
    undone first, the latest first. `purchases` go, `purchases_back` earlier ones return."""

    run_uid: str
    source: str
    tables: dict[str, UndoCount]
    edits: tuple[LaterEdit, ...]
    later: tuple[str, ...]
    purchases: int = 0
    purchases_back: int = 0
    done: bool = False
