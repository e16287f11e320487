"""Filling the search index with many accounts, ahead of the transaction that writes them."""

import time

from django.db import connection, transaction

from groundplan.organisation.staging import Staged

WORTH_FILLING = 5_000
_CHUNK = 20_000
_PAUSE = 0.02
"""Seconds in which whoever waits to write gets the lock: SQLite has no queue."""


def account_search_fill(*, staged: Staged) -> None:
    """Puts new accounts into SQLite's search index before they are written, many short writes.

    Finding names takes half of the time of writing accounts, and nobody sees them there until the
    accounts are: a search looks for accounts by what the index finds. Where they never are, since
    the import fails, their ids are never given again. The index's own trigger passes over them.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block or staged.rows < WORTH_FILLING:
        return
    website = "website" if "website" in staged.columns else "''"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(id), max(id) FROM {staged.relation}")
        first, last = cursor.fetchone()
        for start in range(first, last + 1, _CHUNK):
            with transaction.atomic():
                cursor.execute(
                    "INSERT INTO book_account_search(rowid, name, website) SELECT id, name,"
                    f" {website} FROM {staged.relation} WHERE id >= %s AND id < %s",
                    [start, start + _CHUNK],
                )
            time.sleep(_PAUSE)
