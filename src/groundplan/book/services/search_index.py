"""Many accounts into SQLite's search index, while other work of their import goes on."""

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from groundplan.database.sqlite import pages
from groundplan.database.sqlite.records import Query
from groundplan.database.staging import Staged, Staging
from groundplan.kernel.steps import step

WORTH_FILLING = 5_000
_CHUNK = 20_000
_PAUSE = 0.02
"""Seconds in which whoever waits to write gets the lock: SQLite has no queue."""

_PENDING = 16 << 20
"""Bytes of trigrams in memory before they are written: more make fewer parts of an index."""

_INDEX = "book_account_search"
_NAMES = "names"
_INTO = f"INSERT INTO {_INDEX}(rowid, name, website)"


@dataclass(frozen=True, slots=True)
class Filling:
    """The names of an import's new accounts on their way into the search index.

    Finding their trigrams takes a large part of the time of writing accounts. Where the index is
    empty, a thread makes it in a file at `path`, and the import's transaction takes it over. Else
    the thread puts them into it by many short writes before that transaction (`ahead`): nobody
    sees them, since a search looks for accounts by what the index finds, and where an import fails
    its ids are never given again.
    """

    rows: int
    path: Path
    ahead: bool
    done: Future[None]

    def put(self) -> None:
        """Puts them into the index, in the transaction that writes the accounts."""
        self.done.result()
        if self.ahead:
            return
        with closing(sqlite3.connect(self.path)) as file, connection.cursor() as cursor:
            if not _is_empty():
                # Somebody made an account by hand meanwhile.
                rows = file.execute(
                    f"SELECT id, name, website FROM {_NAMES} ORDER BY id"
                ).fetchall()
                cursor.executemany(f"{_INTO} VALUES (%s, %s, %s)", rows)
                return
            # Made anew, for this connection may remember that there was nothing in it.
            made = _statement()
            cursor.execute(f"DROP TABLE {_INDEX}")
            cursor.execute(made)
            cursor.execute(f"DELETE FROM {_INDEX}_data")
            for part, marks in (("data", "%s, %s"), ("idx", "%s, %s, %s")):
                rows = file.execute(f"SELECT * FROM {_INDEX}_{part}").fetchall()
                cursor.executemany(f"INSERT INTO {_INDEX}_{part} VALUES ({marks})", rows)
        step("search.taken-over")


def account_search_fill(*, staging: Staging, rows: int, query: Query) -> Filling | None:
    """Starts to find the trigrams of new accounts (id, name, website) in a thread; None where that
    isn't worth it or not possible. Whoever starts it waits for its end."""
    path = staging.beside() if rows >= WORTH_FILLING else None
    if path is None:
        return None
    ahead = not _is_empty()
    pool = ThreadPoolExecutor(1, thread_name_prefix="search-index")
    try:
        work = (_fill, path, query) if ahead else (_build, path, query, _statement())
        return Filling(rows, path, ahead, pool.submit(*work))
    finally:
        pool.shutdown(wait=False)


def _is_empty() -> bool:
    with connection.cursor() as cursor:
        # An index of nothing has two rows of its own: counts (1) and what it consists of (10).
        cursor.execute(f"SELECT 1 FROM {_INDEX}_data WHERE id > 10 LIMIT 1")
        return cursor.fetchone() is None


def _statement() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [_INDEX])
        return str(cursor.fetchone()[0])


def _build(path: Path, query: Query, made: str) -> None:
    with closing(pages.open_file(path)) as file:
        pages.write_rows(file, _NAMES, query)
        file.execute(made)
        for option, value in (("automerge", 0), ("hashsize", _PENDING)):
            file.execute(f"INSERT INTO {_INDEX}({_INDEX}, rank) VALUES (?, ?)", (option, value))
        file.execute(f"{_INTO} SELECT id, name, website FROM {_NAMES} ORDER BY id")
    step("search.made")


def _fill(path: Path, query: Query) -> None:
    with closing(pages.open_file(path)) as file:
        pages.write_rows(file, _NAMES, query)
        [(first, last)] = file.execute(f"SELECT min(id), max(id) FROM {_NAMES}").fetchall()
    try:
        with connection.cursor() as cursor:
            cursor.execute("ATTACH DATABASE %s AS ahead", [str(path)])
            chosen = f"SELECT id, name, website FROM ahead.{_NAMES} WHERE id BETWEEN %s AND %s"
            for start in range(first, last + 1, _CHUNK):
                with transaction.atomic():
                    cursor.execute(f"{_INTO} {chosen} ORDER BY id", [start, start + _CHUNK - 1])
                time.sleep(_PAUSE)
    finally:
        connection.close()


@contextmanager
def account_search_kept(*, staged: Staged, filling: Filling | None) -> Iterator[None]:
    """Within the block, in a transaction that inserts the staged accounts, SQLite puts none of
    them into the search index; at its end they are there."""
    if connection.vendor != "sqlite" or staged.rows < WORTH_FILLING:
        yield
        return
    name = f"{_INDEX}_insert"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
        [trigger] = cursor.fetchone()
        cursor.execute(f"DROP TRIGGER {name}")
        yield
        cursor.execute(trigger)
        if filling is not None and filling.rows == staged.rows:
            filling.put()
        else:
            # What a thread put there that nobody knows of any more mustn't be there twice.
            cursor.execute(f"INSERT INTO {_INDEX}({_INDEX}) VALUES ('rebuild')")
