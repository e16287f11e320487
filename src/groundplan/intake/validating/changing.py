"""Changes many rows of an import, in memory that doesn't grow with their number."""

from collections.abc import Mapping

import duckdb

from groundplan.engine.sql import quoted

FEW = 200_000
"""Rows that are changed in place: DuckDB keeps all changes of a table in memory."""


def change_rows(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    values: Mapping[str, str],
    *,
    other: str,
    on: str,
    rows: int,
    where: str = "TRUE",
) -> None:
    """Sets columns of the rows `t` of a relation that meet a row `o` of the SELECT `other`, whose
    keys are unique, and for which `where` holds: `rows` of them or fewer. `values` are SQL.

    Many make the relation anew, in its order, for that spills to the disk.
    """
    if rows <= FEW:
        changed = ", ".join(f"{quoted(name)} = {sql}" for name, sql in values.items())
        connection.execute(
            f"UPDATE {relation} AS t SET {changed} FROM ({other}) o WHERE {on} AND {where}"
        )
        return
    changed = ", ".join(
        f"CASE WHEN o.hit AND {where} THEN {sql} ELSE t.{quoted(name)} END AS {quoted(name)}"
        for name, sql in values.items()
    )
    connection.execute(
        f"CREATE TABLE {relation}_changed AS SELECT t.* REPLACE ({changed}) FROM {relation} t"
        f" LEFT JOIN (SELECT *, TRUE AS hit FROM ({other})) o ON {on} ORDER BY t.rowid"
    )
    connection.execute(f"DROP TABLE {relation}")
    connection.execute(f"ALTER TABLE {relation}_changed RENAME TO {relation}")
