"""Rows that refer to rows of their own table: parents, managers, whom contacts report to."""

from collections.abc import Callable, Iterable
from itertools import pairwise

import duckdb

from groundplan.engine.facts import TABLES
from groundplan.intake.entities import Entity
from groundplan.intake.reading.tables import quoted

from .known import insert_batches

DEEPEST = 40
"""Levels of a hierarchy; a path (`/1/5/9/`) of more would outgrow its column."""

Paths = Callable[[list[int]], Iterable[tuple[int, str]]]
"""The stored paths of rows, from the top down: (id, `/1/5/9/`)."""


def check_hierarchy(connection: duckdb.DuckDBPyConnection, entity: Entity, paths: Paths) -> None:
    """Marks rows that are their own parent, in a circle, too deep, or below a rejected one.

    Expects `known_<kind>` with the import's own keys and the reference of the own column resolved.
    """
    if not entity.own:
        return
    _links(connection, entity, paths)
    _mark_itself(connection, entity)
    while True:
        _reach(connection)
        before = _good(connection, entity)
        _mark_unreached(connection, entity)
        if _good(connection, entity) == before:
            break
    connection.execute(
        f"DELETE FROM known_{entity.kind} WHERE fresh AND key NOT IN (SELECT key FROM"
        f" ({_good_keys(entity)})) AND key IN (SELECT {_key(entity)} FROM rows_{entity.table}"
        f" WHERE _fault IS NOT NULL AND {_key(entity)} IS NOT NULL)"
    )


def _key(entity: Entity) -> str:
    return quoted(TABLES[entity.table].key)


def _good_keys(entity: Entity) -> str:
    return f"SELECT {_key(entity)} AS key FROM rows_{entity.table} WHERE _fault IS NULL"


def _good(connection: duckdb.DuckDBPyConnection, entity: Entity) -> int:
    found = connection.execute(f"SELECT count(*) FROM ({_good_keys(entity)})").fetchone()
    return int(found[0]) if found else 0


def _links(connection: duckdb.DuckDBPyConnection, entity: Entity, paths: Paths) -> None:
    """`links` (id, parent, row): the import's rows, and the ancestors of stored parents."""
    own, relation = quoted(entity.own), f"ref_{entity.table}_{entity.own}"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE links AS SELECT k.target_id AS id, p.target_id AS parent,"
        f" r.rowid AS row FROM rows_{entity.table} r JOIN known_{entity.kind} k"
        f" ON k.key = r.{_key(entity)} LEFT JOIN {relation} p ON p.v = r.{own}"
        f" WHERE r._fault IS NULL"
    )
    # A rejected row leads nowhere: nothing may be written below what isn't.
    connection.execute(
        f"INSERT INTO links SELECT DISTINCT k.target_id, -1, NULL FROM rows_{entity.table} r"
        f" JOIN known_{entity.kind} k ON k.key = r.{_key(entity)} WHERE r._fault IS NOT NULL"
        f" AND k.fresh AND k.target_id NOT IN (SELECT id FROM links)"
    )
    stored = connection.execute(
        f"SELECT DISTINCT parent FROM links JOIN known_{entity.kind} k ON k.target_id = parent"
        f" WHERE NOT k.fresh AND parent NOT IN (SELECT id FROM links)"
    ).fetchall()
    pairs = {
        (int(child), int(parent))
        for _, path in paths([row[0] for row in stored])
        for parent, child in _steps(path)
    }
    connection.execute("CREATE OR REPLACE TEMP TABLE above (id BIGINT, parent BIGINT)")
    if pairs:
        insert_batches(connection, "above", ["id", "parent"], [list(pairs)], "*")
    connection.execute(
        "INSERT INTO links SELECT id, parent, NULL FROM above"
        " WHERE id NOT IN (SELECT id FROM links)"
    )


def _steps(path: str) -> Iterable[tuple[str, str]]:
    ids = path.strip("/").split("/")
    return pairwise(ids)


def _mark_itself(connection: duckdb.DuckDBPyConnection, entity: Entity) -> None:
    relation, own = f"rows_{entity.table}", quoted(entity.own)
    connection.execute(
        f"UPDATE {relation} SET _fault = '{entity.own}|self|', _value = {own} FROM links"
        f" WHERE links.row = {relation}.rowid AND links.id = links.parent"
    )
    connection.execute("UPDATE links SET parent = -1 WHERE id = parent")


def _reach(connection: duckdb.DuckDBPyConnection) -> None:
    """`reached`: rows from which going up ends, level by level."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE reached AS SELECT id, 1 AS level FROM links"
        " WHERE parent IS NULL OR (parent > 0 AND parent NOT IN (SELECT id FROM links))"
    )
    for level in range(1, DEEPEST):
        found = connection.execute(
            f"INSERT INTO reached SELECT DISTINCT l.id, {level + 1} FROM links l JOIN reached r"
            f" ON r.id = l.parent AND r.level = {level}"
        ).fetchone()
        if not found or not found[0]:
            return


def _mark_unreached(connection: duckdb.DuckDBPyConnection, entity: Entity) -> None:
    left = connection.execute(
        "SELECT id, parent FROM links WHERE id NOT IN (SELECT id FROM reached)"
    ).fetchall()
    if not left:
        return
    parents = dict(left)
    circle = _circles(parents)
    keys = dict(
        connection.execute(
            f"SELECT target_id, min(key) FROM known_{entity.kind} WHERE target_id IN"
            f" (SELECT id FROM links) GROUP BY target_id"
        ).fetchall()
    )
    faults = [(id_, _fault(id_, circle, parents, keys, entity.own)) for id_ in parents]
    connection.execute("CREATE OR REPLACE TEMP TABLE lost (id BIGINT, fault VARCHAR)")
    insert_batches(connection, "lost", ["id", "fault"], [faults], "*")
    relation = f"rows_{entity.table}"
    connection.execute(
        f"UPDATE {relation} SET _fault = lost.fault, _value = {quoted(entity.own)}"
        f" FROM links JOIN lost ON lost.id = links.id"
        f" WHERE links.row = {relation}.rowid AND {relation}._fault IS NULL"
    )


def _fault(
    id_: int, circle: dict[int, list[int]], parents: dict[int, int], keys: dict[int, str], own: str
) -> str:
    if id_ in circle:
        names = [str(keys.get(each, each)) for each in circle[id_]]
        return f"{own}|cycle|{' > '.join(names[:6])}"
    seen = 0
    while id_ in parents and seen <= DEEPEST:
        id_, seen = parents[id_], seen + 1
    return (
        f"{own}|deep|{DEEPEST}"
        if id_ > 0 and id_ not in circle and seen > DEEPEST
        else f"{own}|below|"
    )


def _circles(parents: dict[int, int]) -> dict[int, list[int]]:
    """Each row in a circle, with the circle as it is walked from that row back to it."""
    state: dict[int, int] = {}
    found: dict[int, list[int]] = {}
    for start in parents:
        trail: list[int] = []
        here = start
        while here in parents and here not in state:
            state[here] = start
            trail.append(here)
            here = parents[here]
        if state.get(here) == start and here in trail:
            ring = trail[trail.index(here) :]
            for at, member in enumerate(ring):
                found[member] = [*ring[at:], *ring[:at], member]
    return found
