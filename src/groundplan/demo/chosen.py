"""What the demonstration's sellers made of their whitespace: opportunities and marks by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from groundplan.book.contracts import CellRef, Mark
from groundplan.book.selectors.accounts import active_accounts
from groundplan.insight.account import account_whitespace
from groundplan.insight.services.cells import cells_mark, cells_target
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

ACCOUNTS_EACH = 4
SELLERS = ("rosa.meyer", "soren.lindgaard", "katja.brunner", "yuna.baek")


@dataclass(frozen=True, slots=True)
class Said:
    """A mark; `renews` where the competitor's contract ends in the middle of next year."""

    position: str
    reason: str
    competitor: str = ""
    renews: bool = False


SAID = (
    Said("not_applicable", "Their plants have no clean rooms, so there is nothing to monitor."),
    Said("in_house", "Their own maintenance team builds and repairs these."),
    Said("competitor", "Seen on the floor during the last visit.", "Vexa Controls", renews=True),
    Said("not_applicable", "Head office only: no production at this site."),
)


def cells_choose(*, cast: Mapping[str, Scope], current: CurrentSnapshot, today: date) -> None:
    """Each of a few sellers targets the best cell of some accounts and marks the least of each."""
    remarks = cycle(SAID)
    for login in SELLERS:
        viewer = cast[login]
        mine = active_accounts(viewer).filter(owner__login=login).order_by("pk")
        best = []
        for account in mine[:ACCOUNTS_EACH]:
            lines = [
                line
                for line in account_whitespace(current, account.pk)
                if line.state == "whitespace" and line.estimate is not None
            ]
            if len(lines) < 2:
                continue
            best.append(CellRef(account.uid, lines[0].product_uid))
            least = CellRef(account.uid, lines[-1].product_uid)
            mark = _mark(next(remarks), today)
            cells_mark(viewer=viewer, current=current, cells=[least], mark=mark)
        if best:
            cells_target(viewer=viewer, current=current, cells=best)


def _mark(said: Said, today: date) -> Mark:
    renewal_on = date(today.year + 1, 6, 30) if said.renews else None
    return Mark(said.position, said.reason, said.competitor, renewal_on)
