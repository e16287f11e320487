"""Edits of imported fields: kept, while what the source says against them is noted."""

from datetime import date
from decimal import Decimal

from groundplan.intake.reading.tables import quoted
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
        if column in taken.types:
            by_column.setdefault(column, {})[override.target_id] = override
    return sum(_keep(state, taken, column, edits) for column, edits in by_column.items())


def _keep(state: State, taken: Taken, column: str, edits: dict[int, sources.Edited]) -> int:
    _stage(state, edits)
    found = state.connection.execute(
        f"SELECT t.id, t.{quoted(column)} FROM {taken.relation} t JOIN edits ON edits.id = t.id"
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


def _put(state: State, taken: Taken, column: str) -> None:
    text = taken.types[column] == "VARCHAR"
    value = "coalesce(edits.value, '')" if text else "edits.value"
    state.connection.execute(
        f"UPDATE {taken.relation} SET {quoted(column)} ="
        f" TRY_CAST({value} AS {taken.types[column]})"
        f" FROM edits WHERE edits.id = {taken.relation}.id"
    )
