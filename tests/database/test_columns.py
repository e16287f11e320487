"""Rows leave SQLite as one JSON text a column and arrive as typed Arrow columns."""

import sqlite3
from datetime import date
from decimal import Decimal

from groundplan.database.columns import Type, packed_sql, unpacked

COLUMNS: dict[str, Type] = {
    "number": "integer",
    "text": "text",
    "amount": "amount",
    "day": "date",
    "share": "number",
}


def _through(*rows: tuple[object, ...]) -> list[dict[str, object]]:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE given (n INTEGER, t TEXT, a DECIMAL, d DATE, s REAL)")
    database.executemany("INSERT INTO given VALUES (?, ?, ?, ?, ?)", rows)
    packed = database.execute(
        packed_sql("SELECT n, t, a, d, s FROM given", list(COLUMNS), "sqlite")
    )
    found: list[dict[str, object]] = unpacked(packed.fetchone(), COLUMNS).to_pylist()
    return found


def test_values_arrive_as_they_were() -> None:
    awkward = 'a "quoted"\nline, with ünïcode \\ and \t tab'
    assert _through((1, awkward, 12.34, "2026-02-28", 0.25), (None,) * 5) == [
        {
            "number": 1,
            "text": awkward,
            "amount": Decimal("12.3400"),
            "day": date(2026, 2, 28),
            "share": 0.25,
        },
        {"number": None, "text": None, "amount": None, "day": None, "share": None},
    ]


def test_a_whole_amount_that_sqlite_keeps_as_an_integer_is_an_amount() -> None:
    [row] = _through((1, "", 2063, None, None))
    assert row["amount"] == Decimal("2063.0000")


def test_no_rows_make_an_empty_table() -> None:
    assert _through() == []


def test_arrays_with_blanks_as_postgresql_writes_them_are_read_too() -> None:
    columns: dict[str, Type] = {"number": "integer", "day": "date", "text": "text"}
    row = ("[1, null]", '["2026-02-28", null]', '["a, b", null]')
    assert unpacked(row, columns).to_pylist() == [
        {"number": 1, "day": date(2026, 2, 28), "text": "a, b"},
        {"number": None, "day": None, "text": None},
    ]
