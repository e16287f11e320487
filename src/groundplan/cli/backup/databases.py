"""A copy of the database as of one instant, while others write; and the way back."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from groundplan.kernel.errors import InvalidInput

SQLITE, POSTGRESQL = "sqlite", "postgresql"
FILES = {SQLITE: "groundplan.sqlite3", POSTGRESQL: "database.pgdump"}
COPY = "copy"


@contextmanager
def copied(folder: Path) -> Iterator[str]:
    """Write a copy into `folder`; yields the alias of a connection that sees just what it holds."""
    path = folder / FILES[connection.vendor]
    if connection.vendor == SQLITE:
        _copy_embedded(path)
        with _opened(path) as alias:
            yield alias
    else:
        with _copied_server(path):
            yield DEFAULT_DB_ALIAS


def embedded_is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database:
        return bool(database.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


def server_replace(dump: Path, *, replace: bool, aside: Path) -> None:
    """Load a dump into the server's database; what was there is dumped to `aside` first.

    InvalidInput where there is something and `replace` is False.
    """
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    if names and not replace:
        raise InvalidInput(
            "The database holds an installation already.",
            mend="Name an empty one in DATABASE_URL, or replace it: --replace.",
        )
    if names:
        aside.mkdir(mode=0o700, exist_ok=True)
        _run("pg_dump", "--format=custom", f"--file={aside / FILES[POSTGRESQL]}", _address())
    with transaction.atomic(), connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE")
    connection.close()
    how = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    _run("pg_restore", *how, f"--dbname={_address()}", str(dump))


def _copy_embedded(path: Path) -> None:
    """In one step: in WAL mode a reader keeps nobody from writing, however long it reads, while
    a copy in several steps begins anew whenever another process has written in between."""
    source = settings.DATABASES[DEFAULT_DB_ALIAS]["NAME"]
    with closing(sqlite3.connect(source, timeout=30)) as live, closing(sqlite3.connect(path)) as to:
        live.backup(to)
        to.execute("PRAGMA journal_mode = DELETE")
    path.chmod(0o600)


@contextmanager
def _opened(path: Path) -> Iterator[str]:
    plain = {"NAME": path, "OPTIONS": {}}
    connections.databases[COPY] = {**connections.databases[DEFAULT_DB_ALIAS], **plain}
    try:
        yield COPY
    finally:
        connections[COPY].close()
        del connections[COPY]
        del connections.databases[COPY]


@contextmanager
def _copied_server(path: Path) -> Iterator[None]:
    """What this transaction sees is what the dump holds."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        seen = cursor.fetchone()[0]
        how = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={seen}")
        _run("pg_dump", *how, f"--file={path}", _address())
        yield


def _address() -> str:
    return os.environ["DATABASE_URL"]


def _run(program: str, *words: str) -> None:
    """PostgreSQL's own programs know every type and index of it."""
    there = shutil.which(program)
    if there is None:
        raise InvalidInput(
            f"{program} is needed for a database on PostgreSQL and isn't installed.",
            mend="Install PostgreSQL's client programs, of the server's version or later.",
        )
    done = subprocess.run([there, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise InvalidInput(f"{program} failed: {done.stderr.strip()[-500:]}")
