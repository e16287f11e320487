"""Taking an edit back after it was saved."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction

from groundplan.book.selectors.cells import CELL_DEEDS
from groundplan.kernel import clock
from groundplan.kernel.errors import NotFound
from groundplan.organisation.selectors import audit_entries
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope
from groundplan.sources.contracts import Json
from groundplan.sources.rules import as_json
from groundplan.sources.selectors import is_imported

from .cells_undo import cell_put_back
from .conflicts import SETTLED, conflicts_reopen
from .edits import (
    MODELS,
    SALT,
    UNDO_SECONDS,
    Row,
    overrides_write,
    stored,
    token_of,
    value_of,
    values_put,
)

EDITS = ("account.update", "account.owner", "account.claim", "account.undo", *CELL_DEEDS)
"""What an account's log offers to take back, the taking back included."""
Detail = dict[str, dict[str, Json]]


@transaction.atomic
def edit_undo(*, viewer: Scope, token: str) -> int:
    """Put back what an edit changed; returns how many rows were put back.

    The token names its user, so it also works on accounts that the edit took out of their sight.
    Rows that were changed again since keep that later change. Raises NotFound for a token that is
    too old or somebody else's.
    """
    entry_id = _entry_of(viewer, token)
    entry = audit_entries([entry_id]).first()
    if entry is None:
        raise _gone()
    if entry.action == SETTLED:
        return conflicts_reopen(viewer=viewer, detail=entry.detail)
    batch = entry.detail.get("entries") if entry.action.endswith(".bulk") else None
    entries = audit_entries(batch) if batch else [entry]
    return sum(_taken_back(viewer, one) for one in entries)


def undo_tokens(viewer: Scope, entries: Iterable[Any]) -> dict[int, str]:
    """Tokens to take back entries of `audit_of` one row, latest first, by the entry's id.

    Only the viewer's own edits, while they are young and nobody changed the same fields since.
    """
    oldest = clock.now() - timedelta(seconds=UNDO_SECONDS)
    touched: set[str] = set()
    tokens = {}
    for entry in entries:
        is_own = entry.actor == viewer.actor and entry.at > oldest and viewer.may_write
        if entry.action in EDITS and is_own and touched.isdisjoint(entry.detail):
            tokens[entry.pk] = token_of(viewer, entry.pk)
        touched |= set(entry.detail)
    return tokens


def _entry_of(viewer: Scope, token: str) -> int:
    try:
        entry_id, user_id = signing.loads(token, salt=SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise _gone() from None
    if user_id != viewer.user_id:
        raise _gone()
    return int(entry_id)


def _gone() -> NotFound:
    return NotFound("This can't be undone any more.", mend="Edit it again instead.")


def _taken_back(viewer: Scope, entry: Any) -> int:
    if entry.action in CELL_DEEDS:
        return cell_put_back(viewer=viewer, action=entry.action, key=entry.key, detail=entry.detail)
    return _put_back(viewer, entry.kind, entry.key, entry.detail)


def _put_back(viewer: Scope, kind: str, key: str, detail: Detail) -> int:
    rows = MODELS[kind].objects.select_for_update().filter(uid=key)
    row: Row | None = rows.first()
    if row is None or any(
        as_json(value_of(row, field)) != change["to"] for field, change in detail.items()
    ):
        return 0
    back = {field: {"from": change["to"], "to": change["from"]} for field, change in detail.items()}
    values_put(row, {field: stored(row, field, change["to"]) for field, change in back.items()})
    if is_imported(kind, [row.pk]):  # type: ignore[arg-type]  # MODELS has the literal's values
        overrides_write(viewer=viewer, kind=kind, target_id=row.pk, changes=back)  # type: ignore[arg-type]
    audit_record(
        viewer_actor=viewer.actor,
        action=f"{kind}.undo",
        kind=kind,
        key=key,
        label=str(row),
        detail=back,
    )
    return 1
