"""Worlds of tests: rows of the database and files of the home, made once a run and then copied."""

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from tests.once import once

FOLDERS = ("snapshots", "results", "layers", "imports")
# Beyond whatever a test makes beside its world.
FIRST_ID = 1_000
ATTACHED = "attached"

Table = tuple[list[str], list[tuple[Any, ...]]]
Rows = dict[str, Table]
T = TypeVar("T")
KeptWorld = Callable[..., T]


@pytest.fixture
def kept_world(db: None, run_folder: Path) -> KeptWorld[Any]:
    """`kept_world(make, *base)` is what `make(*base)` answers, with the rows and files that it
    makes.

    `make` is a function of a module, and is called by one test of the run. It may add to the rows
    of worlds that were kept too, the `base`.
    """

    def world(make: Callable[..., T], *base: object) -> T:
        if connection.vendor != "sqlite":
            return make(*base)
        place = run_folder / f"{make.__module__}.{make.__qualname__}"
        once(place, lambda begun: _keep(lambda: make(*base), begun))
        made, rows = pickle.loads((place / "world.pickle").read_bytes())
        copy_files(place, Path(settings.GROUNDPLAN_HOME))
        insert_rows(rows)
        answer: T = made
        return answer

    return world


def _keep(make: Callable[[], object], place: Path) -> None:
    home = Path(settings.GROUNDPLAN_HOME)
    before, files = dump_rows(), set(_files(home))
    _number_from(FIRST_ID)
    made = make()
    place.mkdir()
    (place / "world.pickle").write_bytes(pickle.dumps((made, rows_since(before))))
    for folder in set(_files(home)) - files:
        shutil.copytree(home / folder, place / folder)


def _number_from(first: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence")
        numbered = [(name, first) for name in table_names()]
        cursor.executemany("INSERT INTO sqlite_sequence VALUES (%s, %s)", numbered)


def _files(home: Path) -> list[Path]:
    return [folder.relative_to(home) for name in FOLDERS for folder in (home / name).glob("*/")]


def copy_files(source: Path, target: Path) -> None:
    """Copy the folders that `target` lacks; files never change, so they are linked."""
    for folder in _files(source):
        if not (target / folder).exists():
            shutil.copytree(source / folder, target / folder, copy_function=os.link)


def dump_rows() -> Rows:
    """Columns and rows of every table as the database holds them."""
    with connection.cursor() as cursor:
        return {name: _table(cursor, name) for name in table_names()}


def table_names() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True)


def _table(cursor: Any, name: str) -> Table:
    cursor.execute(f'SELECT * FROM "{name}"')
    return [column[0] for column in cursor.description], cursor.fetchall()


def rows_since(before: Rows) -> Rows:
    """The rows that are new or others than they were `before`."""
    found = {}
    for name, (columns, rows) in dump_rows().items():
        known = set(before[name][1])
        if new := [row for row in rows if row not in known]:
            found[name] = (columns, new)
    return found


def insert_rows(tables: Rows) -> None:
    """Put rows in the place of those with the same key; keys are checked at a transaction's end."""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for name, (columns, rows) in tables.items():
            named = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'REPLACE INTO "{name}" ({named}) VALUES ({marks})', rows)


def attach(database: Path) -> None:
    """Have the rows of another database at hand. That can't be done within a transaction, and
    Playwright has Django open another connection: each is given it when it is opened."""
    # A transaction locks every database that it could write to: the workers, who share this one,
    # waited for the end of each other's tests.
    place = f"{database.as_uri()}?immutable=1"

    def give(connection: Any, **_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ATTACH DATABASE %s AS {ATTACHED}", [place])

    connection.ensure_connection()
    give(connection)
    connection_created.connect(give, weak=False)


def insert_attached() -> None:
    """Have every table hold what it holds in the attached database; four times as fast as rows of
    Python."""
    names = table_names()
    # Copying whole tables doesn't count the keys that it mends: nothing may be counted meanwhile.
    with (
        connection.constraint_checks_disabled(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        for name in names:
            cursor.execute(f'DELETE FROM main."{name}"')
            cursor.execute(f'INSERT INTO main."{name}" SELECT * FROM {ATTACHED}."{name}"')
