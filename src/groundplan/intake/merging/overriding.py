"""People's edits of imported fields: they stay, and what the source now says instead is noted."""

from datetime import date
from decimal import Decimal

from groundplan.book.rules import CUSTOM
from groundplan.engine.sql import literal, quoted
from groundplan.intake.validating.known import insert_batches
from groundplan.sources import imports as sources
from groundplan.sources.contracts import Json
from groundplan.sources.rules import as_json

from .state import State
from .taking import Taken

_KEPT = ("account", "contact", "product", "opportunity", "interaction", "lead", "person")


def keep_edits(state: State, taken: Taken) -> int:
    """Puts people's edits in place of what the source says; returns how many are in conflict."""
    kind = taken.entity.kind
    if kind not in _KEPT:
        return 0
    by_column: dict[str, dict[int, sources.Edited]] = {}
    for override in sources.overrides_for(kind):  # type: ignore[arg-type]
        column = override.field if override.field in taken.types else f"{override.field}_id"
        if column in taken.types or _is_custom(taken, override.field):
            field = override.field if _is_custom(taken, override.field) else column
            by_column.setdefault(field, {})[override.target_id] = override
    return sum(_keep(state, taken, column, edits) for column, edits in by_column.items())


def _keep(state: State, taken: Taken, column: str, edits: dict[int, sources.Edited]) -> int:
    _stage(state, edits)
    found = state.connection.execute(
        f"SELECT t.id, {_said(taken, column)} FROM {taken.relation} t JOIN edits ON edits.id = t.id"
    ).fetchall()
    conflicts = 0
    for id_, value in found:
        override, incoming = edits[id_], _plain(value)
        known = (override.base, override.edited)
        # '' and nothing are the same nothing: what the override holds already is kept as it is.
        said = next((kept for kept in known if _plain(kept) == incoming), incoming)
        conflicts += said not in known
        if not state.dry_run and (said != override.base or override.in_conflict):
            state.rebases.append((override, said))
    if found:
        _put(state, taken, column)
    return conflicts


def _stage(state: State, edits: dict[int, sources.Edited]) -> None:
    """`edits` (id, value): what people typed, as text."""
    state.connection.execute("CREATE OR REPLACE TEMP TABLE edits (id BIGINT, value VARCHAR)")
    rows = [(id_, None if edit.edited is None else str(edit.edited)) for id_, edit in edits.items()]
    insert_batches(state.connection, "edits", ["id", "value"], [rows], "CAST(id AS BIGINT), value")


def _plain(value: object) -> Json:
    """A value as overrides hold it; '' and nothing are the same nothing."""
    if isinstance(value, bool):
        return value
    known = isinstance(value, str | int | float | Decimal | date)
    return (as_json(value) or None) if known else None


def _is_custom(taken: Taken, field: str) -> bool:
    return field.startswith(CUSTOM) and "attributes" in taken.types


def _name(field: str) -> str:
    return field.removeprefix(CUSTOM)


def _said(taken: Taken, field: str) -> str:
    """SQL of what the source says of a column or of a custom attribute."""
    if not _is_custom(taken, field):
        return f"t.{quoted(field)}"
    path = "/" + _name(field).replace("~", "~0").replace("/", "~1")
    return f"json_extract_string(t.attributes, {literal(path)})"


def _put(state: State, taken: Taken, column: str) -> None:
    if _is_custom(taken, column):
        edit = f"json_object({literal(_name(column))}, edits.value)"
        merged = f"CAST(json_merge_patch(CAST(attributes AS JSON), {edit}) AS VARCHAR)"
        target, value = "attributes", merged
    else:
        text = taken.types[column] == "VARCHAR"
        own = "coalesce(edits.value, '')" if text else "edits.value"
        target, value = column, f"TRY_CAST({own} AS {taken.types[column]})"
    state.connection.execute(
        f"UPDATE {taken.relation} SET {quoted(target)} = {value}"
        f" FROM edits WHERE edits.id = {taken.relation}.id"
    )
