"""Categories whose seasons differ from that of everything, told apart from chance and growth."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.measures.ranges import Horizon, cover, foretell
from groundplan.measures.ranges.contracts import Floats
from groundplan.measures.ranges.history import Daily, PartDays
from groundplan.measures.ranges.seasons import Own, own_seasons
from groundplan.measures.ranges.windows import YEAR

from . import history
from .history import History

KNOWN = date(2026, 1, 1)
HALF = Horizon(KNOWN, KNOWN + timedelta(days=181))
DAYS = np.arange(3 * YEAR)
FIRST_HALF = DAYS % YEAR < 182


def swings(parts: dict[str, Floats], *, from_: int = 182) -> tuple[Own, Own]:
    """Of the half year to come, and of a window that began so many days before it."""
    amounts = np.array(list(parts.values()))
    whole = Daily(KNOWN - timedelta(days=1), np.tile(amounts.sum(axis=0) / 2, (2, 1)))
    cutoff = KNOWN - timedelta(days=from_)
    ahead, then = own_seasons(whole, PartDays(list(parts), amounts), HALF, [cutoff])
    return ahead, then


def test_the_worked_example_of_the_specification() -> None:
    tents, heaters = np.where(FIRST_HALF, 90.0, 30.0), np.where(FIRST_HALF, 30.0, 90.0)
    ahead, then = swings({"tents": tents, "heaters": heaters})
    # 90 of 120 instead of half of it, and a twentieth for caution: (1.5 + 0.05) / 1.05.
    assert ahead.by["tents"] == pytest.approx(np.log(1.55 / 1.05), abs=0.01)
    assert ahead.by["heaters"] == pytest.approx(np.log(0.55 / 1.05), abs=0.01)
    assert then.by["tents"] == pytest.approx(np.log(0.55 / 1.05), abs=0.02)


@given(st.floats(-0.002, 0.002), st.floats(-0.002, 0.002), st.integers(30, 700))
def test_growth_is_no_season_of_a_category(one: float, other: float, from_: int) -> None:
    parts = {"one": np.exp(one * DAYS), "other": np.exp(other * DAYS)}
    for own in swings(parts, from_=from_):
        assert list(own.by.values()) == pytest.approx([0.0, 0.0], abs=0.04)


def test_categories_that_differ_by_chance_hardly_swing() -> None:
    told: list[float] = []
    seen: list[float] = []
    for seed in range(20):
        random = np.random.default_rng(seed)
        parts = {str(n): random.gamma(0.05, 100, len(DAYS)) for n in range(12)}
        told += swings(parts)[0].by.values()
        seen += [float(np.log(one[FIRST_HALF].mean() / one.mean())) for one in parts.values()]
    assert np.abs(told).mean() < 0.5 * np.abs(seen).mean()


@pytest.mark.parametrize("days", [YEAR + 200, 3 * YEAR])
def test_without_two_years_or_over_a_whole_one_nothing_swings(days: int) -> None:
    horizon = HALF if days < 2 * YEAR else Horizon(KNOWN, KNOWN + timedelta(days=YEAR - 1))
    wave = np.where(FIRST_HALF, 90.0, 30.0)[-days:]
    whole = Daily(KNOWN - timedelta(days=1), np.ones((2, days)))
    found = own_seasons(whole, PartDays(["tents"], wave[None]), horizon, [KNOWN])
    assert found == [Own(), Own()]


def test_a_category_that_sells_in_half_of_the_year_is_foretold_its_own_half() -> None:
    past = History(accounts=200, months=42)
    database = history.connection(past)
    # Most buy categories 0 and 1 from April to September alone, 2 and 3 in the other months.
    database.execute(
        "DELETE FROM converted_purchases WHERE account_id % 5 > 0"
        " AND (product_id % 4 < 2) <> (month(date) BETWEEN 4 AND 9)"
    )
    horizon = Horizon(date(2026, 4, 1), date(2026, 6, 30))
    database.execute(f"DELETE FROM converted_purchases WHERE date >= DATE '{horizon.start}'")
    found = {
        one.key: one.range.mean - one.certain
        for one in foretell(database, horizon, date(2026, 4, 1)).groups
        if one.dimension == "category"
    }
    assert sum(found[f"Category {n}"] for n in (0, 1)) > 2 * sum(
        found[f"Category {n}"] for n in (2, 3)
    )
    judged = next(one for one in cover(database, horizon) if one.dimension == "category")
    assert judged.outcomes == 16
    assert judged.inside >= 11
