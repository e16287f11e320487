"""Rows that are written as pages are those that SQLite reads."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.database.sqlite import pages, records
from groundplan.database.sqlite.pages import open_file, write_rows
from groundplan.database.sqlite.records import Query

TEXTS = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=120))


def rows_of(file: sqlite3.Connection, table: str = "kept") -> list[tuple[object, ...]]:
    assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return file.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()


@given(
    rows=st.dictionaries(st.integers(0, 2**35 - 1), st.tuples(TEXTS, TEXTS), max_size=60),
    batch=st.integers(1, 70),
)
@settings(deadline=None, max_examples=40)
def test_what_is_written_is_read(
    rows: dict[int, tuple[str | None, str | None]],
    batch: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("pages") / "rows.sqlite3"
    with (
        duckdb.connect() as source,
        closing(open_file(path)) as file,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(records, "_BATCH", batch)
        source.execute("CREATE TABLE given (number BIGINT, a VARCHAR, b VARCHAR)")
        if rows:
            given_rows = [(id_, *texts) for id_, texts in rows.items()]
            source.executemany("INSERT INTO given VALUES (?, ?, ?)", given_rows)
        query = Query(source, ("id", "first", "second"), "SELECT * FROM given")
        assert write_rows(file, "kept", query) == len(rows)
        assert rows_of(file) == [(id_, *rows[id_]) for id_ in sorted(rows)]
        assert [row for some in query.batches() for row in some] == rows_of(file)


def test_numbers_are_kept_as_numbers_and_all_else_as_text(tmp_path: Path) -> None:
    with duckdb.connect() as source, closing(open_file(tmp_path / "rows.sqlite3")) as file:
        select = "SELECT 7, true, -5::BIGINT, 12.5::DECIMAL(18,4), DATE '2026-02-28', NULL::BIGINT"
        names = ("id", "yes", "below", "amount", "day", "nothing")
        assert write_rows(file, "kept", Query(source, names, select)) == 1
        assert rows_of(file) == [(7, 1, -5, 12.5, "2026-02-28", None)]


def test_a_file_takes_several_tables_and_grows_over_several_levels_of_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_BELOW", 3)
    monkeypatch.setattr(records, "_BATCH", 2048)
    with duckdb.connect() as source, closing(open_file(tmp_path / "rows.sqlite3")) as file:
        one = Query(source, ("id", "text"), "SELECT 9, 'single'")
        # Pages of about twenty rows each.
        many = Query(source, ("id", "text"), "SELECT i, repeat('x', 3000) FROM range(2000) r(i)")
        none = Query(source, ("id", "text"), "SELECT 1, 'x' WHERE false")
        assert [write_rows(file, f"t{n}", each) for n, each in enumerate((one, many, none))] == [
            1,
            2000,
            0,
        ]
        assert rows_of(file, "t0") == [(9, "single")]
        assert [len(str(row[1])) for row in rows_of(file, "t1")] == [3000] * 2000
        assert file.execute("SELECT text FROM t1 WHERE id = 1234").fetchone() == ("x" * 3000,)
        file.execute("DELETE FROM t1 WHERE id % 3 = 0")
        file.execute("INSERT INTO t1 VALUES (5000, 'after')")
        assert rows_of(file, "t1")[-1] == (5000, "after")
        assert rows_of(file, "t2") == []


@pytest.mark.parametrize(("beyond", "rows"), [(-3, 200), (0, 200), (0, 1)])
def test_a_file_of_over_a_gibibyte_leaves_the_page_of_locks_empty(
    beyond: int, rows: int, tmp_path: Path
) -> None:
    path = tmp_path / "rows.sqlite3"
    with duckdb.connect() as source, closing(open_file(path)) as file:
        # A hole in the file, so that the rows begin shortly before that page or at it.
        file.execute("CREATE TABLE before (id INTEGER PRIMARY KEY)")
        os.truncate(path, (1 << 30) + beyond * pages.PAGE)
        select = f"SELECT i, repeat('x', 3000) FROM range({rows}) r(i)"
        assert write_rows(file, "kept", Query(source, ("id", "text"), select)) == rows
        found = file.execute("SELECT count(*), sum(length(text)) FROM kept").fetchone()
        assert found == (rows, rows * 3000)


def test_another_connection_reads_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "rows.sqlite3"
    with (
        duckdb.connect() as source,
        closing(open_file(path)) as file,
        closing(sqlite3.connect(path)) as other,
    ):
        write_rows(file, "first", Query(source, ("id", "v"), "SELECT 1, 'a'"))
        assert rows_of(other, "first") == [(1, "a")]
        write_rows(file, "second", Query(source, ("id", "v"), "SELECT 2, 'b'"))
        assert rows_of(other, "second") == [(2, "b")]


@pytest.mark.parametrize(
    "select",
    [
        "SELECT i, repeat('x', CASE WHEN i = 3 THEN 100000 ELSE 1 END) FROM range(5) r(i)",
        "SELECT (1::BIGINT << 40) + i, 'far' FROM range(5) r(i)",
        "SELECT i - 2, 'below' FROM range(5) r(i)",
    ],
)
def test_rows_too_long_for_a_page_are_written_one_by_one(
    select: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Some pages are there before the long row comes.
    monkeypatch.setattr(records, "_BATCH", 2)
    with duckdb.connect() as source, closing(open_file(tmp_path / "rows.sqlite3")) as file:
        query = Query(source, ("id", "v"), select)
        assert write_rows(file, "kept", query) == 5
        assert rows_of(file) == source.execute(f"{select} ORDER BY 1").fetchall()


@pytest.mark.parametrize("batch", [2, 100])
def test_an_id_that_comes_twice_is_refused(
    batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_BATCH", batch)
    with duckdb.connect() as source, closing(open_file(tmp_path / "rows.sqlite3")) as file:
        twice = Query(source, ("id", "v"), "SELECT i // 3, 'x' FROM range(12) r(i)")
        with pytest.raises(ValueError, match="twice"):
            write_rows(file, "kept", twice)
