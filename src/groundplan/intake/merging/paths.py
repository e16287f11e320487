"""Where new rows stand in their hierarchy, before they are written."""

from collections.abc import Iterator

from groundplan.database.bulk import Stored
from groundplan.engine.sql import quoted
from groundplan.intake.validating.known import insert_batches

from .state import State
from .taking import FEW, Taken, stored_rows

HAVE_PATHS = ("account", "person")


def fresh_paths(state: State, taken: Taken) -> str:
    """Makes the table of paths (id, path) of the new rows below another; returns its name.

    A row that isn't in it stands at the top: its path is `/id/`.
    """
    relation = f"path_{taken.entity.kind}"
    state.connection.execute(
        f"CREATE OR REPLACE TABLE {relation} (id BIGINT, path VARCHAR, level INTEGER)"
    )
    own = taken.entity.columns[taken.entity.own]
    if own not in taken.types:
        return relation
    parent, level = f"t.{quoted(own)}", 0
    _above(state, taken, own)
    below = f"SELECT t.id, p.path || t.id || '/' AS path, {{}} FROM {taken.relation} t JOIN"
    added = _added(
        state, f"INSERT INTO {relation} {below.format(0)} above_new p ON p.id = {parent}"
               " WHERE t._fresh")  # fmt: skip
    while added:
        level += 1
        added = _added(
            state,
            f"INSERT INTO {relation} {below.format(level)} {relation} p ON p.id = {parent}"
            f" WHERE t._fresh AND p.level = {level - 1}",
        )
    return relation


def _added(state: State, insert: str) -> int:
    found = state.connection.execute(insert).fetchone()
    return int(found[0]) if found else 0


def _above(state: State, taken: Taken, own: str) -> None:
    """`above_new` (id, path): the parents of new rows that need none of the new rows' paths."""
    fresh = f"SELECT id FROM {taken.relation} WHERE _fresh"
    state.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE above_new AS SELECT DISTINCT t.{quoted(own)} AS id,"
        f" CAST(NULL AS VARCHAR) AS path FROM {taken.relation} t"
        f" WHERE t._fresh AND t.{quoted(own)} IS NOT NULL AND t.{quoted(own)} NOT IN ({fresh})"
    )
    state.connection.execute("CREATE OR REPLACE TEMP TABLE stored_paths (id BIGINT, path VARCHAR)")
    insert_batches(
        state.connection, "stored_paths", ["id", "path"], _stored(state, taken),
        "CAST(id AS BIGINT), path",
    )  # fmt: skip
    state.connection.execute(
        "UPDATE above_new SET path = s.path FROM stored_paths s WHERE s.id = above_new.id"
    )
    # One that is made in this import, or is itself new and without a parent.
    state.connection.execute("UPDATE above_new SET path = '/' || id || '/' WHERE path IS NULL")
    state.connection.execute(
        f"INSERT INTO above_new SELECT id, '/' || id || '/' FROM {taken.relation}"
        f" WHERE _fresh AND {quoted(own)} IS NULL"
    )


def _stored(state: State, taken: Taken) -> Iterator[list[Stored]]:
    ids = [row[0] for row in state.connection.execute("SELECT id FROM above_new").fetchall()]
    if ids:
        yield from stored_rows(taken.entity, ["path"], ids if len(ids) <= FEW else None)
