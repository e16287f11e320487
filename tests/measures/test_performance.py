"""Performance by person, account and fiscal period, and what an account is expected to bring."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.kernel.periods import FiscalCalendar, Period
from groundplan.measures import expected_revenue, performance

from .facts import AS_OF, Bought, Facts, connection, insert

JANUARY = FiscalCalendar()
YEARS = range(2024, 2029)


def run(
    facts: Facts,
    cut: FiscalCalendar = JANUARY,
    quotas: list[tuple[int, date, date, Decimal]] | None = None,
    deals: list[tuple[int, int | None, float, Decimal | None, date | None]] | None = None,
) -> duckdb.DuckDBPyConnection:
    database = connection(facts)
    periods = [period for year in YEARS for period in cut.periods(year)]
    insert(database, "periods", [_row(period) for period in periods])
    insert(database, "quotas", quotas or [])
    rows = [
        (place, account, None, owner, "open", probability, amount, close_on)
        for place, (account, owner, probability, amount, close_on) in enumerate(deals or [])
    ]
    insert(database, "opportunities", rows)
    for name, period in (("owner_months", "month"), ("shard_revenue", "quarter")):
        database.execute(_REVENUE.format(name=name, period=period))
    performance.date_offers(database, as_of=AS_OF)
    performance.total_performance(database)
    quarters = performance.quarters_sql("shard_revenue", "account_offers")
    database.execute(f"CREATE VIEW account_quarters AS {quarters}")
    return database


_REVENUE = """
    CREATE VIEW {name} AS
    SELECT b.account_id, coalesce(b.owner_id, a.owner_id) AS owner_id,
        p.fiscal_year * CASE p.kind WHEN 'month' THEN 100 ELSE 10 END + p.number AS {period}_id,
        coalesce(sum(b.amount) FILTER (b.status = 'recognised'), 0) AS recognised,
        coalesce(sum(b.amount) FILTER (b.status = 'backlog'), 0) AS backlog
    FROM purchases AS b
    JOIN accounts AS a USING (account_id)
    JOIN periods AS p ON p.kind = '{period}' AND b.date BETWEEN p.starts_on AND p.ends_on
    GROUP BY ALL
