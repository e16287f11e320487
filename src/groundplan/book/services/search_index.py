"""Filling the search index with many accounts, ahead of the transaction that writes them."""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection, transaction

from groundplan.organisation.bulk import Row
from groundplan.organisation.staging import Staged

WORTH_FILLING = 5_000
_CHUNK = 20_000
_PAUSE = 0.02
"""Seconds in which whoever waits to write gets the lock: SQLite has no queue."""

_INTO = "INSERT INTO book_account_search(rowid, name, website)"

Filling = Future[None]


def account_search_fill(*, rows: int, batches: Iterable[Sequence[Row]]) -> Filling | None:
    """Starts to put new accounts (id, name, website) into SQLite's search index, many short
    writes; None where that isn't worth it or not possible. Whoever starts it waits for its end.

    Finding names takes a large part of the time of writing accounts, and nobody sees them there
    until the accounts are: a search looks for accounts by what the index finds. Where they never
    are, since the import fails, their ids are never given again. It goes on in a thread of its
    own: while the database works, Python makes rows ready.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block or rows < WORTH_FILLING:
        return None
    pool = ThreadPoolExecutor(1, thread_name_prefix="search-index")
    try:
        return pool.submit(_fill, batches)
    finally:
        pool.shutdown(wait=False)


def _fill(batches: Iterable[Sequence[Row]]) -> None:
    try:
        for chunk in _chunks(batches):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(f"{_INTO} VALUES (%s, %s, %s)", chunk)
            time.sleep(_PAUSE)
    finally:
        connection.close()


def _chunks(batches: Iterable[Sequence[Row]]) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for batch in batches:
        chunk += batch
        if len(chunk) >= _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@contextmanager
def account_search_kept(*, staged: Staged) -> Iterator[None]:
    """Within the block, in a transaction that inserts the staged accounts, SQLite doesn't look for
    each in the search index; those that aren't there yet are put there at its end."""
    if connection.vendor != "sqlite" or staged.rows < WORTH_FILLING:
        yield
        return
    name = "book_account_search_insert"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
        [trigger] = cursor.fetchone()
        cursor.execute(f"DROP TRIGGER {name}")
        yield
        cursor.execute(trigger)
        cursor.execute(
            "SELECT count(*) FROM book_account_search_docsize WHERE id BETWEEN"
            f" (SELECT min(id) FROM {staged.relation}) AND (SELECT max(id) FROM {staged.relation})"
        )
        # Ids between are the import's own: as many as there are rows are all of them.
        if cursor.fetchone()[0] < staged.rows:
            website = "s.website" if "website" in staged.columns else "''"
            cursor.execute(
                f"{_INTO} SELECT s.id, s.name, {website} FROM {staged.relation} s WHERE"
                " NOT EXISTS (SELECT 1 FROM book_account_search_docsize d WHERE d.id = s.id)"
            )
