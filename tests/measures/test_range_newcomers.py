"""What comes from those who never bought: from prospects in the book, and from strangers to it."""

from datetime import date, timedelta

import duckdb
import numpy as np
import pytest

from groundplan.measures.ranges import Foretold, Horizon, foretell
from groundplan.measures.ranges.contracts import Windows
from groundplan.measures.ranges.history import NEVER, Watched
from groundplan.measures.ranges.newcomers import arriving

from . import history
from .history import History

KNOWN = date(2026, 1, 1)
HORIZON = Horizon(KNOWN, KNOWN + timedelta(days=90))


def arrivals(prospects: int) -> duckdb.DuckDBPyConnection:
    """Two customers begin every week, of persons 1 to 5 in turn, buy for 100 and never again; with
    so many accounts in the book that never bought."""
    database = history.connection(History(accounts=1, months=1))
    for name in ("converted_purchases", "accounts", "account_whitespace", "account_tiers"):
        database.execute(f"DELETE FROM {name}")
    database.execute(
        "INSERT INTO converted_purchases SELECT range + 1, 1,"
        f" CAST(DATE '{KNOWN}' - CAST((range * 7) // 2 + 1 AS INTEGER) AS DATE), 100, 'direct'"
        " FROM range(300)"
    )
    count = 300 + prospects
    database.execute(f"INSERT INTO accounts SELECT range, 1 + range % 5 FROM range(1, {count + 1})")
    database.execute("INSERT INTO account_whitespace SELECT account_id, 10 FROM accounts")
    database.execute("INSERT INTO account_tiers SELECT account_id, 'A' FROM accounts")
    return database


def first_of(found: Foretold, dimension: str) -> dict[str, float]:
    return {one.key: one.first for one in found.groups if one.dimension == dimension}


@pytest.mark.parametrize("prospects", [0, 40, 4000])
def test_as_many_newcomers_are_expected_as_came_the_last_time(prospects: int) -> None:
    found = foretell(arrivals(prospects), HORIZON, KNOWN)
    assert first_of(found, "all") == pytest.approx({"all": 2600.0}, rel=0.01)
    for dimension in ("person", "territory", "category", "channel"):
        assert sum(first_of(found, dimension).values()) == pytest.approx(2600.0, rel=0.01)


def test_prospects_in_the_book_bring_what_their_share_of_all_who_might_come_is() -> None:
    # In the 91 days before, 26 of those who had not bought came: now 40 of what were 66 are left.
    found = foretell(arrivals(40), HORIZON, KNOWN)
    assert first_of(found, "tier")["A"] == pytest.approx(2600 * 40 / 66, rel=0.01)
    # Nobody's accounts are all customers of today: strangers alone are to come.
    assert first_of(foretell(arrivals(0), HORIZON, KNOWN), "tier") == {"A": 0.0}


def window(newcomers: int) -> Watched:
    count = newcomers + 1
    begun = np.full(count, 50.0)
    since = np.full(count, NEVER)
    begun[0], since[0] = 0.0, 10
    nothing = np.zeros(count)
    return Watched(
        np.arange(count), np.full(count, "", object), nothing, since, nothing, begun, nothing, count
    )


@pytest.mark.parametrize(
    ("now", "then", "most", "least"),
    [(400, 200, 1.42, 1.15), (200, 400, 0.87, 0.7), (4, 2, 1.1, 1.0), (300, 300, 1.0, 1.0)],
)
def test_of_a_trend_of_arrivals_a_part_goes_on_and_of_few_less(
    now: int, then: int, most: float, least: float
) -> None:
    cutoffs = tuple(KNOWN - timedelta(days=91 * back) for back in range(1, 6))
    watched = [window(now), *(window(1000) for _ in range(3)), window(then)]
    found = arriving(watched, Windows(cutoffs, 365, 91), 365)
    assert least <= found <= most


def test_arrivals_of_another_season_tell_nothing() -> None:
    cutoffs = (KNOWN - timedelta(days=91), KNOWN - timedelta(days=182))
    assert arriving([window(400), window(100)], Windows(cutoffs, 365, 91), 91) == 1.0
