"""What became of two merged accounts since: what would go back, what would stay, what was done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from groundplan.book.contracts import AccountRef
from groundplan.book.following import followed_going
from groundplan.book.models import Account, Contact, Opportunity
from groundplan.organisation.selectors import audit_deeds, audit_of
from groundplan.sources.contracts import MergeRecord
from groundplan.sources.merging import imports_between
from groundplan.sources.rules import as_json

from .edits import value_of
from .merging_kept import ELSEWHERE, MOVED, pair_of, rows_of


@dataclass(frozen=True, slots=True)
class LaterDeed:
    """Something that a person did since; `goes` where its row returns to the other account.
    `detail` is the log's."""

    name: str
    goes: bool
    action: str
    detail: Mapping[str, Any]
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MergeUndo:
    """A merge taken back, or only looked at.

    `going` counts rows by kind that return to the loser, `staying` those that came to the winner
    since. `emptied` are the winner's fields that lose again what the merge filled in; `changed`
    were filled in and changed since, so they stay. `imports` are (source, finished) of those since
    that knew both as one. `deeds` are what people did since, the earliest first.
    """

    uid: UUID
    winner: AccountRef
    loser: AccountRef
    actor: str
    at: datetime
    going: dict[str, int]
    staying: dict[str, int]
    emptied: tuple[str, ...]
    changed: tuple[str, ...]
    imports: tuple[tuple[str, datetime], ...]
    deeds: tuple[LaterDeed, ...]
    done: bool = False


def merge_undo_report(merge: MergeRecord, winner: Account, loser: Account) -> MergeUndo:
    """What undoing would do now."""
    kept = merge.kept
    still = {kind: still_moved(kind, merge) for kind in kept["moved"]}
    going = {kind: len(ids) for kind, ids in still.items()}
    for kind, whole in kept["dropped"].items():
        going[kind] += len(whole["rows"])
    going["division"] = Account.objects.filter(pk__in=kept["divisions"], parent=winner).count()
    going |= followed_going(pair_of(winner, loser), kept.get(ELSEWHERE, {}))
    came = {
        kind: rows_of(kind).filter(account=winner, pk__gt=kept["last"][kind]).count()
        for kind in MOVED
    }
    same = {
        field: as_json(value_of(winner, field)) == change["to"]
        for field, change in kept["filled"].items()
    }
    return MergeUndo(
        uid=merge.uid,
        winner=AccountRef(winner.pk, winner.uid, winner.name),
        loser=AccountRef(loser.pk, loser.uid, loser.name),
        actor=merge.actor,
        at=merge.at,
        going={kind: number for kind, number in going.items() if number},
        staying={kind: number for kind, number in came.items() if number},
        emptied=tuple(field for field, is_same in same.items() if is_same),
        changed=tuple(field for field, is_same in same.items() if not is_same),
        imports=tuple(imports_between(merge)),
        deeds=tuple(sorted(_deeds(merge, winner, still), key=lambda deed: deed.at)),
    )


def still_moved(kind: str, merge: MergeRecord) -> list[int]:
    """The rows that moved and are where they moved to."""
    ids: list[int] = merge.kept["moved"][kind]
    there = set(rows_of(kind).filter(account_id=merge.winner_id).values_list("pk", flat=True))
    return [pk for pk in ids if pk in there]


def _deeds(
    merge: MergeRecord, winner: Account, still: Mapping[str, list[int]]
) -> Iterator[LaterDeed]:
    for entry in audit_of("account", str(winner.uid)).filter(at__gt=merge.at):
        if entry.action != "account.merge":
            yield _deed(entry, winner.name, goes=False)
    for kind, model in (("contact", Contact), ("opportunity", Opportunity)):
        entries = list(audit_deeds(kind, merge.at))
        if not entries:
            continue
        named = model.objects.filter(uid__in={entry.key for entry in entries}, account=winner)
        known = {str(uid): (pk, name) for uid, pk, name in named.values_list("uid", "pk", "name")}
        moved = set(still[kind])
        for entry in entries:
            if entry.key in known:
                pk, name = known[entry.key]
                yield _deed(entry, name, goes=pk in moved)


def _deed(entry: Any, name: str, *, goes: bool) -> LaterDeed:
    return LaterDeed(name, goes, entry.action, entry.detail, entry.actor, entry.at)
