"""Two accounts that are one company: everything of one moves to the other, which it then is."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from groundplan.book.following import followed_counts, followers_moved
from groundplan.book.models import Account, Contact, Interaction, Opportunity, ProfileStatement
from groundplan.book.rules import may_change_owner
from groundplan.book.selectors.accounts import account_of
from groundplan.kernel import clock
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope
from groundplan.sources.merging import rows_merged

from .bulk import account_paths_refresh
from .edits import writer_required
from .merging_kept import ELSEWHERE, pair_of, rows_of, what_was

MERGE = "merge"
"""Names the merge in the log's account of it."""
_FILLED = (
    "owner_id",
    "industry",
    "region",
    "country",
    "segment",
    "employees",
    "annual_revenue",
    "website",
    "is_customer",
    "revenue_goal",
)


@dataclass(frozen=True, slots=True)
class MergeCounts:
    """What would move from one account to the other; `filled` are fields that it fills there,
    `elsewhere` counts what other rooms keep about it, by kind."""

    contacts: int
    opportunities: int
    interactions: int
    statements: int
    divisions: int
    filled: tuple[str, ...]
    elsewhere: dict[str, int]


def merge_counts(*, viewer: Scope, winner_uid: UUID, loser_uid: UUID) -> MergeCounts:
    """What merging would move. Raises as `account_merge` does."""
    winner, loser = _pair(viewer, winner_uid, loser_uid, lock=False)
    return MergeCounts(
        contacts=Contact.objects.filter(account=loser).count(),
        opportunities=Opportunity.objects.filter(account=loser).count(),
        interactions=Interaction.objects.filter(account=loser).count(),
        statements=ProfileStatement.objects.filter(account=loser).count(),
        divisions=Account.objects.filter(parent=loser).exclude(pk=winner.pk).count(),
        filled=tuple(_gaps(winner, loser)),
        elsewhere=followed_counts(pair_of(winner, loser)),
    )


@transaction.atomic
def account_merge(*, viewer: Scope, winner_uid: UUID, loser_uid: UUID) -> Account:
    """Merge the loser into the winner, which keeps its own values and takes what it lacks.

    Source ids lead to the winner from now on, so that no import brings the loser back; its
    address leads there, and its purchases count there from the next snapshot. Raises NotFound for
    what the viewer can't see, NotAllowed unless both are theirs or they are a manager,
    InvalidInput for one and the same, Conflict where one is archived or the loser stands above.
    """
    winner, loser = _pair(viewer, winner_uid, loser_uid, lock=True)
    gaps = _gaps(winner, loser)
    if winner.parent_id == loser.pk:
        gaps["parent_id"] = loser.parent_id
    kept = what_was(winner, loser, gaps)
    kept[ELSEWHERE] = followers_moved(viewer=viewer, pair=pair_of(winner, loser))
    _move(winner, loser, gaps, kept)
    record = rows_merged(
        kind="account",
        winner_id=winner.pk,
        loser_id=loser.pk,
        loser_uid=loser.uid,
        actor=viewer.actor,
        kept=kept,
    )
    account_paths_refresh()
    _audit(viewer, "account.merge", winner, loser, record.uid)
    _audit(viewer, "account.merged", loser, winner, record.uid)
    winner.refresh_from_db()
    return winner


def _move(winner: Account, loser: Account, gaps: dict[str, Any], kept: dict[str, Any]) -> None:
    """What hangs on the loser goes to the winner, which takes what it lacks."""
    for kind, rows in kept["dropped"].items():
        rows_of(kind).filter(pk__in=[row[0] for row in rows["rows"]]).delete()
    for kind in kept["moved"]:
        rows_of(kind).filter(account=loser).update(account=winner)
    Account.objects.filter(parent=loser).exclude(pk=winner.pk).update(parent=winner)
    Account.objects.filter(pk=winner.pk).update(**gaps)
    Account.objects.filter(pk=loser.pk).update(archived_at=clock.now(), parent=None)


def _audit(viewer: Scope, action: str, row: Account, partner: Account, merge: UUID) -> None:
    audit_record(
        viewer_actor=viewer.actor,
        action=action,
        kind="account",
        key=str(row.uid),
        label=row.name,
        detail={"account": {"from": "", "to": partner.name, MERGE: str(merge)}},
    )


def _pair(
    viewer: Scope, winner_uid: UUID, loser_uid: UUID, *, lock: bool
) -> tuple[Account, Account]:
    writer_required(viewer)
    winner, loser = (account_of(viewer, uid, lock=lock) for uid in (winner_uid, loser_uid))
    if winner.pk == loser.pk:
        raise InvalidInput("These are one and the same account.", field="other")
    if not all(may_change_owner(viewer, account.owner_id) for account in (winner, loser)):
        raise NotAllowed("You may merge only accounts that you own.", mend="Ask a manager.")
    if winner.archived_at or loser.archived_at:
        raise Conflict("One of these accounts is archived.", mend="Reload the page.")
    if winner.parent_id != loser.pk and f"/{loser.pk}/" in winner.path:
        raise Conflict(
            f"{loser.name} stands several levels above {winner.name}.",
            mend="Merge it the other way round, or move it first.",
        )
    return winner, loser


def _gaps(winner: Account, loser: Account) -> dict[str, Any]:
    """The loser's values of fields in which the winner has none."""
    gaps = {
        name: getattr(loser, name)
        for name in _FILLED
        if getattr(winner, name) in (None, "") and getattr(loser, name) not in (None, "")
    }
    if "annual_revenue" in gaps and not winner.currency:
        gaps["currency"] = loser.currency
    elif winner.currency != loser.currency:
        # An amount without its currency would be another amount.
        gaps = {name: gaps[name] for name in gaps if name not in ("annual_revenue", "revenue_goal")}
    attributes = {**loser.attributes, **winner.attributes}
    if attributes != winner.attributes:
        gaps["attributes"] = attributes
    return gaps
