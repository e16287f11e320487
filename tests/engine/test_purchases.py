"""Which purchases hold when imports replace one another."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from groundplan.engine.layers import COLUMNS, LayerManifest
from groundplan.engine.purchases import (
    Layer,
    converted_sql,
    effective_sql,
    standing,
    untouched,
    without_rate,
)

from .layering import Imports

JANUARY, FEBRUARY, MARCH = (date(2026, month, 10) for month in (1, 2, 3))


@pytest.fixture
def imports(tmp_path: Path) -> Imports:
    return Imports(tmp_path)


def test_one_layer_holds_as_it_is(imports: Imports) -> None:
    imports.add("all", (1, JANUARY, 10, "A"))
    assert untouched(standing(imports.layers))
    assert imports.amounts() == [(1, 10)]


def test_a_later_layer_replaces_the_orders_that_it_names(imports: Imports) -> None:
    imports.add("orders", (1, JANUARY, 10, "A"), (1, JANUARY, 11, "A"), (1, JANUARY, 20, "B"))
    imports.add("orders", (1, JANUARY, 12, "A"), (2, MARCH, 30, "C"))
    assert imports.amounts() == [(1, 12), (1, 20), (2, 30)]


def test_lines_without_an_order_are_replaced_by_no_order(imports: Imports) -> None:
    imports.add("orders", (1, JANUARY, 10, ""))
    imports.add("orders", (1, JANUARY, 12, "A"), (1, JANUARY, 13, ""))
    assert imports.amounts() == [(1, 10), (1, 12), (1, 13)]


def test_a_later_layer_replaces_its_days_and_leaves_the_others(imports: Imports) -> None:
    imports.add("dates", (1, JANUARY, 1, ""), (1, FEBRUARY, 2, ""), (1, MARCH, 3, ""))
    imports.add("dates", (1, FEBRUARY, 20, ""), (1, MARCH, 30, ""))
    assert imports.amounts() == [(1, 1), (1, 20), (1, 30)]


def test_a_layer_whose_days_are_all_replaced_is_let_go(imports: Imports) -> None:
    imports.add("dates", (1, FEBRUARY, 2, ""))
    imports.add("dates", (1, JANUARY, 10, ""), (1, MARCH, 30, ""))
    assert untouched(standing(imports.layers))
    assert imports.amounts() == [(1, 10), (1, 30)]


def test_all_replaces_every_earlier_layer_of_its_source(imports: Imports) -> None:
    imports.add("orders", (1, JANUARY, 10, "A"))
    imports.add("all", (1, MARCH, 30, "C"))
    imports.add("orders", (2, MARCH, 40, "D"))
    assert imports.amounts() == [(1, 30), (2, 40)]


def test_another_source_replaces_nothing(imports: Imports) -> None:
    imports.add("all", (1, JANUARY, 10, "A"))
    imports.add("all", (1, JANUARY, 20, "A"), source=2)
    assert imports.amounts() == [(1, 10), (1, 20)]


def test_purchases_of_a_merged_account_are_those_of_the_one_it_lives_on_in(
    imports: Imports,
) -> None:
    imports.add("all", (1, JANUARY, 10, "A"), (2, JANUARY, 20, "B"))
    assert imports.amounts({2: 1}) == [(1, 10), (1, 20)]


def test_without_layers_there_are_no_purchases() -> None:
    relation = duckdb.connect().sql(effective_sql([], {}))
    assert relation.columns == list(COLUMNS)
    assert relation.fetchall() == []


def test_an_empty_layer_stands_for_nothing(tmp_path: Path) -> None:
    manifest = LayerManifest(16, 0, None, None, (), ())
    assert standing([Layer(tmp_path, 1, "orders", JANUARY, JANUARY, manifest)]) == []


def test_amounts_are_converted_at_the_latest_rate_and_what_has_none_is_told() -> None:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE rates AS FROM (VALUES ('EUR', DATE '2026-02-01', 1.25)) "
        "AS given (currency, date, rate)"
    )
    connection.execute(
        "CREATE TABLE lines AS FROM (VALUES ('EUR', DATE '2026-01-31', 10), "
        "('EUR', DATE '2026-02-01', 10), ('', DATE '2026-01-01', 3), "
        "(NULL, DATE '2026-01-01', 4), ('USD', DATE '2026-01-01', 5)) "
        "AS given (currency, date, amount)"
    )
    rows = connection.execute(
        f"SELECT converted FROM ({converted_sql('lines')}) ORDER BY converted", {"currency": "USD"}
    ).fetchall()
    assert [row[0] for row in rows] == [3, 4, 5, Decimal("12.5"), None]
    assert without_rate(connection, "lines", "USD") == {"EUR": {"rows": 1, "amount": "10"}}
