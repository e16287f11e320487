"""What people did since an import to the rows that it wrote."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from groundplan.book.services.undoing import book_names
from groundplan.intake.entities import Kind
from groundplan.organisation.selectors import audit_deeds

from .contracts import LaterEdit
from .journal import Journal

EDITED: tuple[Kind, ...] = ("account", "contact", "opportunity")
"""Kinds that people work on; the log knows them by their uid."""


def later_edits(journal: Journal, since: datetime) -> list[LaterEdit]:
    """Deeds after `since` on rows that the import made or changed, the earliest first."""
    found: list[LaterEdit] = []
    for kind in EDITED:
        written = {*journal.ids(kind, "new"), *journal.ids(kind, "changed")}
        written |= {edit.target_id for edit in journal.edits if edit.kind == kind}
        if not written:
            continue
        deeds = list(audit_deeds(kind, since))
        rows = book_names(kind, {deed.key for deed in deeds})  # type: ignore[arg-type]
        for deed in deeds:
            row_id, name = rows.get(deed.key, (0, ""))
            if row_id in written:
                found += _edits(kind, row_id, name, deed)
    return sorted(found, key=lambda edit: edit.at)


def _edits(kind: Kind, row_id: int, name: str, deed: Any) -> Iterator[LaterEdit]:
    changes = {
        field: change["to"]
        for field, change in deed.detail.items()
        if isinstance(change, dict) and "to" in change
    }
    for field, after in (changes or {"": ""}).items():
        told = "" if after is None else str(after)
        yield LaterEdit(kind, row_id, name, deed.action, field, told, deed.actor, deed.at)