"""


def _row(period: Period) -> tuple[object, ...]:
    return (
        period.key,
        period.kind,
        period.fiscal_year,
        period.number,
        period.starts_on,
        period.ends_on,
    )


calendars = st.builds(FiscalCalendar, st.integers(1, 12), st.sampled_from(["months", "445"]))
purchases = st.builds(
    Bought,
    account=st.integers(1, 3),
    product=st.just(1),
    on=st.dates(date(2025, 1, 1), date(2027, 6, 1)),
    amount=st.decimals(-1_000, 10_000, places=4),
    status=st.sampled_from(["recognised", "backlog"]),
    owner=st.sampled_from([None, 7, 8]),
)


@given(calendars, st.lists(purchases, max_size=20))
@settings(max_examples=6, deadline=None)
def test_months_quarters_and_accounts_add_up_to_the_purchases_in_any_fiscal_year(
    cut: FiscalCalendar, bought: list[Bought]
) -> None:
    facts = Facts(accounts=3, products=1, purchases=bought, owners={1: 7, 2: 8})
    database = run(facts, cut)
    wanted = tuple(
        sum((one.amount for one in bought if one.status == status), Decimal(0))
        for status in ("recognised", "backlog")
    )
    for table in ("performance", "performance_months", "account_quarters"):
        row = database.execute(
            f"SELECT COALESCE(SUM(recognised), 0), COALESCE(SUM(backlog), 0) FROM {table}"
        ).fetchone()
        assert row == wanted, table


@given(
    calendars,
    st.dates(date(2025, 1, 1), date(2026, 6, 30)),
    st.dates(date(2026, 7, 1), date(2027, 6, 30)),
    st.decimals(1, 10_000_000, places=4),
)
@settings(max_examples=6, deadline=None)
def test_quarters_of_a_quota_add_up_to_it_exactly(
    cut: FiscalCalendar, first: date, last: date, amount: Decimal
) -> None:
    database = run(Facts(), cut, quotas=[(7, first, last, amount)])
    assert database.execute("SELECT SUM(goal) FROM performance").fetchone() == (amount,)


def test_the_worked_example_of_the_specification() -> None:
    """A quota of 73,000 for 2026: by days, 90 of 365 fall into the first quarter."""
    facts = Facts(accounts=2, products=1, owners={1: 7, 2: 8})
    facts.purchases = [
        Bought(1, 1, date(2026, 2, 1), Decimal(1_000)),
        Bought(1, 1, date(2026, 2, 2), Decimal(300), "backlog"),
        Bought(1, 1, date(2026, 3, 31), Decimal(50), owner=8),
    ]
    database = run(
        facts,
        quotas=[(7, date(2026, 1, 1), date(2026, 12, 31), Decimal(73_000))],
        deals=[
            (1, 7, 0.4, Decimal(500), date(2026, 12, 31)),
            (1, 7, 0.5, Decimal(200), date(2026, 1, 1)),
            (2, 8, 0.1, Decimal(100), None),
            (2, 8, 0.5, None, date(2026, 12, 1)),
            (2, 8, 0.9, Decimal(100), date(2027, 3, 1)),
        ],
    )
    rows = database.execute(
        "SELECT owner_id, quarter, goal, recognised, backlog, weighted, open_amount"
        " FROM performance WHERE quarter LIKE 'FY2026%' ORDER BY owner_id, quarter"
    ).fetchall()
    assert [tuple(map(_plain, row)) for row in rows] == [
        (7, "FY2026-Q1", 18_000, 1_000, 300, 0, 0),
        (7, "FY2026-Q2", 18_200, 0, 0, 0, 0),
        (7, "FY2026-Q3", 18_400, 0, 0, 0, 0),
        # The overdue opportunity counts on the day of the snapshot, 1 November.
        (7, "FY2026-Q4", 18_400, 0, 0, 300, 700),
        (8, "FY2026-Q1", 0, 50, 0, 0, 0),
        (8, "FY2026-Q4", 0, 0, 0, 10, 100),
    ]
    database.execute(
        "CREATE TABLE account_whitespace AS SELECT account_id,"
        " CAST(account_id * 1000 AS DECIMAL(18, 4)) AS whitespace FROM accounts"
    )
    expected_revenue.expect_revenue(database, as_of=AS_OF)
    found = database.execute(
        "SELECT account_id, weighted, expected FROM account_expected ORDER BY account_id"
    ).fetchall()
    assert [tuple(map(_plain, row)) for row in found] == [(1, 300, 1_300), (2, 10, 2_010)]


def test_what_nobody_owns_is_credited_to_nobody() -> None:
    facts = Facts(accounts=1, products=1, purchases=[Bought(1, 1, date(2026, 5, 5))])
    row = run(facts).execute("SELECT owner_id, recognised FROM performance").fetchone()
    assert row == (None, 100)


def test_an_account_and_quarter_keeps_purchases_and_pipeline_of_one_person_together() -> None:
    facts = Facts(accounts=1, products=1, purchases=[Bought(1, 1, date(2026, 11, 1))])
    database = run(facts, deals=[(1, None, 0.5, Decimal(10), date(2026, 12, 1))])
    rows = database.execute(
        "SELECT account_id, owner_id, quarter, SUM(recognised), SUM(weighted)"
        " FROM account_quarters GROUP BY ALL"
    ).fetchall()
    assert rows == [(1, None, "FY2026-Q4", 100, 5)]


@pytest.mark.parametrize("table", ["performance", "performance_months", "account_quarters"])
def test_without_facts_there_is_no_performance(table: str) -> None:
    assert run(Facts()).execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (0,)


def _plain(value: object) -> object:
    return int(value) if isinstance(value, Decimal) and value == int(value) else value
