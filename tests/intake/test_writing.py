"""How an import's rows get into the database: short for others, all at once, honouring edits."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from groundplan.book.models import Account
from groundplan.book.services import search_index
from groundplan.database import staged_writes
from groundplan.engine.facts import TABLES
from groundplan.intake.contracts import ColumnRule, ImportReport, Mapping, TableMapping
from groundplan.intake.merging import writing
from groundplan.intake.services import committing, import_run
from groundplan.kernel import clock
from groundplan.people.contracts import SYSTEM
from groundplan.sources.models import SourceKey
from groundplan.sources.services import override_set

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> None:
    settings.GROUNDPLAN_HOME = tmp_path / "home"
    # An import that failed leaves names in the search index, of accounts that never came to be.
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO book_account_search(book_account_search) VALUES ('rebuild')")


def take(folder: Path, text: str, *, table: str = "accounts") -> ImportReport:
    path = folder / f"{table}.csv"
    path.write_text(text)
    columns = {name: ColumnRule(column=name) for name in text.splitlines()[0].split(",")}
    assert set(columns) <= {column.name for column in TABLES[table].columns}
    mapping = Mapping((TableMapping(table, path.name, columns),))
    return import_run(viewer=SYSTEM, source="crm", paths=[path], mapping=mapping)


def many(count: int) -> str:
    rows = [f"A{n},Alder {n},{f'A{n // 10}' if n > 9 else ''}" for n in range(1, count + 1)]
    return "\n".join(["account_id,name,parent_id", *rows]) + "\n"


def found(text: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM book_account_search WHERE book_account_search MATCH %s",
            [f'"{text}"'],
        )
        return {row[0] for row in cursor.fetchall()}


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger')")
        return {row[0] for row in cursor.fetchall()}


def test_many_accounts_are_found_by_name_once_and_keep_their_indexes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "WORTH_FILLING", 10)
    monkeypatch.setattr(search_index, "_CHUNK", 7)
    monkeypatch.setattr(staged_writes, "WORTH_REBUILDING", 10)
    before = indexes()
    take(tmp_path, many(40))
    assert indexes() == before
    assert found("Alder 3") == set(
        Account.objects.filter(name__contains="Alder 3").values_list("pk", flat=True)
    )
    Account.objects.get(name="Alder 33").delete()
    assert not found("Alder 33")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO book_account_search(book_account_search) VALUES ('integrity-check')"
        )


def test_divisions_listed_before_their_companies_cost_no_search_of_the_table_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staged_writes, "WORTH_REBUILDING", 10)
    # The last company waits for nobody, but all its divisions have waited for it till then.
    heads = [f"H{n},Head {n}," for n in range(600)]
    divisions = [f"D{n},Division {n},H599" for n in range(600)]
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.ensure_connection()
    assert isinstance(connection.connection, sqlite3.Connection)
    with monkeypatch.context() as patched:
        patched.setattr(
            staged_writes, "_indexes_rebuilt", _counting(staged_writes._indexes_rebuilt, count)
        )
        text = "\n".join(["account_id,name,parent_id", *divisions, *heads]) + "\n"
        take(tmp_path, text)
    assert Account.objects.filter(parent__name="Head 599").count() == 600
    # A search of half of the table for each company would take 600 x 900 steps and more.
    assert steps * 1000 < 600 * 600


def _counting(rebuilt: Callable[..., Any], count: Callable[[], int]) -> Callable[..., Any]:
    """As `rebuilt`, with `count` called once for every thousand steps of the database within."""

    @contextmanager
    def counted(*given: Any) -> Iterator[None]:
        with rebuilt(*given):
            connection.connection.set_progress_handler(count, 1000)
            try:
                yield
            finally:
                connection.connection.set_progress_handler(None, 0)

    return counted


def test_new_accounts_stand_below_new_and_known_ones(tmp_path: Path) -> None:
    take(tmp_path, many(12))
    take(tmp_path, many(120))
    ids = dict(SourceKey.objects.values_list("key", "target_id"))
    paths = dict(Account.objects.values_list("id", "path"))
    assert paths[ids["A120"]] == f"/{ids['A1']}/{ids['A12']}/{ids['A120']}/"
    assert paths[ids["A20"]] == f"/{ids['A2']}/{ids['A20']}/"
    take(tmp_path, "account_id,name,parent_id\nA12,Alder 12,A3\n")
    moved = Account.objects.get(pk=ids["A120"])
    assert moved.path == f"/{ids['A3']}/{ids['A12']}/{ids['A120']}/"


def test_an_edit_made_while_rows_are_made_ready_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(tmp_path, "account_id,name,industry\nA1,Alder,Steel\n")
    account = Account.objects.get()

    def edit(prepared: object) -> None:
        override_set(
            viewer=SYSTEM,
            kind="account",
            target_id=account.pk,
            field="industry",
            base="Steel",
            edited="Mining",
            at=clock.now(),
        )
        Account.objects.update(industry="Mining")

    monkeypatch.setattr(committing, "write_ahead", edit)
    take(tmp_path, "account_id,name,industry\nA1,Alder Foods,Wood\n")
    account.refresh_from_db()
    assert (account.name, account.industry) == ("Alder Foods", "Mining")


def test_an_import_that_fails_late_leaves_nothing_to_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "WORTH_FILLING", 1)
    written = writing.write_rows

    def fails(*given: object) -> None:
        written(*given)  # type: ignore[arg-type]
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(committing, "write_rows", fails)
        with pytest.raises(RuntimeError):
            take(tmp_path, many(5))
    assert not Account.objects.exists()
    assert not SourceKey.objects.exists()
    take(tmp_path, many(5))
    assert found("Alder 5") >= {Account.objects.get(name="Alder 5").pk}


def test_rows_that_say_the_same_again_are_not_written(tmp_path: Path) -> None:
    take(tmp_path, many(5))
    before = list(Account.objects.order_by("id").values())
    with CaptureQueriesContext(connection) as queries:
        report = take(tmp_path, many(5))
    assert report.tables["accounts"].unchanged == 5
    assert list(Account.objects.order_by("id").values()) == before
    writes = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE"))]
    assert writes
    assert not [sql for sql in writes if "book_account" in sql or "sourcekey" in sql]
