"""The demonstration company for tests of pages: built once a run, then copied into each test.

Sign in with `client.force_login(demo_world.seller)`. It is DAY for the test's own thread.
"""

import pickle
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from tests.once import once

from groundplan.demo.services import demonstration_build
from groundplan.insight.ranges import files
from groundplan.insight.services.ranges import quarters_foretell, ranges_foretell
from groundplan.kernel import clock
from groundplan.people.models import User
from groundplan.snapshots.selectors import current

DAY = date(2026, 11, 22)
FOLDERS = ("snapshots", "results", "layers", "imports")

Table = tuple[list[str], list[tuple[Any, ...]]]
Rows = dict[str, Table]


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """The cast: `outsider` sells elsewhere and shares no account with the seller."""

    seller: User
    manager: User
    leader: User
    outsider: User
    administrator: User


@pytest.fixture(scope="session")
def demo_rows(django_db_setup: None, django_db_blocker: Any, run_folder: Path) -> tuple[Rows, Path]:
    """Every row of the company, and the folder of its files. The database is left as it was."""
    with django_db_blocker.unblock():
        template = once(run_folder / "demonstration", _build)
    rows: Rows = pickle.loads((template / "rows.pickle").read_bytes())
    return rows, template


@pytest.fixture
def demo_world(demo_rows: tuple[Rows, Path], db: None) -> Iterator[DemoWorld]:
    """The company in the test's database, its files in the home, and DAY on the clock."""
    rows, template = demo_rows
    # An analysis of another test finds no row that names these files, and removes them.
    _copy_files(template, Path(settings.GROUNDPLAN_HOME))
    with transaction.atomic():
        _load(rows)
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
def demo_quarters(demo_world: DemoWorld, demo_rows: tuple[Rows, Path]) -> Iterator[DemoWorld]:
    """The company with the ranges of its quarters, which are drawn once; gone again afterwards."""
    shown = current()
    assert shown is not None
    mine = shown.results / files.QUARTERS

    def draw(place: Path) -> None:
        quarters_foretell()
        shutil.copytree(mine, place)

    kept = once(demo_rows[1] / files.QUARTERS, draw)
    if not mine.exists():
        shutil.copytree(kept, mine)
    yield demo_world
    shutil.rmtree(mine)


def _build(template: Path) -> None:
    before = _dump()
    with clock.fixed(DAY):
        demonstration_build(today=DAY)
        ranges_foretell()
    after = _dump()
    with transaction.atomic():
        _load(before)
    template.mkdir()
    (template / "rows.pickle").write_bytes(pickle.dumps(after))
    _copy_files(Path(settings.GROUNDPLAN_HOME), template)


def _copy_files(source: Path, target: Path) -> None:
    """Copy the folders that `target` lacks."""
    for name in FOLDERS:
        for folder in (source / name).glob("*/"):
            if not (target / name / folder.name).exists():
                shutil.copytree(folder, target / name / folder.name)


def _dump() -> Rows:
    """Columns and rows of every table as the database holds them."""
    with connection.cursor() as cursor:
        return {name: _table(cursor, name) for name in _names()}


def _names() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True)


def _table(cursor: Any, name: str) -> Table:
    cursor.execute(f'SELECT * FROM "{name}"')
    return [column[0] for column in cursor.description], cursor.fetchall()


def _load(tables: Rows) -> None:
    """Replace what every table holds; keys are checked when the transaction ends."""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f'DELETE FROM "{name}"')
        for name, (columns, rows) in tables.items():
            named = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{name}" ({named}) VALUES ({marks})', rows)
