"""Ranges of quarters: watched as far ahead as they lie, each counted once, held to their past."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.measures.ranges import (
    Coverage,
    Foretold,
    GroupRange,
    Horizon,
    foretell,
    foretell_quarters,
    quarters_of,
)
from groundplan.measures.ranges.contracts import Windows
from groundplan.measures.ranges.past import Past, past_of

from . import history
from .history import FIRST_DAY, History

Quarters = list[tuple[date, date]]
Drawn = tuple[tuple[Horizon, ...], list[tuple[Foretold, tuple[Coverage, ...]]]]


def calendar_quarters(first: int = 2023, last: int = 2029) -> Quarters:
    starts = [date(year, month, 1) for year in range(first, last) for month in (1, 4, 7, 10)]
    return [(one, after - timedelta(days=1)) for one, after in pairwise(starts)]


def drawn(past: History, count: int = 5) -> Drawn:
    database = history.connection(past)
    database.execute(BOOKED)
    database.execute(OPEN.format(known=past.end))
    ahead = [one for one in calendar_quarters() if one[1] >= past.end]
    horizons = quarters_of(past.end, ahead)[:count]
    return horizons, foretell_quarters(database, horizons, ahead[0][0])


BOOKED = """
    INSERT INTO converted_purchases
    SELECT account_id, 1, CAST(DATE '2026-01-15' + CAST(account_id * 2 AS INTEGER) AS DATE),
           10, 'direct'
    FROM accounts
"""
OPEN = """
    INSERT INTO opportunities
    SELECT account_id, account_id, 1, 'open', 0.5, 100, DATE '2025-06-01',
           CASE WHEN account_id % 5 > 0
                THEN CAST(DATE '{known}' + CAST(account_id * 2 - 30 AS INTEGER) AS DATE) END,
           NULL, 'direct'
    FROM accounts
