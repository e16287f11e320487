"""Rows made ready beside the database, so that writing them into it takes one short statement.

Whoever writes to SQLite keeps every other writer waiting. Turning rows into rows of a database is
the slow part of a bulk write, so it is done before the transaction, into a file that is attached
for the statement; PostgreSQL has temporary tables for it.
"""

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection, models, transaction

from groundplan.database.sqlite import pages
from groundplan.database.sqlite.records import Query

from . import whole_tables
from .bulk import Value, table_of
from .proving import references_proved

KEY = "_key"
"""The column of a staged table that no table of ours has: the source's own id."""

_DETACH_TRIES, _DETACH_PAUSE = 250, 0.02

_MOST_WHOLE = 6
"""SQLite attaches ten files; some are others'."""

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Staged:
    """A table of rows, `id` among its columns.

    `words` tells of columns with marks (numbers below zero) instead of ids that aren't known yet:
    the table (mark, id) that says what they stand for by the time of the write. A `whole` one is as
    the database's own table is to be: all columns, and its indexes.
    """

    relation: str
    columns: tuple[str, ...]
    rows: int
    words: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False

    def value(self, column: str) -> str:
        """SQL of a column's value in the staged row `s`."""
        own = f's."{column}"'
        if column not in self.words:
            return own
        # What is staged may be text, as the rows of a file of pages are.
        own = f"CAST({own} AS BIGINT)"
        meant = f"(SELECT w.id FROM {self.words[column]} w WHERE w.mark = {own})"
        return f"CASE WHEN {own} < 0 THEN {meant} ELSE {own} END"


@dataclass(frozen=True, slots=True)
class _WholeFile:
    """A file with one whole table; `done` when its indexes are made."""

    path: Path
    schema: str
    done: Future[None]


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
    place = Staging("staged", path)
    try:
        yield place
    finally:
        place.close()


class Staging:
    """Makes staged tables; `attached` makes them known to the database's connection."""

    def __init__(self, schema: str, path: Path | None = None) -> None:
        self._schema = schema
        self._path = path
        self._file = pages.open_file(path) if path else None
        self._tables: list[str] = []
        self._beside: list[Path] = []
        self._wholes: dict[str, _WholeFile] = {}
        self._indexer = ThreadPoolExecutor(2, thread_name_prefix="staged-indexes")

    def table(
        self, model: type[models.Model], query: Query, words: Mapping[str, str] | None = None
    ) -> Staged:
        """A table of the query's rows, whose columns are the model's (or KEY)."""
        name = f"staged_rows_{next(_numbers)}"
        if connection.vendor == "postgresql":
            rows = _copied(name, model, query)
        else:
            rows = self._filled(name, query)
        self._tables.append(name)
        relation = f"{self._schema}.{name}" if self._schema else name
        return Staged(relation, query.columns, rows, words or {})

    def whole_table(
        self, model: type[models.Model], query: Query, fixed: Mapping[str, Value]
    ) -> Staged | None:
        """As `table`, with `fixed` (column to value) the same in all rows and without KEY, to be
        copied as it lies; None where that isn't worth it or not possible. A thread makes its
        indexes meanwhile."""
        table = table_of(model)
        if not self.takes_whole(model):
            return None
        whole = whole_tables.planned(model, query, fixed)
        path = self.beside() if whole else None
        if whole is None or path is None:
            return None
        rows = whole_tables.write_table(path, whole)
        schema = f"whole_{next(_numbers)}"
        done = self._indexer.submit(whole_tables.write_indexes, path, table)
        self._wholes[table] = _WholeFile(path, schema, done)
        return Staged(f'{schema}."{table}"', whole.query.columns, rows, whole=True)

    def takes_whole(self, model: type[models.Model]) -> bool:
        """Whether a whole table of the model's may be made, as far as can be told without rows."""
        free = table_of(model) not in self._wholes and len(self._wholes) < _MOST_WHOLE
        return self._path is not None and free and whole_tables.has_room(model)

    def beside(self) -> Path | None:
        """Where a further file may be made while the block lasts; None where nothing is made ready
        beside the database."""
        if self._path is None:
            return None
        self._beside.append(self._path.with_name(f"beside-{next(_numbers)}.sqlite3"))
        return self._beside[-1]

    @contextmanager
    def attached(self) -> Iterator[None]:
        """Within the block, outside of any transaction, statements can read the tables."""
        if self._file is None:
            yield
            return
        self._file.close()
        for each in self._wholes.values():
            each.done.result()
        places = [("staged", self._path)]
        places += [(each.schema, each.path) for each in self._wholes.values()]
        with ExitStack() as stack:
            for schema, path in places:
                stack.enter_context(_attached(schema, path))
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The transaction that writes the tables. Whole ones are looked over while they are copied;
        IntegrityError, and nothing is written, where one isn't sound."""
        with self.attached(), references_proved() if self._wholes else transaction.atomic():
            looking = [
                self._indexer.submit(whole_tables.look_over, each.path, table)
                for table, each in self._wholes.items()
            ]
            try:
                yield
            finally:
                # Nobody may read a file that is being removed.
                wait(looking)
            for each in looking:
                each.result()

    def close(self) -> None:
        """Removes the files."""
        self._indexer.shutdown()
        if self._file is not None and self._path is not None:
            self._file.close()
            for path in (self._path, *self._beside):
                path.unlink(missing_ok=True)

    def drop(self) -> None:
        """Removes temporary tables, unless the transaction that made them has failed."""
        if connection.needs_rollback or connection.connection is None:
            return
        with connection.cursor() as cursor:
            for table in self._tables:
                cursor.execute(f"DROP TABLE IF EXISTS {table}")

    def _filled(self, name: str, query: Query) -> int:
        if self._file is not None:
            return pages.write_rows(self._file, name, query)
        place: Any = connection.connection
        # In the order of the ids, without sorting.
        names = ", ".join(["id INTEGER PRIMARY KEY", *(f'"{c}"' for c in query.columns[1:])])
        place.execute(f"CREATE TEMP TABLE {name} ({names})")
        insert = f"INSERT INTO {name} VALUES ({', '.join('?' * len(query.columns))})"
        rows = 0
        for batch in query.batches():
            place.executemany(insert, batch)
            rows += len(batch)
        return rows


@contextmanager
def _attached(schema: str, path: Path | None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"ATTACH DATABASE %s AS {schema}", [str(path)])
    try:
        yield
    finally:
        _detach(schema)


def _detach(schema: str) -> None:
    """What was committed while another statement of this connection still read keeps the file in
    use until that statement is over: the import is done then and must not fail of it."""
    for _ in range(_DETACH_TRIES):
        with suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute(f"DETACH DATABASE {schema}")
            return
        time.sleep(_DETACH_PAUSE)
    # A new connection knows nothing of the file.
    connection.close()


def _copied(name: str, model: type[models.Model], query: Query) -> int:
    fields = ", ".join(
        f'CAST(NULL AS text) AS "{KEY}"' if column == KEY else f'"{column}"'
        for column in query.columns
    )
    rows = 0
    with connection.cursor() as cursor:
        cursor.execute(
            f'CREATE TEMP TABLE {name} AS SELECT {fields} FROM "{table_of(model)}" LIMIT 0'
        )
        with connection.wrap_database_errors, cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for batch in query.batches():
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
