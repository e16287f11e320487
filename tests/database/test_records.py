"""Values that are written as records are those that SQLite would have kept."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from groundplan.database.sqlite import records
from groundplan.database.sqlite.pages import fill_rows, open_file
from groundplan.database.sqlite.records import Query

WHOLE = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), st.integers(-130, 130), st.integers(-40000, 40000)
)
DECIMALS = st.one_of(
    st.none(),
    st.decimals(min_value=-(10**14) + 1, max_value=10**14 - 1, places=4),
    st.integers(-(10**13), 10**13).map(Decimal),
)
BIG = st.one_of(st.none(), st.integers(-(10**17), 10**17).map(lambda n: Decimal(n) / 10))
TABLE = "CREATE TABLE kept (id INTEGER PRIMARY KEY, whole bigint, amount decimal, big decimal)"


@given(rows=st.lists(st.tuples(WHOLE, DECIMALS, BIG), min_size=1, max_size=40))
@example(rows=[(0, Decimal("99999999999999.9999"), Decimal("2251799813685248.5"))])
@example(rows=[(1, Decimal("-0.0001"), Decimal("9007199254740993")), (None, None, None)])
@settings(deadline=None, max_examples=40)
def test_numbers_are_kept_as_sqlite_keeps_their_text(
    rows: list[tuple[int | None, Decimal | None, Decimal | None]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("pages") / "rows.sqlite3"
    with duckdb.connect() as source, closing(open_file(path)) as file:
        source.execute(
            "CREATE TABLE given (id BIGINT, whole BIGINT, amount DECIMAL(18,4), big DECIMAL(18,1))"
        )
        every = [(id_, *row) for id_, row in enumerate(rows, 1)]
        source.executemany("INSERT INTO given VALUES (?, ?, ?, ?)", every)
        file.execute(TABLE)
        query = Query(source, ("id", "whole", "amount", "big"), "SELECT * FROM given")
        fill_rows(file, "kept", query)
        with closing(sqlite3.connect(":memory:")) as other:
            other.execute(TABLE)
            for batch in query.batches():
                other.executemany("INSERT INTO kept VALUES (?, ?, ?, ?)", batch)
            kept = "SELECT *, typeof(whole), typeof(amount), typeof(big) FROM kept ORDER BY id"
            assert file.execute(kept).fetchall() == other.execute(kept).fetchall()
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("values", [3, 130])
def test_a_row_of_many_values_is_written_too(values: int, tmp_path: Path) -> None:
    names = tuple(f"v{n}" for n in range(values))
    with duckdb.connect() as source, closing(open_file(tmp_path / "rows.sqlite3")) as file:
        columns = ", ".join(f"i * {n} AS {name}" for n, name in enumerate(names))
        query = Query(source, ("id", *names), f"SELECT i, {columns} FROM range(5) r(i)")
        file.execute(f"CREATE TABLE kept (id INTEGER PRIMARY KEY, {', '.join(names)})")
        assert fill_rows(file, "kept", query) == 5
        assert file.execute("SELECT * FROM kept WHERE id = 4").fetchone() == (
            4,
            *(4 * n for n in range(values)),
        )


def test_indexes_made_afterwards_hold_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_BATCH", 7)
    with duckdb.connect() as source, closing(open_file(tmp_path / "rows.sqlite3")) as file:
        file.execute("CREATE TABLE kept (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, n bigint"
                     " UNIQUE, t varchar(80))")  # fmt: skip
        file.execute("CREATE INDEX by_text ON kept (t, n)")
        select = "SELECT i, -i * 70000, repeat('é', CAST(i % 40 AS INTEGER)) FROM range(300) r(i)"
        fill_rows(file, "kept", Query(source, ("id", "n", "t"), select))
        file.execute("REINDEX kept")
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = file.execute("SELECT id FROM kept WHERE t = ? AND n < -7000000", ["é" * 9])
        assert [id_ for (id_,) in found] == [289, 249, 209, 169, 129]
