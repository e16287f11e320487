"""The demonstration company for tests of pages: built once a run, then copied into each test.

Sign in with `client.force_login(demo_world.seller)`. It is DAY for the test's own thread.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from tests.once import once
from tests.worlds import attach, copy_files, insert_attached

from groundplan.demo.services import demonstration_build
from groundplan.insight.ranges import files
from groundplan.insight.services.ranges import quarters_foretell, ranges_foretell
from groundplan.kernel import clock
from groundplan.people.models import User
from groundplan.snapshots.selectors import current

DAY = date(2026, 11, 22)
ROWS = "rows.sqlite3"


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """The cast: `outsider` sells elsewhere and shares no account with the seller."""

    seller: User
    manager: User
    leader: User
    outsider: User
    administrator: User


@pytest.fixture(scope="session")
def demonstration(django_db_setup: None, django_db_blocker: Any, run_folder: Path) -> Path:
    """The folder of the company's rows and files. The database is left as it was."""
    with django_db_blocker.unblock():
        template = once(run_folder / "demonstration", _build)
        attach(template / ROWS)
    return template


@pytest.fixture
def demo_world(demonstration: Path, db: None) -> Iterator[DemoWorld]:
    """The company in the test's database, its files in the home, and DAY on the clock."""
    # An analysis of another test finds no row that names these files, and removes them.
    copy_files(demonstration, Path(settings.GROUNDPLAN_HOME))
    insert_attached()
    named = {user.email.split("@")[0]: user for user in User.objects.select_related("person")}
    with clock.fixed(DAY):
        yield DemoWorld(
            seller=named["rosa.meyer"],
            manager=named["daniel.okafor"],
            leader=named["ingrid.halvorsen"],
            outsider=named["yuna.baek"],
            administrator=named["priya.raman"],
        )


@pytest.fixture
def demo_quarters(demo_world: DemoWorld, demonstration: Path) -> Iterator[DemoWorld]:
    """The company with the ranges of its quarters, which are drawn once; gone again afterwards."""
    shown = current()
    assert shown is not None
    mine = shown.results / files.QUARTERS

    def draw(place: Path) -> None:
        quarters_foretell()
        shutil.copytree(mine, place)

    kept = once(demonstration / files.QUARTERS, draw)
    if not mine.exists():
        shutil.copytree(kept, mine)
    yield demo_world
    shutil.rmtree(mine)


def _build(template: Path) -> None:
    connection.ensure_connection()
    database = connection.connection
    with closing(sqlite3.connect(":memory:")) as before:
        database.backup(before)
        with clock.fixed(DAY):
            demonstration_build(today=DAY)
            ranges_foretell()
        template.mkdir()
        with closing(sqlite3.connect(template / ROWS)) as kept:
            database.backup(kept)
        before.backup(database)
    copy_files(Path(settings.GROUNDPLAN_HOME), template)
