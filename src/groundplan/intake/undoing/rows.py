"""Puts rows back as an import found them, in the caller's transaction."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from groundplan.book.rules import CUSTOM
from groundplan.book.services import undoing as book
from groundplan.intake.entities import TABLE_OF, Kind
from groundplan.intake.merging.gone import REMOVED
from groundplan.people.services import undoing as people
from groundplan.sources import undoing as sources
from groundplan.sources.contracts import FieldConflict
from groundplan.sources.services import override_reopen
from groundplan.sources.undoing import DoneRun

from .contracts import LaterEdit, UndoCount
from .edits import EDITED
from .journal import Journal

ORDER: tuple[Kind, ...] = (
    "interaction",
    "lead",
    "opportunity",
    "position",
    "quota",
    "contact",
    "account",
    "product",
    "person",
)
"""What refers to others before what it refers to."""

Edits = Mapping[tuple[int, str], FieldConflict]


def rows_put_back(
    journal: Journal, run: DoneRun, edits: Sequence[LaterEdit], *, discard: bool
) -> dict[str, UndoCount]:
    """Restores, revives and removes what the import changed, archived and made.

    Edits by hand since then stay, unless `discard`, and so do rows that somebody worked on.
    """
    restored = {kind: _restore(journal, kind, run.finished_at, discard) for kind in ORDER}
    counts = {}
    for kind in ORDER:
        worked_on = {edit.row_id for edit in edits if edit.kind == kind}
        made = journal.ids(kind, "new")
        ids = made if discard else [one for one in made if one not in worked_on]
        removed = _remove(kind, ids)
        sources.keys_remove(source_id=None, kind=kind, target_ids=removed)  # type: ignore[arg-type]
        sources.edits_remove(kind=kind, target_ids=removed)  # type: ignore[arg-type]
        keyed = journal.ids(kind, "keyed")
        sources.keys_remove(source_id=run.source_id, kind=kind, target_ids=keyed)  # type: ignore[arg-type]
        gone = journal.ids(kind, "gone")
        _return(journal, kind, gone)
        count = UndoCount(len(removed), restored[kind], len(gone), len(made) - len(removed))
        if count != UndoCount():
            counts[TABLE_OF[kind]] = count
    return counts


def _return(journal: Journal, kind: Kind, gone: Sequence[int]) -> None:
    """What the import archived lives again, what it removed is there again."""
    if kind not in REMOVED:
        _set(kind, ["archived_at"], iter([[(None, one) for one in gone]]))
        return
    columns, rows = journal.removed(kind)
    # Older journals hold ids alone: of imports that left such rows where they were.
    if len(columns) > 1:
        book.book_rows_return(kind=kind, columns=columns, batches=[rows])  # type: ignore[arg-type]
        sources.keys_return(kind=kind, keys=journal.removed_keys(kind))  # type: ignore[arg-type]


def _restore(journal: Journal, kind: Kind, since: datetime, discard: bool) -> int:
    """Sets what the import changed back; returns how many rows. Fields that are edited keep their
    edit, which then stands against what the source said before."""
    if kind not in EDITED:
        return _set_all(journal, kind, {})
    now = _by_field(sources.edits_of_kind(kind))  # type: ignore[arg-type]
    then = _by_field([edit for edit in journal.edits if edit.kind == kind])
    kept = {at: edit for at, edit in now.items() if not (discard and edit.at > since)}
    restored = _set_all(journal, kind, kept)
    _edits_put_back(kind, now, then, kept)
    _edits_rebased(journal, kind, kept, then, since)
    return restored


def _by_field(edits: Sequence[FieldConflict]) -> dict[tuple[int, str], FieldConflict]:
    return {(edit.target_id, edit.field): edit for edit in edits}


def _set_all(journal: Journal, kind: Kind, kept: Edits) -> int:
    if not journal.count(kind, "changed"):
        return 0
    columns = journal.columns(kind)
    edited: dict[int, set[str]] = {}
    for row_id, field in kept:
        edited.setdefault(row_id, set()).add(field)

    def whole() -> Iterator[list[tuple[Any, ...]]]:
        for rows in journal.changed(kind):
            yield [
                (*(row[column] for column in columns), row["id"])
                for row in rows
                if row["id"] not in edited
            ]

    done = _set(kind, columns, whole())
    for rows in journal.changed(kind):
        for row in rows:
            if row["id"] in edited:
                left = [column for column in columns if column not in edited[row["id"]]]
                values = (*(row[column] for column in left), row["id"])
                done += _set(kind, left, iter([[values]]))
    for (row_id, field), edit in kept.items():
        if field.startswith(CUSTOM):
            # The row's attributes came back as a whole, without the edit of one of them.
            book.book_row_set(kind=kind, row_id=row_id, field=field, value=edit.edited)  # type: ignore[arg-type]
    return done


def _edits_put_back(kind: Kind, now: Edits, then: Edits, kept: Edits) -> None:
    """Edits that stood when the import came, and that nobody made again since."""
    for at, edit in then.items():
        if at not in kept:
            value = edit.edited
            book.book_row_set(kind=kind, row_id=edit.target_id, field=edit.field, value=value)  # type: ignore[arg-type]
        if at not in kept or kept[at].at == edit.at:
            override_reopen(conflict=edit)
    for at, edit in now.items():
        if at not in kept and at not in then:
            sources.edit_remove(edit=edit)


def _edits_rebased(journal: Journal, kind: Kind, kept: Edits, then: Edits, since: datetime) -> None:
    """Edits made since the import stand against what the source said before it."""
    later = {at: edit for at, edit in kept.items() if edit.at > since}
    for at, edit in later.items():
        if at in then:
            before = then[at]
            sources.edit_rebase(
                edit=edit, base=before.incoming if before.in_conflict else before.base
            )
    rows = {edit.target_id for at, edit in later.items() if at not in then}
    for batch in journal.changed(kind) if rows else ():
        for row in batch:
            for (row_id, field), edit in later.items() if row["id"] in rows else ():
                if row_id == row["id"] and (row_id, field) not in then and _brought(field, row):
                    base = book.book_value(kind, field, row)  # type: ignore[arg-type]
                    sources.edit_rebase(edit=edit, base=base)


def _brought(field: str, row: Mapping[str, Any]) -> bool:
    return field in row or (field.startswith(CUSTOM) and "attributes" in row)


def _set(kind: Kind, columns: list[str], batches: Iterator[list[tuple[Any, ...]]]) -> int:
    if not columns:
        return 0
    if kind == "person":
        return people.persons_restore(columns=columns, batches=batches)
    return book.book_rows_restore(kind=kind, columns=columns, batches=batches)


def _remove(kind: Kind, ids: list[int]) -> list[int]:
    if kind == "person":
        return people.persons_remove(ids=ids, holders=book.ROOMS)
    return book.book_rows_remove(kind=kind, ids=ids)
