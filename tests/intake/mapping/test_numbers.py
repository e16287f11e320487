import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.intake.mapping.numbers import Mark, decimal_mark, number_sql


def number(text: str, mark: Mark) -> float | None:
    sql = f"SELECT {number_sql('v', mark)} FROM (SELECT ? AS v)"
    found = duckdb.execute(sql, [text]).fetchone()
    assert found is not None
    value: float | None = found[0]
    return value


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("1,234.50", ".", 1234.5),
        ("1.234,50", ",", 1234.5),
        ("1.234", ",", 1234),
        ("1,234", ".", 1234),
        ("12,34,567.5", ".", 1234567.5),
        ("1'234.50", ".", 1234.5),
        ("1 234,50", ",", 1234.5),
        ("1\u00a0234,50 €", ",", 1234.5),
        ("$ -5", ".", -5),
        ("-$5.00", ".", -5),
        ("CHF 1'000.--", ".", None),
        ("US$ 7", ".", 7),
        ("₺1.234,50", ",", 1234.5),
        ("1 234,50 zł", ",", 1234.5),
        ("1 234,50 Kč", ",", 1234.5),
        ("￦", ".", None),
        ("₩1,200,000", ".", 1200000),
        ("1 500 руб.", ".", 1500),
        ("100,00-", ",", -100),
        ("(2.50)", ".", -2.5),
        ("−3", ".", -3),
        ("12.5%", ".", 0.125),
        ("1,5", ".", None),
        ("1.5.2", ".", None),
        ("abc", ".", None),
        ("5 apples", ".", None),
        ("", ".", None),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, mark: Mark, expected: float | None) -> None:
    assert number(text, mark) == expected


@settings(deadline=None)
@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([".", ","]))
def test_grouped_numbers_come_back(value: object, mark: Mark) -> None:
    text = f"{value:,}"
    if mark == ",":
        text = text.replace(",", " ").replace(".", ",").replace(" ", ".")
    assert number(text, mark) == float(str(value))


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        (("1.234", "17"), ""),
        (("1.234", "2,5"), ","),
        (("1,234", "2.5"), "."),
        (("0.125",), "."),
        (("1.234.567",), ","),
        (("1,234,567",), "."),
        (("text",), ""),
    ],
)
def test_values_show_their_decimal_mark(values: tuple[str, ...], mark: str) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (v VARCHAR)")
        connection.executemany("INSERT INTO t VALUES (?)", [[value] for value in values])
        assert decimal_mark(connection, "t", "v") == mark
