"""What every edit of a row shares: the imported value is kept, the change recorded and undoable."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.core import signing
from django.db.models import Field, Model

from groundplan.book.contracts import Undo
from groundplan.book.models import Account, Contact, Opportunity
from groundplan.book.rules import CUSTOM
from groundplan.kernel import clock
from groundplan.kernel.errors import NotAllowed
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope
from groundplan.sources.contracts import Json, Kind
from groundplan.sources.rules import as_json
from groundplan.sources.selectors import is_imported
from groundplan.sources.services import override_set

SALT = "book.undo"
UNDO_SECONDS = 24 * 3600
Row = Account | Contact | Opportunity
MODELS: dict[str, type[Account] | type[Contact] | type[Opportunity]] = {
    "account": Account,
    "contact": Contact,
    "opportunity": Opportunity,
}


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit of one row: what it is called in the log, and its fields' new values."""

    kind: Kind
    action: str
    values: Mapping[str, object]


def writer_required(viewer: Scope) -> None:
    """Raises NotAllowed for who may only look."""
    if not viewer.may_write:
        message = "Your role may look but not change anything."
        raise NotAllowed(message, mend="Ask an administrator for another role.")


def changes_of(row: Model, values: Mapping[str, object]) -> dict[str, dict[str, Json]]:
    """The fields of `values` that differ from the row's, as the log keeps them."""
    pairs = {field: (as_json(value_of(row, field)), as_json(new)) for field, new in values.items()}
    return {
        field: {"from": before, "to": after}
        for field, (before, after) in pairs.items()
        if before != after
    }


def edit_apply(*, viewer: Scope, row: Row, edit: Edit) -> Undo:
    """Write the values that changed, keep the source's beside them, record who did it.

    Runs in the caller's transaction, which has checked that the viewer may.
    """
    changes = changes_of(row, edit.values)
    if not changes:
        return Undo(0)
    if is_imported(edit.kind, [row.pk]):
        overrides_write(viewer=viewer, kind=edit.kind, target_id=row.pk, changes=changes)
    values_put(row, {field: edit.values[field] for field in changes})
    entry = audit_record(
        viewer_actor=viewer.actor,
        action=edit.action,
        kind=edit.kind,
        key=str(row.uid),
        label=str(row),
        detail=changes,
    )
    return Undo(1, token_of(viewer, entry.pk))


def overrides_write(
    *, viewer: Scope, kind: Kind, target_id: int, changes: Mapping[str, Mapping[str, Json]]
) -> None:
    """Keep each change as an override of what the source says."""
    at = clock.now()
    for field, change in changes.items():
        override_set(
            viewer=viewer,
            kind=kind,
            target_id=target_id,
            field=field,
            base=change["from"],
            edited=change["to"],
            at=at,
        )


def value_of(row: Model, field: str) -> Any:
    """The row's value of a field, which may be a custom attribute."""
    if field.startswith(CUSTOM):
        attributes: dict[str, Any] = row.attributes  # type: ignore[attr-defined]  # rows with custom fields
        return attributes.get(field.removeprefix(CUSTOM))
    return getattr(row, field)


def values_put(row: Model, values: Mapping[str, object]) -> None:
    """Write `values`, as columns hold them, and save what they stand in."""
    columns = set()
    for field, value in values.items():
        if field.startswith(CUSTOM):
            row.attributes[field.removeprefix(CUSTOM)] = value  # type: ignore[attr-defined]  # as above
            columns.add("attributes")
        else:
            setattr(row, field, value)
            columns.add(field)
    row.save(update_fields=sorted(columns))


def stored(row: Model, field: str, value: Json) -> Any:
    """A value of the log or of an override as the row's column holds it."""
    if field.startswith(CUSTOM):
        return value
    column = cast("Field[Any, Any]", row._meta.get_field(field))  # noqa: SLF001 - documented API
    return "" if value is None and not column.null else column.to_python(value)


def token_of(viewer: Scope, entry_id: int) -> str:
    """A token that lets this user, and nobody else, take back what an entry records."""
    return signing.dumps([entry_id, viewer.user_id], salt=SALT)
