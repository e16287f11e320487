"""Tables that are copied whole hold what tables that are written row by row do."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection
from pytest_django import Settings

from groundplan.book.models import Account, Contact
from groundplan.book.services import search_index
from groundplan.database import staged_writes, whole_tables
from groundplan.database.sqlite.records import Query
from groundplan.intake.contracts import ColumnRule, ImportReport, Mapping, TableMapping
from groundplan.intake.merging import writing
from groundplan.intake.services import committing, import_run
from groundplan.people.contracts import SYSTEM
from groundplan.people.models import Person
from groundplan.sources.models import SourceKey

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = ("book_account", "book_contact", "sources_sourcekey")
FILES = {
    "users.csv": "login,name\nann,Ann Archer\nbob,Bob Baker\n",
    "accounts.csv": "account_id,name,parent_id,owner,employees,annual_revenue,is_customer,country\n"
    "B1,Birch's Division,A9,ann,-3,,yes,\n"
    + "".join(
        f"A{n},Alder {'é' * (n * 9)},{'A1' if n > 5 else ''},bob,{10**n},{n * 1234.5},no,\n"
        for n in range(1, 15)
    ),
    "contacts.csv": "contact_id,account_id,name,last_contacted_on\n"
    + "".join(f"C{n},A{n},Clara {n},2026-02-0{n}\n" for n in range(1, 9)),
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL copies no tables of other files")
    settings.GROUNDPLAN_HOME = tmp_path / "home"
    monkeypatch.setattr(search_index, "WORTH_FILLING", 3)
    monkeypatch.setattr(staged_writes, "WORTH_REBUILDING", 3)
    monkeypatch.setattr(whole_tables, "WORTH_COPYING", 3)
    # An import that failed leaves names in the search index, of accounts that never came to be.
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO book_account_search(book_account_search) VALUES ('rebuild')")


def take(folder: Path, *names: str, files: dict[str, str] = FILES) -> ImportReport:
    tables = []
    for name in names:
        (folder / name).write_text(files[name])
        columns = {each: ColumnRule(column=each) for each in files[name].splitlines()[0].split(",")}
        tables.append(TableMapping(name.removesuffix(".csv"), name, columns))
    paths = [folder / name for name in names]
    return import_run(viewer=SYSTEM, source="crm", paths=paths, mapping=Mapping(tuple(tables)))


def asked(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        return list(cursor.execute(sql).fetchall())


def content(table: str) -> list[tuple[Any, ...]]:
    """Its rows with how each value is kept, but for their addresses and the ids of keys."""
    without = {"uid"} | ({"id"} if table == "sources_sourcekey" else set())
    names = [row[1] for row in asked(f"PRAGMA table_info({table})") if row[1] not in without]
    kept = ", ".join(f'"{name}", typeof("{name}")' for name in names)
    return asked(f"SELECT {kept} FROM {table} ORDER BY {names[0]}, {names[1]}")


def schema() -> list[tuple[Any, ...]]:
    return asked("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield seen


def attached() -> set[str]:
    return {name for _, name, _ in asked("PRAGMA database_list")} - {"temp"}


def forget() -> None:
    """Everything gone, and ids begin again."""
    for model in (SourceKey, Contact, Account, Person):
        model.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence")
        cursor.execute("INSERT INTO book_account_search(book_account_search) VALUES ('rebuild')")


def test_tables_copied_whole_are_those_written_row_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schema()
    forget()
    with statements() as copying:
        take(tmp_path, *FILES)
    copied = {table: content(table) for table in TABLES}
    assert [sql for sql in copying if 'INSERT INTO main."book_account" SELECT * FROM whole' in sql]
    assert [sql for sql in copying if 'INSERT INTO main."book_contact" SELECT * FROM whole' in sql]
    assert schema() == before
    assert asked("PRAGMA integrity_check") == [("ok",)]
    assert asked("PRAGMA foreign_key_check") == []
    assert asked("PRAGMA foreign_keys") == [(1,)]
    assert asked("SELECT count(*) FROM book_account_search WHERE name MATCH 'Birch'") == [(1,)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO book_account_search(book_account_search, rank)"
            " VALUES ('integrity-check', 1)"
        )
    forget()
    monkeypatch.setattr(whole_tables, "WORTH_COPYING", 1000)
    with statements() as writing_rows:
        take(tmp_path, *FILES)
    assert not [sql for sql in writing_rows if "FROM whole" in sql]
    assert {table: content(table) for table in TABLES} == copied


def test_a_table_is_copied_with_all_its_entries_of_indexes(tmp_path: Path) -> None:
    forget()
    explained: list[str] = []

    def explain(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("INSERT") and "SELECT * FROM whole" in sql:
            explained.extend(row[1] for row in asked(f"EXPLAIN {sql}"))
        return execute(sql, *rest)

    with connection.execute_wrapper(explain):
        take(tmp_path, "users.csv", "accounts.csv")
    # Rows of the table and of each of its indexes as they lie. Inserting takes values apart.
    indexes = asked(
        "SELECT count(*) FROM sqlite_master WHERE type = 'index'"
        " AND tbl_name IN ('book_account', 'sources_sourcekey')"
    )[0][0]
    assert explained.count("RowData") + explained.count("RowCell") >= indexes + 2


def test_keys_of_others_step_aside_and_come_back(tmp_path: Path) -> None:
    forget()
    take(tmp_path, "users.csv")
    before = list(SourceKey.objects.order_by("id").values())
    take(tmp_path, "accounts.csv")
    assert list(SourceKey.objects.filter(kind="person").order_by("id").values()) == before
    assert SourceKey.objects.filter(kind="account").count() == Account.objects.count() == 15
    made = SourceKey.objects.create(
        source_id=before[0]["source_id"], kind="account", key="later", target_id=1
    )
    assert made.pk > SourceKey.objects.exclude(pk=made.pk).latest("pk").pk


def test_an_account_made_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    renewed = writing.write_ahead

    def made(state: Any) -> None:
        Account.objects.create(name="Made by hand")
        renewed(state)

    monkeypatch.setattr(committing, "write_ahead", made)
    take(tmp_path, "users.csv", "accounts.csv")
    assert Account.objects.count() == 16
    assert asked("PRAGMA integrity_check") == [("ok",)]
    for name in ("hand", "Birch"):
        assert asked(f"SELECT count(*) FROM book_account_search WHERE name MATCH '{name}'") == [
            (1,)
        ]


def test_a_reference_that_leads_nowhere_undoes_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    take(tmp_path, "users.csv")
    before, people, files = schema(), Person.objects.count(), attached()
    written = writing.write_rows

    def owner_gone(*given: Any) -> Any:
        changes = written(*given)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_person WHERE login = 'bob'")
        return changes

    monkeypatch.setattr(committing, "write_rows", owner_gone)
    with pytest.raises(IntegrityError, match="book_account"):
        take(tmp_path, "accounts.csv")
    assert (Person.objects.count(), Account.objects.count()) == (people, 0)
    assert schema() == before
    assert asked("PRAGMA foreign_keys") == [(1,)]
    assert attached() == files


def test_a_row_that_breaks_a_rule_of_its_table_is_refused_before_the_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    planned = whole_tables.planned

    def nameless(*given: Any) -> Any:
        whole = planned(*given)
        if whole is None or whole.table != "book_account":
            return whole
        start, end = whole.query.select.split('"name"', 1)
        select = f"{start}CASE WHEN id % 7 > 0 THEN name END{end}"
        query = Query(whole.query.connection, whole.query.columns, select)
        return whole_tables.Whole(whole.table, whole.statements, query)

    monkeypatch.setattr(whole_tables, "planned", nameless)
    with pytest.raises(sqlite3.IntegrityError, match=r"NULL value in book_account\.name"):
        take(tmp_path, "users.csv", "accounts.csv")
    assert not Account.objects.exists()


def test_a_second_import_of_new_accounts_is_written_row_by_row(tmp_path: Path) -> None:
    forget()
    take(tmp_path, "users.csv", "accounts.csv")
    more = {"accounts.csv": "account_id,name\n" + "".join(f"E{n},Elm {n}\n" for n in range(9))}
    with statements() as seen:
        take(tmp_path, "accounts.csv", files=more)
    assert not [sql for sql in seen if "FROM whole" in sql and "book_account" in sql]
    assert Account.objects.count() == SourceKey.objects.filter(kind="account").count() == 24


def test_a_row_that_breaks_a_constraint_undoes_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    take(tmp_path, "users.csv")
    indexed, files = whole_tables.write_indexes, attached()

    def broken(path: Path, table: str) -> None:
        indexed(path, table)
        if table == "book_account":
            with closing(sqlite3.connect(path)) as file:
                file.execute("PRAGMA ignore_check_constraints = ON")
                file.execute("UPDATE book_account SET attributes = '{' WHERE id % 2")
                file.commit()

    monkeypatch.setattr(whole_tables, "write_indexes", broken)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed in book_account"):
        take(tmp_path, "accounts.csv")
    assert Account.objects.count() == 0
    assert attached() == files