"""


NOTHING = duckdb.connect()


@pytest.fixture(scope="module")
def five() -> Drawn:
    return drawn(History())


def whole(found: Foretold) -> GroupRange:
    return next(one for one in found.groups if one.dimension == "all")


@given(st.dates(date(2023, 1, 1), date(2027, 6, 30)))
def test_quarters_follow_one_another_from_the_first_day_not_known(known: date) -> None:
    horizons = quarters_of(known, calendar_quarters())
    assert len(horizons) == 5
    assert horizons[0].start == known
    assert {one.known for one in horizons} == {known}
    for one, after in pairwise(horizons):
        assert after.start == one.end + timedelta(days=1)
        assert after.ahead == one.span


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 4))
def test_no_window_reaches_into_what_is_not_known(known: date, count: int) -> None:
    horizons = quarters_of(known, calendar_quarters())[: count + 1]
    past = Past(NOTHING, FIRST_DAY, *horizons)
    for horizon in horizons:
        back = horizon.seen_from(past.before(horizon))
        for one in (horizon, back):
            windows = past.windows(one)
            assert windows is not None
            assert all(windows.watched(cutoff)[1] <= one.known for cutoff in windows.cutoffs)
        assert back.end < known


def example() -> duckdb.DuckDBPyConnection:
    """The worked example of the specification: one account, and days without anybody."""
    database = history.connection(History(accounts=1, months=1))
    database.execute("DELETE FROM converted_purchases")
    lines = (
        (1, "2025-09-01", 150),
        (1, "2026-05-31", 50),
        (1, "2026-06-15", 50),
        (1, "2026-08-01", 80),
        (2, "2026-10-01", 30),
        (1, "2026-10-30", 70),
    )
    for product, day, amount in lines:
        database.execute(
            f"INSERT INTO converted_purchases VALUES (1, {product}, '{day}', {amount}, 'direct')"
        )
    return database


def test_a_quarter_is_watched_as_far_after_a_day_as_it_lies_ahead() -> None:
    known, cutoff = date(2026, 11, 1), date(2026, 6, 1)
    horizons = quarters_of(known, calendar_quarters())[:2]
    past = past_of(example(), *horizons)
    assert past is not None
    running = Windows((cutoff,), 365, horizons[0].days)
    ahead = Windows((cutoff,), 365, horizons[1].days, horizons[1].ahead)
    assert ahead.watched(cutoff) == (date(2026, 8, 1), date(2026, 10, 30))
    found = past.watch("account", ahead, cutoff)
    assert (found.bought[0], found.since[0]) == (200, 1)
    assert (found.followed[0] / 200, found.first_bought[0] / 200) == (0.4, 0.15)
    now = past.watch("account", running, cutoff)
    assert (now.followed[0], now.first_bought[0]) == (50, 0)


def followed(
    rows: list[tuple[int, int, date, float]], windows: Windows, cutoff: date
) -> Iterator[tuple[int, float, float]]:
    """The oracle: what each account bought again and anew, line by line."""
    first, last = windows.watched(cutoff)
    for account in sorted({row[0] for row in rows}):
        mine = [row for row in rows if row[0] == account]
        base = [row for row in mine if windows.looks_back_to(cutoff) <= row[2] < cutoff]
        owned = {row[1] for row in base}
        came = [row for row in mine if first <= row[2] < last]
        again = sum(row[3] for row in came if row[1] in owned)
        yield account, again, sum(row[3] for row in came) - again


def test_what_followed_is_what_the_lines_say() -> None:
    database = history.connection(History(accounts=25))
    horizons = quarters_of(History().end, calendar_quarters())
    past = past_of(database, *horizons)
    assert past is not None
    rows = database.execute(
        "SELECT account_id, product_id, date, CAST(converted AS DOUBLE) FROM converted_purchases"
    ).fetchall()
    for horizon in horizons:
        windows = past.windows(horizon)
        assert windows is not None
        for cutoff in windows.cutoffs[::3]:
            found = past.watch("account", windows, cutoff)
            told = {
                int(account): (again, anew)
                for account, again, anew in zip(
                    found.account, found.followed, found.first_bought, strict=True
                )
            }
            for account, again, anew in followed(rows, windows, cutoff):
                assert told.get(account, (0, 0)) == pytest.approx((again, anew), abs=0.01)


def test_a_single_quarter_that_runs_is_ranged_as_the_rest_of_a_year_is() -> None:
    (horizon,), ((found, covered),) = drawn(History(accounts=30), count=1)
    database = history.connection(History(accounts=30))
    database.execute(BOOKED)
    database.execute(OPEN.format(known=horizon.known))
    same = foretell(database, horizon, date(2025, 10, 1))
    assert found.groups == same.groups
    assert covered


def test_each_quarter_has_its_own_bookings_and_opportunities(
    five: Drawn,
) -> None:
    horizons, found = five
    known, last = horizons[0].known, horizons[-1].end
    days = [date(2026, 1, 15) + timedelta(days=2 * account) for account in range(1, 151)]
    closing = [
        known + timedelta(days=2 * account - 30) if account % 5 else None
        for account in range(1, 151)
    ]
    for horizon, (one, _) in zip(horizons, found, strict=True):
        booked = sum(10 for day in days if horizon.start <= day <= horizon.end)
        assert whole(one).booked == pytest.approx(booked)
        # What is overdue or has no day is to close in the quarter that runs.
        due = [max(day, known) if day else known for day in closing]
        weighted = sum(50 for day in due if horizon.start <= day <= horizon.end)
        assert whole(one).weighted == pytest.approx(weighted)
    assert sum(whole(one).booked for one, _ in found) == 10 * sum(
        known <= day <= last for day in days
    )
    assert whole(found[0][0]).certain > 0
    assert {whole(one).certain for one, _ in found[1:]} == {0.0}


def test_the_parts_of_every_quarter_sum_to_the_mean_of_its_range(
    five: Drawn,
) -> None:
    for one, _ in five[1]:
        assert len(one.groups) == 1 + 2 + 5 + 1 + 2 + 4 + 2
        for group in one.groups:
            drawn_ = group.range
            parts = group.certain + group.booked + group.weighted + group.first
            assert parts + group.continuing == pytest.approx(drawn_.mean, rel=1e-9)
            assert drawn_.p10 <= drawn_.p50 <= drawn_.p90


def test_the_further_ahead_a_quarter_lies_the_more_all_accounts_may_move(
    five: Drawn,
) -> None:
    shifts = [one.outlook.shared for one, _ in five[1][1:]]
    assert shifts == sorted(shifts)


def test_about_four_of_five_outcomes_of_quarters_fell_inside(
    five: Drawn,
) -> None:
    for _, covered in five[1]:
        accounts = next(one for one in covered if one.dimension == "account")
        groups = [one for one in covered if one.dimension != "account"]
        assert accounts.outcomes > 100
        assert (accounts.share or 0) >= 0.7
        assert sum(one.inside for one in groups) / sum(one.outcomes for one in groups) >= 0.6


def test_a_quarter_too_far_ahead_for_its_history_says_so() -> None:
    _, found = drawn(History(accounts=40, months=12))
    near, far = found[0][0], found[-1][0]
    assert near.windows is not None
    assert far.windows is None
    assert found[-1][1] == ()
    assert far.outlook.donors == ()


def test_purchases_of_the_days_to_come_teach_nothing() -> None:
    database = history.connection(History(accounts=30))
    known = History().end - timedelta(days=500)
    horizons = quarters_of(known, calendar_quarters())[:2]
    before = foretell_quarters(database, horizons, known)
    database.execute(f"DELETE FROM converted_purchases WHERE date >= DATE '{known}'")
    for (one, covered), (bare, again) in zip(
        before, foretell_quarters(database, horizons, known), strict=True
    ):
        for old, new in zip(one.outlook.donors, bare.outlook.donors, strict=True):
            assert np.array_equal(old.owned, new.owned)
        assert covered == again
