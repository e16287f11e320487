"""Stored rows that a source's complete file no longer has."""

from groundplan.engine.facts import TABLES
from groundplan.engine.sql import quoted
from groundplan.intake.entities import Entity, Kind
from groundplan.intake.validating.repeats import SAME
from groundplan.sources import imports as sources

from .saying import rows_said
from .state import State

REMOVED: frozenset[Kind] = frozenset(["lead", "quota", "position"])
"""Kinds without an archive: nobody works on their rows, so those that are gone are removed. The
import's journal keeps them whole."""


def gone_rows(state: State, entity: Entity) -> tuple[tuple[int, ...], str]:
    """The ids of rows that are gone, and what to tell of them; none unless files are complete."""
    if not state.complete:
        return (), ""
    rows = _by_key(state, entity) if entity.keyed else _by_nature(state, entity)
    if rows and not entity.keyed and (why := _unsure(state, entity)):
        said = rows_said(len(rows), entity.table)
        return (), f"{said} that the files lack {'stays' if len(rows) == 1 else 'stay'}: {why}."
    if not rows or state.dry_run:
        # Whoever only looks is shown how many: nothing happened yet.
        return rows, ""
    fate = "removed" if entity.kind in REMOVED else "archived"
    gone = rows_said(len(rows), entity.table, one="is", many="are")
    return rows, f"{gone} gone from the source and {fate}."


def _by_key(state: State, entity: Entity) -> tuple[int, ...]:
    """What this source once had and doesn't have any more, rejected rows being there still."""
    key = quoted(TABLES[entity.table].key)
    rows = state.connection.execute(
        f"SELECT DISTINCT target_id FROM known_{entity.kind} WHERE own AND target_id NOT IN"
        f" (SELECT k.target_id FROM known_{entity.kind} k JOIN rows_{entity.table} r"
        f" ON r.{key} = k.key)"
    ).fetchall()
    return tuple(row[0] for row in rows)


def _by_nature(state: State, entity: Entity) -> tuple[int, ...]:
    rows = state.connection.execute(
        f"SELECT id FROM have_{entity.table} WHERE id NOT IN (SELECT id FROM take_{entity.table})"
        " ORDER BY id"
    ).fetchall()
    return tuple(row[0] for row in rows)


def _unsure(state: State, entity: Entity) -> str:
    """Why nobody can tell which rows without a source's key are gone."""
    if sources.sources_of(entity.table) != {state.source_id}:
        return "others brought some too, and they have no ids that tell whose they are"
    if state.count(f"rows_{entity.table} WHERE _fault IS NOT NULL AND _fault <> '{SAME}'"):
        return "some of the file's rows are rejected, and might be those"
    return ""
