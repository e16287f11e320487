"""How numbers are written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.charts.numbers import abbreviated, exact, money, percent, short, written
from groundplan.kernel.figures import Figure

SUFFIXES = {"k": 3, "M": 6, "B": 9, "T": 12}
amounts = st.decimals(-(10**14), 10**14, allow_nan=False, allow_infinity=False, places=4)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (Decimal("-0.2"), "0"),
        (9_240, "9,240"),
        (Decimal("9999.6"), "10,000"),
        (12_400, "12.4k"),
        (890_000, "890k"),
        (999_600, "1.00M"),
        (1_243_567, "1.24M"),
        (-510_000, "−510k"),
        (Decimal(10) ** 15, "1000T"),
    ],
)
def test_a_number_is_abbreviated_to_three_digits(value: Decimal, text: str) -> None:
    assert abbreviated(value) == text


@given(amounts)
def test_an_abbreviation_is_within_half_of_its_last_digit(value: Decimal) -> None:
    text = abbreviated(value).replace("−", "-").replace(",", "")
    scale = Decimal(10) ** SUFFIXES.get(text[-1], 0)
    digits = Decimal(text.rstrip("".join(SUFFIXES)))
    exponent = digits.as_tuple().exponent
    assert isinstance(exponent, int)
    assert abs(digits * scale - value) <= scale * Decimal(10) ** exponent / 2


@given(amounts)
def test_the_exact_text_is_the_number(value: Decimal) -> None:
    assert Decimal(exact(value)) == value
    assert "E" not in exact(value)


def test_money_carries_its_sign_before_its_currency() -> None:
    assert money(-510_000, "USD") == "−$510k"
    assert money(1_240_000, "CHF") == "CHF\u202f1.24M"
    assert money(Decimal("1265793.04"), "EUR", full=True) == "€1,265,793.04"


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0%"), (0.031, "3.1%"), (0.0996, "10%"), (0.314, "31%"), (-0.5, "−50%")]
)
def test_a_share_shows_a_decimal_only_below_ten_percent(value: float, text: str) -> None:
    assert percent(value) == text


def test_an_axis_shows_no_zero_decimals() -> None:
    assert [short(value) for value in (0, 500_000, 1_000_000, 1_500_000)] == [
        *("0", "500k", "1M", "1.5M")
    ]


def test_counts_are_whole_until_they_are_long() -> None:
    assert written(Figure(12_345)) == "12,345"
    assert written(Figure(1_234_567)) == "1.23M"
    assert written(Figure(1_234_567), full=True) == "1,234,567"


def test_an_unknown_figure_has_no_text() -> None:
    with pytest.raises(ValueError, match="unknown"):
        written(Figure(None))
