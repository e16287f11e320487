"""Columns of the source's own, which a database may keep in another order than they came."""

from pathlib import Path
from typing import Any

import pytest

from groundplan.intake.contracts import ColumnRule, ImportReport, Mapping, TableMapping
from groundplan.intake.services import import_run
from groundplan.people.contracts import SYSTEM

pytestmark = pytest.mark.django_db
KNOWN = {name: ColumnRule(column=name) for name in ("account_id", "name")}
HEADINGS = "account_id,name,Loading dock,Dock,Café\n"


def take(folder: Path, rows: str) -> ImportReport:
    folder.mkdir()
    (folder / "accounts.csv").write_text(HEADINGS + rows)
    mapping = Mapping((TableMapping("accounts", "accounts.csv", KNOWN),))
    return import_run(viewer=SYSTEM, source="crm", paths=[folder], mapping=mapping)


def test_an_account_is_unchanged_when_its_own_columns_say_the_same(
    tmp_path: Path, settings: Any
) -> None:
    settings.GROUNDPLAN_HOME = tmp_path / "home"
    take(tmp_path / "first", '1,Alder,"two ""wide""",7.0,ü\n2,Beacon,one,,\n')
    again = take(tmp_path / "second", '1,Alder,"two ""wide""",7.0,ü\n2,Beacon,three,,\n')
    found = again.tables["accounts"]
    assert (found.created, found.updated, found.unchanged) == (0, 1, 1)
