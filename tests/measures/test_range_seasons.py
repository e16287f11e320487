"""Seasons of the past, told apart from growth."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.measures.ranges.contracts import Floats, Horizon
from groundplan.measures.ranges.history import Daily
from groundplan.measures.ranges.seasons import season
from groundplan.measures.ranges.windows import YEAR

KNOWN = date(2026, 1, 1)
NEXT = Horizon(KNOWN, KNOWN + timedelta(days=69))
DAYS = np.arange(3 * YEAR)


def of(each_day: Floats, *, from_: int) -> float:
    """What the season raises a window by that began so many days before the horizon."""
    both_halves = np.tile(each_day / 2, (2, 1))
    daily = Daily(KNOWN - timedelta(days=1), both_halves)
    return season(daily, NEXT, KNOWN - timedelta(days=from_))


@given(growth=st.floats(-0.001, 0.001), from_=st.integers(70, 700))
def test_growth_alone_is_no_season(growth: float, from_: int) -> None:
    assert of(100 * np.exp(growth * DAYS), from_=from_) == pytest.approx(1, rel=0.01)


@given(growth=st.floats(-0.001, 0.001))
def test_a_season_is_the_same_in_a_growing_business(growth: float) -> None:
    wave = 1 + 0.5 * np.cos(2 * np.pi * DAYS / YEAR)
    still, growing = of(wave, from_=140), of(wave * np.exp(growth * DAYS), from_=140)
    assert still > 1.5
    assert growing == pytest.approx(still, rel=0.05)


def test_the_worked_example_of_the_specification() -> None:
    growing = np.exp(0.001 * DAYS)
    first, later = growing[:70].mean(), growing[225:295].mean()
    assert first / later == pytest.approx(0.80, abs=0.005)
    assert of(100 * growing, from_=140) == pytest.approx(1, abs=0.005)


def test_a_year_and_a_half_shows_no_season() -> None:
    assert of(1 + np.cos(DAYS[: YEAR + 180]), from_=140) == 1


@pytest.mark.parametrize(("years", "kept"), [((-0.46, 0.01), 0.0), ((0.24, 0.16), 0.19)])
def test_of_years_that_contradict_each_other_no_season_is_left(
    years: tuple[float, float], kept: float
) -> None:
    first, second = np.ones(YEAR), np.ones(YEAR)
    for year, log in ((first, years[0]), (second, years[1])):
        year[:70] = np.exp(log)
        # As much less elsewhere: neither year brings more than the other.
        year[300:] = (YEAR - 230 - 70 * np.exp(log)) / 65
    found = of(np.concatenate([first, second]), from_=200)
    assert np.log(found) == pytest.approx(kept, abs=0.005)
