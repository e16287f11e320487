"""Reads the database as it was at one instant, over two connections where that can be had."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

Ask = Callable[[str], Any]
"""Executes a statement over one connection; returns the first value of its first row, if any."""

BEGIN = "BEGIN DEFERRED"
_TRIES = 5


@contextmanager
def one_instant() -> Iterator[ThreadPoolExecutor | None]:
    """Reads within the block see the database as it was at the first of them.

    Yields one more thread whose reads see the very same, over a connection of its own; None where
    there is only the caller's. A plain transaction would take SQLite's one writing lock and keep
    imports waiting. Within a transaction of the caller's, that one counts.
    """
    if connection.in_atomic_block:
        yield None
        return
    begin = (
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        if connection.vendor == "postgresql"
        else BEGIN
    )
    _ask(begin)
    try:
        with _second() as thread:
            yield thread
    finally:
        _ask("ROLLBACK")


def begin_together(mine: Ask, other: Ask) -> bool:
    """Begin to read over two connections of an SQLite file; whether both see the same.

    `mine` reads already. What `other` begins to see is not older than that; then `mine` begins
    anew, and what it sees is not older than the other's. SQLite's data_version is what it was
    before only if nobody committed in between: then all three are the same. If others keep
    committing, `mine` reads alone, and `other` has ended.
    """
    for _ in range(_TRIES):
        before = _seen(mine)
        other(BEGIN)
        _seen(other)
        mine("ROLLBACK")
        mine(BEGIN)
        if _seen(mine) == before:
            return True
        other("ROLLBACK")
    return False


def _seen(ask: Ask) -> Any:
    # A transaction begins with the first look at a table.
    ask("SELECT count(*) FROM sqlite_master")
    return ask("PRAGMA data_version")


@contextmanager
def _second() -> Iterator[ThreadPoolExecutor | None]:
    # A database in memory belongs to its connection.
    if connection.vendor != "sqlite" or not Path(connection.settings_dict["NAME"]).is_file():
        yield None
        return
    with ThreadPoolExecutor(1) as thread:

        def asked(statement: str) -> Any:
            return thread.submit(_ask, statement).result()

        try:
            yield thread if begin_together(_ask, asked) else None
        finally:
            thread.submit(_close).result()


def _close() -> None:
    # Connections are a thread's own; closing one ends its transaction.
    connection.close()


def _ask(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None
