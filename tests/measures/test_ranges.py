"""Ranges against what can be computed exactly, and what must hold whatever the facts."""

from datetime import date, timedelta
from itertools import pairwise, product

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.duck import empty_duckdb

from groundplan.measures.ranges import (
    Foretold,
    Horizon,
    cover,
    foretell,
    horizon_of,
    known_until,
)
from groundplan.measures.ranges.contracts import Business, Units
from groundplan.measures.ranges.coverage import times_judged
from groundplan.measures.ranges.donors import Donors, donors_of
from groundplan.measures.ranges.past import Past
from groundplan.measures.ranges.simulate import NO_OUTLOOK, Outlook, simulate
from groundplan.measures.ranges.windows import windows_before

from . import history
from .history import History

YEARS = [(date(year, 1, 1), date(year, 12, 31)) for year in range(2023, 2029)]


def units(bought: list[float], since: int = 30, booked: float = 0.0) -> Units:
    count = len(bought)
    return Units(
        np.array(bought, float),
        np.full(count, since, np.int64),
        np.full(count, booked),
        np.ones(count),
    )


NOBODY = units([])


def deals(amounts: list[float], odds: list[float]) -> Business:
    return Business(0.0, NOBODY, np.array(amounts, float), np.array(odds, float))


def some_donors(count: int = 60, seed: int = 5) -> Donors:
    random = np.random.default_rng(seed)
    bought = np.sort(random.gamma(2, 500, count))
    owned = bought * random.gamma(3, 0.3, count)
    return donors_of(bought, np.full(count, 20), owned, owned * 0.1)


def horizon_after(past: History, days: int = 120) -> Horizon:
    return Horizon(past.end, past.end + timedelta(days=days - 1))


def foretold(past: History, days: int = 120) -> tuple[duckdb.DuckDBPyConnection, Foretold]:
    database = history.connection(past)
    return database, foretell(database, horizon_after(past, days), date(past.end.year, 1, 1))


@pytest.fixture(scope="module")
def three_years() -> Foretold:
    return foretold(History())[1]


def test_what_is_certain_has_no_range() -> None:
    found = simulate(Business(1234.5, NOBODY), NO_OUTLOOK, "x")
    assert (found.p10, found.p50, found.p90, found.mean) == (1234.5,) * 4


def test_few_opportunities_range_as_all_their_outcomes_do() -> None:
    amounts, odds = [100.0, 250.0, 900.0, 40.0], [0.5, 0.3, 0.6, 0.2]
    outcomes = []
    for won in product((0, 1), repeat=4):
        chance = np.prod([p if w else 1 - p for p, w in zip(odds, won, strict=True)])
        outcomes.append((sum(a * w for a, w in zip(amounts, won, strict=True)), chance))
    outcomes.sort()
    reached = np.cumsum([chance for _, chance in outcomes])
    exact = [outcomes[int(np.searchsorted(reached, share))][0] for share in (0.1, 0.5, 0.9)]
    assert exact == [0.0, 900.0, 1190.0]
    found = simulate(deals(amounts, odds), NO_OUTLOOK, "deals")
    assert [found.p10, found.p50, found.p90] == pytest.approx(exact)


def test_many_opportunities_range_as_the_normal_law_says() -> None:
    random = np.random.default_rng(2)
    amounts, odds = random.gamma(2, 1000, 5000), random.uniform(0.1, 0.9, 5000)
    mean = float((amounts * odds).sum())
    spread = float(np.sqrt((amounts**2 * odds * (1 - odds)).sum()))
    found = simulate(deals(amounts.tolist(), odds.tolist()), NO_OUTLOOK, "many")
    assert found.p50 == pytest.approx(mean, rel=0.005)
    assert found.p90 - found.p10 == pytest.approx(2 * 1.2816 * spread, rel=0.1)


def test_without_a_past_customers_bring_what_is_booked() -> None:
    found = simulate(Business(10.0, units([100.0, 200.0], booked=5.0)), NO_OUTLOOK, "x")
    assert found.mean == 20.0


