"""An installation on PostgreSQL: started twice at once, backed up and restored, put back."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from tests.cli.conftest import ROOT, process_in, write_order_lines

from .conftest import NewShop

pytestmark = pytest.mark.postgresql
NUMBERS = ("performance", "--by", "account", "--all-years", "--json")


def test_two_processes_that_start_on_an_empty_database_make_its_tables_once(
    tmp_path: Path, postgresql: str
) -> None:
    with psycopg.connect(f"{postgresql}/postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE empty TEMPLATE template0")
    kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    environment = kept | {"PYTHONPATH": str(ROOT / "src"), "DATABASE_URL": f"{postgresql}/empty"}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "groundplan.project", "performance", "--json"],
            env=environment | {"GROUNDPLAN_HOME": str(tmp_path / f"home {number}")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for number in range(2)
    ]
    for each in started:
        said, _ = each.communicate()
        assert each.returncode == 0, said
    with psycopg.connect(f"{postgresql}/empty") as reader:
        found = reader.execute(
            "SELECT count(*), count(DISTINCT (app, name)) FROM django_migrations"
        ).fetchone()
    assert found
    assert found[0] == found[1] > 0


def test_a_backup_is_restored_into_another_database(
    tmp_path: Path, new_server_shop: NewShop, postgresql: str
) -> None:
    run = new_server_shop(tmp_path / "home")
    before = run(*NUMBERS).json
    backed_up = run("backup", tmp_path / "kept.zip", "--json")
    assert backed_up.code == 0, backed_up.err
    with psycopg.connect(f"{postgresql}/postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE elsewhere TEMPLATE template0")
    other = process_in(tmp_path / "other", DATABASE_URL=f"{postgresql}/elsewhere")
    restored = other("restore", tmp_path / "kept.zip", "--json")
    assert restored.code == 0, restored.err
    assert other(*NUMBERS).json == before


def test_an_undone_import_leaves_what_was_there_before(
    tmp_path: Path, new_server_shop: NewShop
) -> None:
    run = new_server_shop(tmp_path / "home")
    changed = write_order_lines(tmp_path / "order lines.csv")
    before = run(*NUMBERS).json
    head, *lines = changed.read_text(encoding="utf-8").splitlines()
    changed.write_text("\n".join([head, *lines[: len(lines) // 2]]) + "\n", encoding="utf-8")
    again = run("import", changed, "--source", "shop", "--complete", "--json")
    assert again.code == 0, again.err
    assert run(*NUMBERS).json != before
    undone = run("undo-import", "last", "--json")
    assert undone.code == 0, undone.err
    assert run(*NUMBERS).json == before
