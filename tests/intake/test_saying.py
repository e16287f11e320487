"""Counts of rows in an import's notes: the right word for one and for many."""

import pytest

from groundplan.engine.facts import TABLES
from groundplan.intake.merging.saying import rows_said, rows_word


@pytest.mark.parametrize(
    ("count", "table", "said"),
    [
        (1, "users", "1 person was"),
        (2, "users", "2 persons were"),
        (1, "opportunities", "1 opportunity was"),
        (12_000, "competitor_positions", "12,000 competitor positions were"),
        (0, "accounts", "0 accounts were"),
    ],
)
def test_counts_take_the_word_that_fits(count: int, table: str, said: str) -> None:
    assert rows_said(count, table, one="was", many="were") == said


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_word_for_one_row_and_another_for_many(table: str) -> None:
    assert rows_said(1, table) != f"1 {rows_word(table)}"
    assert "_" not in rows_said(1, table) + rows_said(2, table)