def test_nobody_brings_less_than_is_booked() -> None:
    past = Outlook((some_donors(),), (1.0,), 0.0)
    found = simulate(Business(0.0, units([1.0], booked=5000.0)), past, "x")
    assert found.p10 == found.p90 == 5000.0


def test_look_alikes_are_drawn_as_their_mean_and_variance_say() -> None:
    donors, those = some_donors(), units([300.0, 800.0, 2500.0])
    drawn = donors.draw(those, 20_000, np.random.default_rng(3)).sum(axis=1)
    mean, variance = donors.moments(those)
    assert drawn.mean() == pytest.approx(mean.sum(), rel=0.02)
    assert drawn.var() == pytest.approx(variance.sum(), rel=0.05)


def test_more_whitespace_than_others_have_brings_more() -> None:
    past = Outlook((some_donors(),), (1.0,), 0.0)
    usual = units([800.0])
    more = Units(usual.bought, usual.since, usual.booked, usual.white * 3)
    assert (
        simulate(Business(0.0, more), past, "x").mean
        > simulate(Business(0.0, usual), past, "x").mean
    )


@given(
    st.lists(st.floats(1, 1e6), min_size=1, max_size=30),
    st.randoms(use_true_random=False),
    st.floats(0.5, 50),
)
def test_ranges_grow_with_the_money_and_not_with_the_order(
    bought: list[float], random: object, factor: float
) -> None:
    past = Outlook((some_donors(),), (1.0,), 0.1)
    first = simulate(Business(7.0, units(bought)), past, "x")
    shuffled = sorted(bought, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert simulate(Business(7.0, units(shuffled)), past, "x") == first
    assert first.p10 <= first.p50 <= first.p90
    scaled = some_donors()
    scaled = Donors(scaled.bought * factor, scaled.owned, scaled.new, scaled.ends, scaled.spread)
    larger = Outlook((scaled,), (1.0,), 0.1)
    times = simulate(Business(7.0 * factor, units([one * factor for one in bought])), larger, "x")
    assert times.mean == pytest.approx(first.mean * factor, rel=0.2)


def test_the_parts_of_a_range_sum_to_its_mean(three_years: Foretold) -> None:
    assert len(three_years.groups) == 1 + 2 + 5 + 1 + 2 + 4 + 2
    for one in three_years.groups:
        parts = one.certain + one.booked + one.continuing + one.weighted + one.first
        assert parts == pytest.approx(one.range.mean, rel=1e-9)
        assert one.range.p10 <= one.range.p50 <= one.range.p90


@pytest.mark.parametrize("dimension", ["tier", "person", "territory", "category", "channel"])
def test_the_groups_of_a_dimension_sum_to_everything(three_years: Foretold, dimension: str) -> None:
    (whole,) = (one for one in three_years.groups if one.dimension == "all")
    groups = [one for one in three_years.groups if one.dimension == dimension]
    assert sum(one.certain for one in groups) == pytest.approx(whole.certain)
    assert sum(one.range.mean for one in groups) == pytest.approx(whole.range.mean, rel=0.05)


def test_the_range_of_a_team_is_drawn_as_a_whole_and_no_sum_of_ranges(
    three_years: Foretold,
) -> None:
    # Two people, 2 and 3, stand below 1.
    (team,) = (one for one in three_years.groups if one.dimension == "below")
    persons = [
        one
        for one in three_years.groups
        if one.dimension == "person" and one.key in ("1", "2", "3")
    ]
    assert team.key == "1"
    assert team.certain == pytest.approx(sum(one.certain for one in persons))
    assert team.range.mean == pytest.approx(sum(one.range.mean for one in persons), rel=0.05)
    # People don't have their bad years together: the team's is narrower than theirs added up.
    width = sum(one.range.p90 - one.range.p10 for one in persons)
    assert 0 < team.range.p90 - team.range.p10 < width


def test_the_same_facts_give_the_same_ranges(three_years: Foretold) -> None:
    assert foretold(History())[1].groups == three_years.groups


@pytest.mark.parametrize("past", [History(), History(growth=1.02), History(wave=0.5, seed=3)])
def test_about_four_of_five_outcomes_fell_inside(past: History) -> None:
    database, _ = foretold(past)
    found = cover(database, horizon_after(past))
    accounts = next(one for one in found if one.dimension == "account")
    groups = [one for one in found if one.dimension != "account"]
    assert accounts.outcomes > 100
    assert 0.7 <= (accounts.share or 0) <= 0.95
    assert sum(one.inside for one in groups) / sum(one.outcomes for one in groups) >= 0.6


def test_times_that_are_judged_overlap_no_other_and_have_a_year_before_them() -> None:
    day = date(2026, 1, 1)
    horizon = Horizon(day, day + timedelta(days=119))
    for known, times in ((1500, 4), (900, 2), (800, 2), (500, 1)):
        past = Past(empty_duckdb(), day - timedelta(days=known), horizon)
        judged = times_judged(past, horizon)
        assert len(judged) == times
        assert all(one.end < later.start for later, one in pairwise([horizon, *judged]))
        assert {one.days for one in judged} == {120}


def test_nothing_after_the_day_is_read() -> None:
    past = History(accounts=60)
    database = history.connection(past)
    start = horizon_after(past).start - timedelta(days=200)
    horizon = Horizon(start, start + timedelta(days=99))
    first = foretell(database, horizon, date(start.year, 1, 1))
    before = first.outlook, cover(database, horizon)
    database.execute(
        f"UPDATE converted_purchases SET converted = 1e9 WHERE date > DATE '{horizon.end}'"
    )
    again = foretell(database, horizon, date(start.year, 1, 1))
    assert [one.range for one in again.groups] == [one.range for one in first.groups]
    for old, new in zip(before[0].donors, again.outlook.donors, strict=True):
        assert np.array_equal(old.owned, new.owned)
    assert cover(database, horizon) == before[1]


def test_no_purchases_at_all_are_no_error() -> None:
    database = history.connection(History(accounts=3))
    database.execute("DELETE FROM converted_purchases")
    horizon = horizon_after(History())
    found = foretell(database, horizon, date(2025, 1, 1))
    assert found.windows is None
    assert {one.certain + one.booked + one.weighted for one in found.groups} == {0.0}
    assert all(one.first > 0 for one in found.groups if one.dimension == "all")
    assert cover(database, horizon) == ()


def test_facts_that_end_early_are_foretold_from_their_end() -> None:
    past = History()
    database = history.connection(past)
    assert known_until(database, past.end) == past.end
    assert known_until(database, past.end + timedelta(days=21)) < past.end + timedelta(days=1)
    database.execute("DELETE FROM converted_purchases")
    assert known_until(database, past.end) == past.end


def test_a_whole_year_is_looked_back_to_where_there_is_one() -> None:
    day = date(2026, 1, 1)
    found = windows_before(Horizon(day, day + timedelta(days=89)), day - timedelta(days=900))
    assert found is not None
    assert (found.base, len(found.cutoffs)) == (365, 5)
    assert found.cutoffs[0] == day - timedelta(days=90)
    short = windows_before(Horizon(day, day + timedelta(days=89)), day - timedelta(days=200))
    assert short is not None
    assert (short.base, len(short.cutoffs)) == (110, 1)
    assert windows_before(Horizon(day, day + timedelta(days=89)), day - timedelta(days=140)) is None


def test_the_horizon_is_the_rest_of_the_year_or_the_next_one_at_its_end() -> None:
    assert horizon_of(date(2026, 11, 22), YEARS) == Horizon(date(2026, 11, 22), date(2026, 12, 31))
    assert horizon_of(date(2026, 12, 20), YEARS) == Horizon(date(2027, 1, 1), date(2027, 12, 31))
    assert horizon_of(date(2029, 1, 1), YEARS) is None
