"""Telling two accounts apart again that were merged."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from groundplan.book.following import followers_parted
from groundplan.book.models import Account, Product
from groundplan.book.rules import CUSTOM, may_change_owner
from groundplan.book.selectors.visibility import visible_accounts
from groundplan.database import bulk
from groundplan.kernel.errors import Conflict, NotAllowed, NotFound
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope
from groundplan.people.selectors import person_names
from groundplan.sources.contracts import MergeRecord
from groundplan.sources.merging import merge_after, merge_of, merges_into, rows_parted
from groundplan.sources.selectors import is_importing

from .bulk import account_paths_refresh
from .edits import stored, values_put, writer_required
from .merging_kept import ELSEWHERE, ONCE, pair_of, rows_of
from .merging_since import MergeUndo, merge_undo_report, still_moved

_CHUNK = 900


@transaction.atomic
def account_merge_undo(*, viewer: Scope, uid: UUID, dry_run: bool = False) -> MergeUndo:
    """Make the merge `uid` two accounts again, each with what was its own.

    What moved returns with what became of it since; what came to the winner since stays there,
    and so do its fields that somebody changed. Purchases count where they were bought from the
    next snapshot on. Raises NotFound where no such merge stands or the viewer doesn't see both,
    NotAllowed unless both are theirs or they are a manager, Conflict where a later merge, the
    hierarchy or an import under way stands against it.
    """
    merge = merge_of("account", uid)
    if merge is None:
        raise _gone()
    winner, loser = _both(viewer, merge)
    after = _parents_after(merge)
    _refuse(merge, (winner, loser), after)
    report = merge_undo_report(merge, winner, loser)
    if dry_run:
        return report
    _rows_back(merge)
    elsewhere = merge.kept.get(ELSEWHERE, {})
    followers_parted(viewer=viewer, pair=pair_of(winner, loser), kept=elsewhere)
    _fields_back(winner, merge, report.emptied)
    for child, parent in after.items():
        Account.objects.filter(pk=child).update(parent_id=parent)
    Account.objects.filter(pk=loser.pk).update(archived_at=None)
    rows_parted(kind="account", merge=merge, loser_uid=loser.uid)
    account_paths_refresh()
    for row, partner in ((winner, loser), (loser, winner)):
        audit_record(
            viewer_actor=viewer.actor,
            action="account.unmerge",
            kind="account",
            key=str(row.uid),
            label=row.name,
            detail={"account": {"from": partner.name, "to": ""}},
        )
    return replace(report, done=True)


def merges_undoable(viewer: Scope, account: Account) -> list[tuple[UUID, str]]:
    """(merge, name of the account that is in it) of what was merged into an account the viewer
    sees, latest first; only what they see of those too."""
    merges = merges_into("account", account.pk)
    names = visible_accounts(viewer).filter(pk__in=[merge.loser_id for merge in merges])
    named = dict(names.values_list("pk", "name"))
    return [(one.uid, named[one.loser_id]) for one in merges if one.loser_id in named]


def _gone() -> NotFound:
    return NotFound(
        "No such merge stands.",
        mend="It was undone already, or is from before merges could be undone.",
    )


def _both(viewer: Scope, merge: MergeRecord) -> tuple[Account, Account]:
    ids = (merge.winner_id, merge.loser_id)
    rows = visible_accounts(viewer).select_for_update(of=("self",)).filter(pk__in=ids)
    found = {row.pk: row for row in rows}
    if len(found) < len(ids):
        raise _gone()
    writer_required(viewer)
    winner, loser = (found[pk] for pk in ids)
    if not all(may_change_owner(viewer, account.owner_id) for account in (winner, loser)):
        raise NotAllowed("You may part only accounts that you own.", mend="Ask a manager.")
    return winner, loser


def _parents_after(merge: MergeRecord) -> dict[int, int | None]:
    """What the loser, its divisions and perhaps the winner will stand below."""
    kept = merge.kept
    above = Account.objects.filter(pk=kept["parent"]).values_list("pk", flat=True).first()
    after: dict[int, int | None] = {merge.loser_id: above}
    divisions = Account.objects.filter(pk__in=kept["divisions"], parent=merge.winner_id)
    after |= dict.fromkeys(divisions.values_list("pk", flat=True), merge.loser_id)
    moved = kept["filled"].get("parent_id")
    if moved and Account.objects.filter(pk=merge.winner_id, parent_id=moved["to"]).exists():
        after[merge.winner_id] = merge.loser_id
    return after


def _refuse(
    merge: MergeRecord, accounts: tuple[Account, ...], after: dict[int, int | None]
) -> None:
    if is_importing():
        raise Conflict("An import is under way.", mend="Try again when it is done.")
    later = merge_after("account", merge)
    if later is not None:
        names = Account.objects.in_bulk([later.loser_id, later.winner_id])
        one, other = (names[pk].name for pk in (later.loser_id, later.winner_id))
        raise Conflict(f"{one} was merged into {other} after this.", mend="Undo that first.")
    for account in accounts:
        if _leads_back(account.pk, after):
            raise Conflict(
                f"{account.name} would stand below itself: what stood above it moved since.",
                mend="Give it or them another parent first.",
            )


def _leads_back(start: int, after: dict[int, int | None]) -> bool:
    """Whether going up from an account, with the parents as they will be, comes round again."""
    seen: set[int] = set()
    at: int | None = start
    while at is not None and at not in seen:
        seen.add(at)
        if at in after:
            at = after[at]
        else:
            at = Account.objects.values_list("parent_id", flat=True).get(pk=at)
    return at is not None


def _rows_back(merge: MergeRecord) -> None:
    for kind in merge.kept["moved"]:
        ids = still_moved(kind, merge)
        for at in range(0, len(ids), _CHUNK):
            rows_of(kind).filter(pk__in=ids[at : at + _CHUNK]).update(account_id=merge.loser_id)
    for kind, whole in merge.kept["dropped"].items():
        bulk.rows_insert(ONCE[kind], whole["columns"], [_returning(kind, whole)])


def _returning(kind: str, whole: dict[str, Any]) -> list[list[Any]]:
    """Those of the rows whose product or person is still there."""
    column = "person_id" if kind == "team" else "product_id"
    place = whole["columns"].index(column)
    wanted = {int(row[place]) for row in whole["rows"]}
    if kind == "team":
        there = set(person_names(wanted))
    else:
        there = set(Product.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    return [row for row in whole["rows"] if int(row[place]) in there]


def _fields_back(winner: Account, merge: MergeRecord, emptied: tuple[str, ...]) -> None:
    """Take out what the merge filled in; the parent is set with the others' parents."""
    filled = merge.kept["filled"]
    values = {}
    for field in emptied:
        if field.startswith(CUSTOM):
            winner.attributes.pop(field.removeprefix(CUSTOM), None)
            values["attributes"] = winner.attributes
        elif field != "parent_id":
            values[field] = stored(winner, field, filled[field]["from"])
    if values:
        values_put(winner, values)
