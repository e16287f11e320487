"""Rows made ready beside the database, so that writing them into it takes one short statement.

Whoever writes to SQLite keeps every other writer waiting. Turning rows from Python into rows of a
database is the slow part of a bulk write, so it is done before the transaction, into a file that
is attached for the statement; PostgreSQL has temporary tables for it.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connection, models

from .bulk import Row, table_of

KEY = "_key"
"""The column of a staged table that no table of ours has: the source's own id."""

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Staged:
    """A table of rows, `id` among its columns.

    `words` tells of columns with marks (numbers below zero) instead of ids that aren't known yet:
    the table (mark, id) that says what they stand for by the time of the write.
    """

    relation: str
    columns: tuple[str, ...]
    rows: int
    words: Mapping[str, str] = field(default_factory=dict)

    def value(self, column: str) -> str:
        """SQL of a column's value in the staged row `s`."""
        own = f's."{column}"'
        if column not in self.words:
            return own
        meant = f"(SELECT w.id FROM {self.words[column]} w WHERE w.mark = {own})"
        return f"CASE WHEN {own} < 0 THEN {meant} ELSE {own} END"


@contextmanager
def staging(folder: Path) -> Iterator["Staging"]:
    """A place for staged tables, gone with the block. `folder` is there for SQLite's file.

    Opened within a transaction, its tables are SQLite's temporary ones: the lock is held anyway,
    and a file can't be detached there.
    """
    if connection.vendor == "postgresql" or connection.in_atomic_block:
        place = Staging("")
        try:
            yield place
        finally:
            place.drop()
        return
    path = folder / f"staged-{next(_numbers)}.sqlite3"
    place = Staging("staged", sqlite3.connect(path, isolation_level=None))
    try:
        yield place
    finally:
        place.close()
        path.unlink(missing_ok=True)


class Staging:
    """Makes staged tables; `attached` makes them known to the database's connection."""

    def __init__(self, schema: str, file: sqlite3.Connection | None = None) -> None:
        self._schema = schema
        self._file = file
        self._tables: list[str] = []
        if file is not None:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -16384"):
                file.execute(f"PRAGMA {pragma}")

    def table(
        self,
        model: type[models.Model],
        columns: Sequence[str],
        batches: Iterable[Sequence[Row]],
        words: Mapping[str, str] | None = None,
    ) -> Staged:
        """A table with `columns` of the model's (or KEY) and the rows of `batches`."""
        name = f"staged_rows_{next(_numbers)}"
        if connection.vendor == "postgresql":
            rows = _copied(name, model, columns, batches)
        else:
            rows = self._filled(name, columns, batches)
        self._tables.append(name)
        relation = f"{self._schema}.{name}" if self._schema else name
        return Staged(relation, tuple(columns), rows, words or {})

    @contextmanager
    def attached(self) -> Iterator[None]:
        """Within the block, outside of any transaction, statements can read the tables."""
        if self._file is None:
            yield
            return
        [(_, _, path)] = self._file.execute("PRAGMA database_list").fetchall()
        self._file.close()
        with connection.cursor() as cursor:
            cursor.execute("ATTACH DATABASE %s AS staged", [path])
            try:
                yield
            finally:
                cursor.execute("DETACH DATABASE staged")

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def drop(self) -> None:
        """Removes temporary tables, unless the transaction that made them has failed."""
        if connection.needs_rollback or connection.connection is None:
            return
        with connection.cursor() as cursor:
            for table in self._tables:
                cursor.execute(f"DROP TABLE IF EXISTS {table}")

    def _filled(self, name: str, columns: Sequence[str], batches: Iterable[Sequence[Row]]) -> int:
        # In the order of the ids, without sorting.
        names = ", ".join("id INTEGER PRIMARY KEY" if c == "id" else f'"{c}"' for c in columns)
        place: Any = self._file or connection.connection
        temporary = "" if self._file else "TEMP "
        place.execute(f"CREATE {temporary}TABLE {name} ({names})")
        insert = f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})"
        rows = 0
        for batch in batches:
            if self._file:
                place.execute("BEGIN")
            place.executemany(insert, batch)
            if self._file:
                place.execute("COMMIT")
            rows += len(batch)
        return rows


def _copied(
    name: str,
    model: type[models.Model],
    columns: Sequence[str],
    batches: Iterable[Sequence[Row]],
) -> int:
    fields = ", ".join(
        f'CAST(NULL AS text) AS "{KEY}"' if column == KEY else f'"{column}"' for column in columns
    )
    rows = 0
    with connection.cursor() as cursor:
        cursor.execute(
            f'CREATE TEMP TABLE {name} AS SELECT {fields} FROM "{table_of(model)}" LIMIT 0'
        )
        with connection.wrap_database_errors, cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for batch in batches:
                for row in batch:
                    copy.write_row(row)
                rows += len(batch)
        cursor.execute(f"ANALYZE {name}")
    return rows


@contextmanager
def word_ids(name: str, ids: Mapping[int, int]) -> Iterator[None]:
    """Within the block of a transaction the table `name` (mark, id) holds `ids`."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {name} (mark BIGINT PRIMARY KEY, id BIGINT)")
        cursor.executemany(f"INSERT INTO {name} VALUES (%s, %s)", list(ids.items()))
        yield
        cursor.execute(f"DROP TABLE {name}")
