"""Whole tables into SQLite: made ready in a file of their own, copied as they lie.

`INSERT INTO t SELECT * FROM other.t` copies rows and entries of indexes without taking them apart,
where `t` has no rows and no trigger on inserting, where the other table has the same columns,
constraints and indexes, and where the connection checks no references. What then is left to do
while everybody else waits is copying: indexes were sorted before, on another processor. Where
SQLite finds one of these missing, the same statement inserts row by row.

See "The Xfer Optimization" in https://www.sqlite.org/src/file/src/insert.c.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, models

from groundplan.database.sqlite import pages
from groundplan.database.sqlite.records import Query, scale_of
from groundplan.engine.sql import quoted
from groundplan.kernel.steps import step

from .bulk import Value, table_of

WORTH_COPYING = 20_000
"""From about so many rows on, a file of their own costs less than it saves."""

_FEW = 2_000
"""Rows of a table that may step aside while others are copied into it."""

_INTEGRAL, _TEXTUAL = ("INT",), ("CHAR", "CLOB", "TEXT")
_OTHER = ("BLOB", "REAL", "FLOA", "DOUB")
_CACHE = 64 << 10
"""KiB in which an index is sorted before parts of it are written."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A table to be made as the database has it: the SQL of the table and of its indexes, and the
    rows with all columns in its order."""

    table: str
    statements: tuple[str, ...]
    query: Query


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    type: str
    default: str | None


def planned(model: type[models.Model], query: Query, fixed: Mapping[str, Value]) -> Whole | None:
    """How the model's table is made of the query's rows and `fixed`, the same in all; None where
    the rows aren't worth it or can't be copied. Columns that the table lacks are left out."""
    table = table_of(model)
    [(rows,)] = query.connection.cursor().sql(f"SELECT count(*) FROM {query.source}").fetchall()
    if rows < WORTH_COPYING or not has_room(model):
        return None
    with connection.cursor() as cursor:
        cursor.execute(f'PRAGMA table_info("{table}")')
        columns = [_Column(row[1], row[2], row[4]) for row in cursor.fetchall()]
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL"
            " AND type IN ('table', 'index') ORDER BY type DESC",
            [table],
        )
        statements = tuple(sql for (sql,) in cursor.fetchall())
    types = dict(zip(query.columns, query.types(), strict=True))
    chosen = [_value(column, types, fixed) for column in columns]
    if columns[0].name != "id" or any(value is None for value in chosen):
        return None
    select = f"SELECT {', '.join(map(str, chosen))} FROM {query.source}"
    names = tuple(column.name for column in columns)
    return Whole(table, statements, Query(query.connection, names, select))


def _value(column: _Column, types: Mapping[str, str], fixed: Mapping[str, Value]) -> str | None:
    """DuckDB's SQL of a column, None where SQLite might keep its values otherwise."""
    if column.name in types:
        return quoted(column.name) if _kept_so(column.type.upper(), types[column.name]) else None
    value = fixed.get(column.name)
    if value is None:
        return None if column.default else "CAST(NULL AS VARCHAR)"
    if isinstance(value, str):
        text = value.replace("'", "''")
        return f"'{text}'" if _kept_so(column.type.upper(), "VARCHAR") else None
    return f"CAST({int(value)} AS BIGINT)" if _kept_so(column.type.upper(), "BIGINT") else None


def _kept_so(declared: str, type_: str) -> bool:
    """Whether a column declared so keeps values of one of DuckDB's types as they are written:
    https://www.sqlite.org/datatype3.html, 3.1."""
    if any(part in declared for part in _INTEGRAL):
        return scale_of(type_) == 0
    if any(part in declared for part in _TEXTUAL):
        return type_ in ("VARCHAR", "DATE")
    # In a column of numbers a text might look like one; a date never does.
    return not any(part in declared for part in _OTHER) and (
        scale_of(type_) is not None or type_ == "DATE"
    )


def has_room(model: type[models.Model]) -> bool:
    """Whether SQLite's table has no rows, or so few, without triggers, that they can step aside."""
    return _rows_aside(table_of(model)) is not None


def _rows_aside(table: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM (SELECT 1 FROM "{table}" LIMIT {_FEW + 1})')
        rows = int(cursor.fetchone()[0])
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        triggers = cursor.fetchone()[0]
    return None if rows > _FEW or (rows and triggers) else rows


def write_table(path: Path, whole: Whole) -> int:
    """Makes the file `path` with the table's rows, its indexes left empty; returns the rows."""
    with closing(pages.open_file(path)) as file:
        for statement in whole.statements:
            file.execute(statement)
        rows = pages.fill_rows(file, whole.table, whole.query)
    step("whole.rows-written")
    return rows


def write_indexes(path: Path, table: str) -> None:
    """Makes the indexes of `write_table`. Raises sqlite3.IntegrityError where values that must be
    unique aren't."""
    with closing(pages.open_file(path, cache=_CACHE)) as file:
        file.execute(f'REINDEX "{table}"')
    step("whole.indexed")


def look_over(path: Path, table: str) -> None:
    """Has SQLite look at what stands in the file; others may read it meanwhile. Raises
    sqlite3.IntegrityError where pages are broken or a constraint of the table doesn't hold."""
    # Of a file opened for reading only, SQLite doesn't even learn what it should CHECK.
    with closing(sqlite3.connect(path)) as file:
        found = file.execute(f'PRAGMA quick_check("{table}")').fetchall()
    if found != [("ok",)]:
        raise sqlite3.IntegrityError(f"{table}: {found[0][0]}")
    step("whole.looked-over")


def copied(model: type[models.Model], relation: str) -> bool:
    """Copies the whole table `relation` in the caller's transaction; False, and nothing done,
    where the model's own has got too many rows meanwhile."""
    table = f'main."{table_of(model)}"'
    rows = _rows_aside(table_of(model))
    if rows is None:
        return False
    with connection.cursor() as cursor:
        if rows:
            cursor.execute(f"CREATE TEMP TABLE rows_aside AS SELECT * FROM {table}")
            cursor.execute(f"DELETE FROM {table}")
            step("whole.rows-aside")
        cursor.execute(f"INSERT INTO {table} SELECT * FROM {relation}")
        if rows:
            cursor.execute(f"INSERT INTO {table} SELECT * FROM temp.rows_aside")
            cursor.execute("DROP TABLE temp.rows_aside")
    step("whole.copied")
    return True
