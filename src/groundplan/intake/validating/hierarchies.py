"""Rows that refer to rows of their own table: parents, managers, whom contacts report to."""

from collections.abc import Callable, Iterable
from itertools import pairwise

import duckdb
import pyarrow as pa

from groundplan.engine.facts import TABLES
from groundplan.engine.sql import quoted
from groundplan.intake.entities import Entity

from .changing import change_rows
from .circles import SHOWN, Lost, lost_rows
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
    fault = f"'{entity.own}|self|'"
    _mark(connection, entity, f"SELECT row, {fault} AS fault FROM links WHERE id = parent")
    connection.execute("UPDATE links SET parent = -1 WHERE id = parent")


def _mark(connection: duckdb.DuckDBPyConnection, entity: Entity, faults: str) -> None:
    """Marks the good rows of the SELECT `faults` (row, fault)."""
    found = connection.execute(f"SELECT count(*) FROM ({faults})").fetchone()
    change_rows(
        connection,
        f"rows_{entity.table}",
        {"_fault": "o.fault", "_value": f"t.{quoted(entity.own)}"},
        other=faults,
        on="o.row = t.rowid",
        where="t._fault IS NULL",
        rows=found[0] if found else 0,
    )


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
    ).fetchnumpy()
    if not len(left["id"]):
        return
    lost = lost_rows(left["id"], left["parent"], DEEPEST)
    own = entity.own
    _name_circles(connection, entity, lost)
    told = pa.table({"id": lost.ids, "code": lost.codes})
    connection.register("lost", told)
    fault = (
        f"CASE code WHEN 'cycle' THEN '{own}|cycle|' || circles.names"
        f" WHEN 'deep' THEN '{own}|deep|{DEEPEST}' ELSE '{own}|below|' END"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE lost_rows AS SELECT links.row AS row, {fault} AS fault"
        f" FROM links JOIN lost ON lost.id = links.id LEFT JOIN circles ON circles.id = links.id"
        f" WHERE links.row IS NOT NULL"
    )
    connection.unregister("lost")
    _mark(connection, entity, "SELECT row, fault FROM lost_rows")


def _name_circles(connection: duckdb.DuckDBPyConnection, entity: Entity, lost: Lost) -> None:
    """`circles` (id, names): the keys of each member's circle, from it back to itself."""
    columns = {f"n{step}": ids for step, ids in enumerate(lost.circles)}
    connection.register("walked", pa.table({"id": lost.members, **columns}))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE keys AS SELECT target_id AS id, min(key) AS key FROM"
        f" known_{entity.kind} WHERE target_id IN (SELECT id FROM walked) GROUP BY 1"
    )
    names = ", ".join(
        f"coalesce(k{step}.key, CAST(nullif(n{step}, -1) AS VARCHAR))" for step in range(SHOWN)
    )
    joins = " ".join(f"LEFT JOIN keys k{step} ON k{step}.id = n{step}" for step in range(SHOWN))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE circles AS SELECT walked.id, concat_ws(' > ', {names})"
        f" AS names FROM walked {joins}"
    )
    connection.unregister("walked")
