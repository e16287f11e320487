"""Edits of imported fields: kept, while the source's own value is brought up to date."""

from datetime import date
from decimal import Decimal

from groundplan.intake.reading.tables import quoted
from groundplan.intake.validating.known import insert_batches
from groundplan.sources import imports as sources
from groundplan.sources.rules import as_json

from .state import State
from .taking import Taken

_KEPT = ("account", "contact", "product", "opportunity", "interaction", "lead", "person")


def keep_edits(state: State, taken: Taken) -> int:
    """Puts people's edits in place of what the source says; returns how many now conflict."""
    kind = taken.entity.kind
    if kind not in _KEPT:
        return 0
    edits: dict[str, list[tuple[int, str | None]]] = {}
    conflicts = 0
    for override in sources.overrides_for(kind):  # type: ignore[arg-type]
        column = override.field if override.field in taken.types else f"{override.field}_id"
        if column not in taken.types:
            continue
        found = state.connection.execute(
            f"SELECT {quoted(column)} FROM {taken.relation} WHERE id = ?", [override.target_id]
        ).fetchone()
        if found is None:
            continue
        edited = override.edited
        edits.setdefault(column, []).append(
            (override.target_id, None if edited is None else str(edited))
        )
        incoming = _plain(found[0])
        if _plain(override.base) != incoming and not state.dry_run:
            sources.override_rebase(override=override, incoming=incoming)
        conflicts += _plain(override.base) != incoming != _plain(edited)
    for column, values in edits.items():
        _put(state, taken, column, values)
    return conflicts


def _plain(value: object) -> str | int | float | bool | None:
    """A value as overrides hold it; '' and nothing are the same nothing."""
    known = isinstance(value, str | int | float | bool | Decimal | date)
    return as_json(value) or None if known and not isinstance(value, bool) else value  # type: ignore[return-value]


def _put(state: State, taken: Taken, column: str, values: list[tuple[int, str | None]]) -> None:
    state.connection.execute("CREATE OR REPLACE TEMP TABLE edits (id BIGINT, value VARCHAR)")
    insert_batches(state.connection, "edits", ["id", "value"], [values], "*")
    state.connection.execute(
        f"UPDATE {taken.relation} SET {quoted(column)} ="
        f" TRY_CAST({_default(taken, column)} AS {taken.types[column]})"
        f" FROM edits WHERE edits.id = {taken.relation}.id"
    )


def _default(taken: Taken, column: str) -> str:
    return "coalesce(edits.value, '')" if taken.types[column] == "VARCHAR" else "edits.value"
