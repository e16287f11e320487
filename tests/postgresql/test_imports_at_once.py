"""On PostgreSQL imports wait for one another too, whatever machine or folder they run in."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from tests.cli.conftest import ROOT, write_order_lines
from tests.cli.test_serving import eventually

from groundplan.intake.locking import ADVISORY_KEY

from .conftest import NewDatabase

pytestmark = pytest.mark.postgresql
Runs = list[tuple[datetime, datetime, str]]
Import = subprocess.Popen[str]


@contextmanager
def importing(home: Path, database: str, file: Path, source: str) -> Iterator[Import]:
    words = ["import", str(file), "--source", source, "--no-analyse", "--json"]
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    environment |= {"GROUNDPLAN_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    started = subprocess.Popen(
        [sys.executable, "-m", "groundplan.project", *words],
        env=environment | {"DATABASE_URL": database},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait(30)


def runs_of(connection: psycopg.Connection) -> Runs:
    """When each import began to merge and ended, and what became of it."""
    return connection.execute(
        "SELECT started_at, finished_at, state FROM sources_importrun ORDER BY started_at"
    ).fetchall()


def sessions_asking(connection: psycopg.Connection) -> int:
    found = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_try_advisory_lock%'"
        " AND pid <> pg_backend_pid() AND datname = current_database()"
    ).fetchone()
    return int(found[0]) if found else 0


def test_an_import_waits_until_the_database_is_given_to_it(
    tmp_path: Path, new_database: NewDatabase
) -> None:
    database = new_database()
    lines = write_order_lines(tmp_path / "order lines.csv")
    with psycopg.connect(database, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_KEY])
        with importing(tmp_path / "home", database, lines, "shop") as waiting:
            assert eventually(lambda: bool(sessions_asking(other)) or waiting.poll() is not None)
            time.sleep(0.5)
            assert waiting.poll() is None
            assert runs_of(other) == []
            other.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_KEY])
            said, _ = waiting.communicate()
            assert waiting.returncode == 0, said
        assert [state for _, _, state in runs_of(other)] == ["done"]


def test_two_imports_started_at_once_merge_one_after_the_other(
    tmp_path: Path, new_database: NewDatabase
) -> None:
    database = new_database()
    lines = write_order_lines(tmp_path / "order lines.csv")
    home = tmp_path / "home"
    with (
        importing(home, database, lines, "east") as east,
        importing(home, database, lines, "west") as west,
    ):
        for each in (east, west):
            said, _ = each.communicate()
            assert each.returncode == 0, said
    with psycopg.connect(database) as reader:
        first, second = runs_of(reader)
        counted = reader.execute("SELECT count(*), sum(rows) FROM intake_purchaselayer").fetchone()
    assert (first[2], second[2]) == ("done", "done")
    assert first[1] <= second[0]
    assert counted == (2, 3000)
