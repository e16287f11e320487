"""What takes long to make and is only read is made once a run, and shared by all its workers."""

import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core import management
from django.core.management import call_command
from django.db import connection


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder that all workers of this run have between them."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


def once(place: Path, make: Callable[[Path], object]) -> Path:
    """`place`, which whoever comes first makes; the others wait for it.

    It takes its name when it is whole: what failed half way is begun anew by the next.
    """
    with place.with_name(f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            begun = place.with_name(f"{place.name}.begun")
            make(begun)
            begun.rename(place)
    return place


@pytest.fixture(scope="session")
def django_db_modify_db_settings(run_folder: Path) -> Iterator[None]:
    """Tables are made by migrations once a run, which take four seconds, and then copied."""
    if connection.vendor != "sqlite":
        yield
        return
    create = connection.creation.create_test_db
    command = partial(_command, run_folder / "migrated.sqlite3")

    def copied(*words: Any, **options: Any) -> str:
        with mock.patch.object(management, "call_command", command):
            return create(*words, **options)

    with mock.patch.object(connection.creation, "create_test_db", copied):
        yield


def _command(template: Path, name: str, *words: Any, **options: Any) -> None:
    """A command that makes a test database ready."""
    if name != "migrate":
        call_command(name, *words, **options)
        return

    def migrate(place: Path) -> None:
        call_command(name, *words, **options)
        with closing(sqlite3.connect(place)) as kept:
            connection.connection.backup(kept)

    once(template, migrate)
    connection.ensure_connection()
    with closing(sqlite3.connect(template)) as kept:
        kept.backup(connection.connection)
