"""Values as exports write them, and what they mean."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.engine.facts import COMPETITOR_POSITIONS, INTERACTIONS, PURCHASES
from groundplan.intake.mapping.numbers import Mark
from groundplan.intake.validating.dates import DateStyle, Order, date_style, days_sql
from groundplan.intake.validating.numbers import (
    amount_sql,
    is_percent,
    mark_of,
    share_sql,
    whole_sql,
)
from groundplan.intake.validating.words import (
    boolean_sql,
    choice_sql,
    currency_sql,
    deal_kind_sql,
)

CONNECTION = duckdb.connect()


def value(sql: str, text: str | None) -> object:
    found = CONNECTION.execute(f"SELECT {sql} FROM (SELECT ?::VARCHAR AS x)", [text]).fetchone()
    assert found is not None
    return found[0]


def day_of(text: str, order: Order) -> object:
    sql = days_sql("SELECT ?::VARCHAR AS v", DateStyle(iso=False, order=order))
    found = CONNECTION.execute(sql, [text]).fetchone()
    assert found is not None
    return found[1]


def column(*values: str) -> str:
    CONNECTION.execute("CREATE OR REPLACE TABLE given (x VARCHAR)")
    CONNECTION.executemany("INSERT INTO given VALUES (?)", [[each] for each in values])
    return "given"


@pytest.mark.parametrize(
    ("text", "mark", "amount"),
    [
        ("1234.5", ".", "1234.5"),
        ("1,234.56", ".", "1234.56"),
        ("1.234,56", ",", "1234.56"),
        ("1 234,56", ",", "1234.56"),
        ("1\u202f234,56 €", ",", "1234.56"),
        ("$1,200", ".", "1200"),
        ("EUR 12.50", ".", "12.5"),
        ("(1,234.50)", ".", "-1234.5"),
        ("12.50-", ".", "-12.5"),
        ("−5", ".", "-5"),
        ("1'234.50", ".", "1234.5"),
        ("12,5", ",", "12.5"),
        ("99999999999999.9999", ".", "99999999999999.9999"),
        ("12,34.5", ".", None),
        ("1.5", ",", None),
        ("101-500", ".", None),
        ("1_000", ".", None),
        ("n/a", ".", None),
        ("1e30", ".", None),
    ],
)
def test_amounts_are_read_in_the_files_style(text: str, mark: Mark, amount: str | None) -> None:
    assert value(amount_sql("x", mark), text) == (None if amount is None else Decimal(amount))


@settings(deadline=None, max_examples=25)
@given(st.decimals(min_value=-(10**13), max_value=10**13, places=4))
def test_a_plain_amount_is_exact_to_the_last_place(amount: Decimal) -> None:
    assert value(amount_sql("x", "."), f"{amount:f}") == amount
    assert value(amount_sql("x", ","), f"{amount:f}".replace(".", ",")) == amount


@pytest.mark.parametrize(
    ("values", "delimiter", "mark"),
    [
        (["1.5", "2.25"], ",", "."),
        (["1,5", "2,25"], ";", ","),
        (["1.234,5", "7"], ",", ","),
        (["1,200", "1,500"], ",", "."),
        (["1.200", "1.500"], ";", ","),
    ],
)
def test_the_decimal_mark_follows_from_all_values(
    values: list[str], delimiter: str, mark: Mark
) -> None:
    assert mark_of(CONNECTION, column(*values), {"x": ""}, delimiter) == {"x": mark}


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,200", 1200), ("12.0", 12), ("7", 7), ("12.5", None), ("101-500", None), ("many", None)],
)
def test_whole_numbers_have_no_fraction_and_are_no_range(text: str, number: int | None) -> None:
    assert value(whole_sql("x", "."), text) == number


@pytest.mark.parametrize(
    ("values", "first"),
    [
        (["10", "75"], "0.1"),
        (["0.1", "1"], "0.1"),
        (["10%", "75%"], "0.1"),
        (["35 %"], "0.35"),
        (["1", "0"], "1"),
    ],
)
def test_shares_count_in_hundredths_where_any_is_above_one(values: list[str], first: str) -> None:
    percent = is_percent(CONNECTION, column(*values), "x", ".")
    assert value(share_sql("x", ".", percent=percent), values[0]) == Decimal(first)


def test_a_share_above_all_of_it_is_none() -> None:
    assert value(share_sql("x", ".", percent=True), "120") is None
    assert value(share_sql("x", ".", percent=False), "-0.1") is None


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2024-02-29", "month", date(2024, 2, 29)),
        ("2024-02-29T10:30:00.000+0000", "month", date(2024, 2, 29)),
        ("29.02.2024", "day", date(2024, 2, 29)),
        ("2/29/2024", "month", date(2024, 2, 29)),
        ("29/02/24", "day", date(2024, 2, 29)),
        ("29/02/2024 14:05", "day", date(2024, 2, 29)),
        ("20240229", "month", date(2024, 2, 29)),
        ("45351", "month", date(2024, 2, 29)),
        ("45351.75", "month", date(2024, 2, 29)),
        ("29-Feb-2024", "month", date(2024, 2, 29)),
        ("29 février 2024", "month", date(2024, 2, 29)),
        ("29. Februar 2024", "month", date(2024, 2, 29)),
        ("Feb 29, 2024", "month", date(2024, 2, 29)),
        ("3. März 2024", "month", date(2024, 3, 3)),
        ("14 juillet 2024", "month", date(2024, 7, 14)),
        ("14 juin 2024", "month", date(2024, 6, 14)),
        ("Feb-29-24", "month", date(2024, 2, 29)),
        ("2024. 02. 29.", "month", date(2024, 2, 29)),
        ("2024年2月29日", "month", date(2024, 2, 29)),
        ("1709164800000", "month", date(2024, 2, 29)),
        ("30.02.2024", "day", None),
        ("13/13/2024", "month", None),
        ("0024-01-01", "month", None),
        ("tomorrow", "month", None),
    ],
)
def test_dates_are_read_in_many_ways(text: str, order: Order, day: date | None) -> None:
    assert day_of(text, order) == day


@pytest.mark.parametrize(
    ("values", "order", "guessed"),
    [
        (["01/02/2024", "13/02/2024"], "day", False),
        (["01/02/2024", "02/13/2024"], "month", False),
        (["01/02/2024", "03/04/2024"], "month", True),
        (["01.02.2024"], "day", False),
    ],
)
def test_day_or_month_first_is_decided_by_all_values(
    values: list[str], order: Order, guessed: bool
) -> None:
    style = date_style(CONNECTION, column(*values), "x", "month")
    assert (style.order, style.guessed) == (order, guessed)


@settings(deadline=None, max_examples=25)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_survives_each_way_of_writing_it(day: date) -> None:
    ways: list[tuple[str, Order]] = [
        (day.isoformat(), "month"),
        (f"{day.day}.{day.month}.{day.year}", "day"),
        (f"{day.month}/{day.day}/{day.year}", "month"),
        (f"{day.day}-{day:%b}-{day.year}", "month"),
    ]
    for text, order in ways:
        assert day_of(text, order) == day


@pytest.mark.parametrize("text", ["1", "true", "Yes", "ja", "x", "Y", "WAHR"])
def test_yes_is_said_in_many_words(text: str) -> None:
    assert value(boolean_sql("x"), text) is True


@pytest.mark.parametrize("text", ["0", "FALSE", "no", "Nein", "N"])
def test_no_is_said_in_many_words(text: str) -> None:
    assert value(boolean_sql("x"), text) is False


def test_what_is_neither_yes_nor_no_is_neither() -> None:
    assert value(boolean_sql("x"), "perhaps") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("eur", "EUR"), ("€", "EUR"), ("USD - U.S. Dollar", "USD"), ("Eura", None), ("12", None)],
)
def test_currencies_are_codes_or_signs(text: str, code: str | None) -> None:
    assert value(currency_sql("x"), text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Доллар США", "USD"),
        ("Казахстанский тенге", "KZT"),
        ("Euro", "EUR"),
        ("Franc suisse", "CHF"),
        ("Dólar estadounidense", "USD"),
        ("U.S. Dollar", "USD"),
        ("Dollar", None),
        ("Złoty polski", "PLN"),
    ],
)
def test_currencies_are_told_by_their_names(text: str, code: str | None) -> None:
    assert value(currency_sql("x"), text) == code


def test_words_from_closed_lists_have_synonyms() -> None:
    status, kind = PURCHASES.column("status"), INTERACTIONS.column("kind")
    position = COMPETITOR_POSITIONS.column("position")
    assert value(choice_sql("x", status), "Recognized") == "recognised"
    assert value(choice_sql("x", status), "On-Order") == "backlog"
    assert value(choice_sql("x", status), "cancelled") is None
    assert value(choice_sql("x", kind), "Phone Call") == "call"
    assert value(choice_sql("x", kind), "sauna") == "other"
    assert value(choice_sql("x", position), "In-House") == "in_house"
    assert value(choice_sql("x", position), "maybe") is None


def test_the_type_of_a_deal_is_recognised_or_kept() -> None:
    assert value(deal_kind_sql("x"), "Existing Customer - Upgrade") == "up-sell"
    assert value(deal_kind_sql("x"), "New Business") == "new"
    assert value(deal_kind_sql("x"), "Renewal 2024") == "renewal"
    assert value(deal_kind_sql("x"), "Tender") == "Tender"
