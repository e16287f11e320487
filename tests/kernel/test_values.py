"""Ids, money, figures, the clock and the home."""

import stat
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.kernel import clock, home
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.figures import Trace
from groundplan.kernel.ids import uuid7
from groundplan.kernel.money import Money, amount


def test_ids_are_version_7_and_sort_in_the_order_they_were_made() -> None:
    ids = [uuid7() for _ in range(5000)]
    assert ids == sorted(set(ids))
    assert {(i.version, i.variant) for i in ids} == {(7, "specified in RFC 4122")}


@given(st.lists(st.decimals(-(10**9), 10**9, places=4), max_size=20))
def test_amounts_add_up_exactly_in_any_order(values: list[Decimal]) -> None:
    forwards = sum((Money(amount(v), "EUR") for v in values), Money(Decimal(0), "EUR"))
    backwards = sum((Money(amount(v), "EUR") for v in values[::-1]), Money(Decimal(0), "EUR"))
    assert forwards == backwards


def test_different_currencies_are_never_added() -> None:
    with pytest.raises(ValueError, match="without a rate"):
        Money(Decimal(1), "EUR") + Money(Decimal(1), "USD")


def test_amounts_keep_four_places_half_to_even() -> None:
    assert amount("0.00005") == Decimal("0.0000")
    assert amount("0.00015") == Decimal("0.0002")


def test_equal_traces_are_equal_addresses_whatever_the_order_of_their_parameters() -> None:
    one = Trace.of("goal", period="FY2027", owner="x", account=None)
    other = Trace.of("goal", owner="x", period="FY2027")
    assert one == other
    assert one.query() == "measure=goal&owner=x&period=FY2027"


def test_the_clock_can_be_fixed_and_goes_on_afterwards() -> None:
    with clock.fixed(date(2020, 2, 29)):
        assert clock.today("Europe/Berlin") == date(2020, 2, 29)
    assert clock.today() > date(2020, 2, 29)


def test_the_secret_key_is_made_once_and_for_this_user_only(tmp_path: Path) -> None:
    first = home.secret_key(tmp_path)
    assert home.secret_key(tmp_path) == first
    assert len(first) > 40
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_an_error_says_what_is_wrong_and_how_to_mend_it() -> None:
    error = InvalidInput("No date.", field="date", mend="Give one.")
    assert (str(error), error.field, error.code) == ("No date. Give one.", "date", "invalid_input")
