"""Deciding between people's edits and what the source says by now, one or many, and its undo."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from django.db import transaction

from groundplan.book.contracts import Undo
from groundplan.book.selectors.conflicts import KINDS, open_conflicts
from groundplan.kernel.errors import InvalidInput, NotFound
from groundplan.organisation.services import audit_record
from groundplan.organisation.services.audit_many import audit_record_many
from groundplan.people.contracts import Scope
from groundplan.sources.contracts import FieldConflict, Kind
from groundplan.sources.rules import as_json
from groundplan.sources.selectors import overrides_of
from groundplan.sources.services import override_conflict_settle, override_reopen
from groundplan.sources.undoing import edit_read, edit_written

from .edits import MODELS, Row, stored, token_of, value_of, values_put, writer_required

Keep = Literal["mine", "source"]
SETTLED = "conflict.settle.bulk"
MOST_AT_ONCE = 2000


@transaction.atomic
def conflicts_settle(*, viewer: Scope, override_ids: Sequence[int], keep: Keep) -> Undo:
    """Keep the edits (`mine`) or take what the source says by now (`source`).

    All or none: raises NotFound if one isn't in conflict any more or the viewer can't see its row,
    NotAllowed for viewers, InvalidInput for none or too many.
    """
    writer_required(viewer)
    wanted = set(override_ids)
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise InvalidInput(f"Choose 1 to {MOST_AT_ONCE} conflicts.", field="conflict")
    chosen = [one for one in open_conflicts(viewer) if one.override_id in wanted]
    if len(chosen) != len(wanted):
        raise NotFound("One of these is not in conflict any more.", mend="Reload the page.")
    for kind in KINDS:
        _settle(viewer, kind, [one for one in chosen if one.kind == kind], keep)
    entry = audit_record(
        viewer_actor=viewer.actor,
        action=SETTLED,
        detail={"keep": keep, "conflicts": [edit_written(conflict) for conflict in chosen]},
    )
    return Undo(len(chosen), token_of(viewer, entry.pk))


def conflicts_reopen(*, viewer: Scope, detail: dict[str, Any]) -> int:
    """Take back what `conflicts_settle` recorded, in the caller's transaction, which has checked
    that it was the viewer's; returns how many. What was changed again since keeps that change."""
    conflicts = [edit_read(written) for written in detail["conflicts"]]
    back = 0
    for conflict in conflicts:
        row = _locked(conflict.kind, [conflict.target_id]).get(conflict.target_id)
        if row is None or not _as_left(row, conflict, detail["keep"]):
            continue
        if detail["keep"] == "source":
            _write(row, conflict.field, conflict.edited)
        override_reopen(conflict=conflict)
        change = {conflict.field: {"from": conflict.incoming, "to": conflict.edited}}
        _log(viewer, f"{conflict.kind}.undo", conflict.kind, [(row, change)])
        back += 1
    return back


def _settle(viewer: Scope, kind: Kind, conflicts: list[FieldConflict], keep: Keep) -> None:
    rows = _locked(kind, [conflict.target_id for conflict in conflicts])
    changes = []
    for conflict in conflicts:
        row, field = rows[conflict.target_id], conflict.field
        override_conflict_settle(kind=kind, target_id=row.pk, field=field, keep=keep)
        if keep == "source":
            _write(row, field, conflict.incoming)
        now = conflict.edited if keep == "mine" else conflict.incoming
        changes.append((row, {field: {"from": conflict.edited, "to": now}}))
    _log(viewer, f"{kind}.keep_{keep}", kind, changes)


def _log(
    viewer: Scope, action: str, kind: Kind, changes: Iterable[tuple[Row, dict[str, Any]]]
) -> None:
    subjects = [(str(row.uid), str(row), change) for row, change in changes]
    audit_record_many(viewer_actor=viewer.actor, action=action, kind=kind, subjects=subjects)


def _locked(kind: Kind, ids: list[int]) -> dict[int, Row]:
    return {row.pk: row for row in MODELS[kind].objects.select_for_update().filter(pk__in=ids)}


def _write(row: Row, field: str, value: Any) -> None:
    values_put(row, {field: stored(row, field, value)})


def _as_left(row: Row, conflict: FieldConflict, keep: Keep) -> bool:
    """Whether nobody touched the field since the conflict was settled."""
    field = conflict.field
    edits = {one.field: one for one in overrides_of(conflict.kind, row.pk)}
    now = as_json(value_of(row, field))
    if keep == "source":
        return field not in edits and (now or None) == (conflict.incoming or None)
    edit = edits.get(field)
    settled = edit is not None and not edit.in_conflict and edit.base == conflict.incoming
    return settled and now == conflict.edited
