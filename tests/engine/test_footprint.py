"""The footprint equals what grouping the purchases says, row by row."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.duck import empty_duckdb

from groundplan.engine.layers import write_layer
from groundplan.engine.sums import batches as reading
from groundplan.engine.sums.footprint import Summing, write_sums
from groundplan.engine.sums.revenue import FiscalDays, Owners
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.periods import FiscalCalendar, covering

AS_OF = date(2026, 3, 1)

ORACLE = """
WITH dated AS (
    SELECT *, min(date) OVER (PARTITION BY account_id, product_id) AS first_on FROM bought
)
SELECT account_id, product_id, first_on, max(date),
    max(date) FILTER (status = 'recognised' AND date <= $day), count(*), sum(amount),
    coalesce(sum(amount) FILTER (
        status = 'recognised' AND date >= $day - INTERVAL 12 MONTH AND date < $day), 0),
    coalesce(sum(amount) FILTER (
        status = 'recognised' AND date >= $day - INTERVAL 24 MONTH
        AND date < $day - INTERVAL 12 MONTH), 0),
    sum(amount) FILTER (date < first_on + INTERVAL 12 MONTH)
FROM dated GROUP BY account_id, product_id, first_on
ORDER BY account_id, product_id NULLS FIRST
"""

REVENUE = """
WITH placed AS (
    SELECT b.account_id, coalesce(b.owner_id, o.owner_id) AS owner_id, amount, status,
        year(date) * 10 + quarter(date) AS quarter_id, year(date) * 100 + month(date) AS month_id
    FROM bought AS b JOIN owners AS o ON o.account_id = b.account_id
    WHERE date BETWEEN DATE '2024-01-01' AND DATE '2026-12-31'
)
SELECT {key}, coalesce(sum(amount) FILTER (status = 'recognised'), 0),
    coalesce(sum(amount) FILTER (status = 'backlog'), 0)
FROM placed GROUP BY ALL ORDER BY ALL
"""
TOTALS = """
SELECT account_id, sum(amount_12m), sum(amount_prior_12m), count(product_id),
    count(product_id) FILTER (first_on < DATE '2025-03-01'),
    max(CASE WHEN first_on < DATE '2025-03-01' THEN 1 ELSE 0 END),
    min(first_on), max(last_on), max(recognised_on),
    coalesce((SELECT sum(amount) FROM bought AS b WHERE b.account_id = f.account_id
        AND status = 'recognised' AND year(date) = 2026 AND b.account_id <= 4), 0),
    coalesce((SELECT sum(amount) FROM bought AS b WHERE b.account_id = f.account_id
        AND status = 'backlog' AND year(date) = 2026 AND b.account_id <= 4), 0)
FROM footprint AS f GROUP BY account_id ORDER BY account_id
"""
OWNERS = Owners(np.array([1, 2, 3, 4]), np.array([7, 7, 8, 0]))
"""Accounts 5 and 6 aren't in the book."""

Row = tuple[int, int | None, date, Decimal, str, str]

rows = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.none() | st.integers(1, 3),
        st.dates(date(2023, 1, 1), date(2026, 6, 1)),
        st.decimals(-1000, 1000, places=4),
        st.just(""),
        st.sampled_from(["recognised", "backlog"]),
    ),
    max_size=40,
)


def _layer(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    bought: Sequence[Row],
    owners: Sequence[int | None],
) -> None:
    connection.execute(
        "CREATE OR REPLACE TABLE bought (account_id BIGINT, product_id BIGINT, date DATE, "
        "amount DECIMAL(18,4), currency VARCHAR, status VARCHAR, owner_id BIGINT)"
    )
    if bought:
        lines = [(*row, owner) for row, owner in zip_longest(bought, owners[: len(bought)])]
        connection.executemany("INSERT INTO bought VALUES (?, ?, ?, ?, ?, ?, ?)", lines)
    relation = (
        "SELECT *, NULL AS quantity, '' AS channel, '' AS order_id, "
        "1 AS source_id, 1 AS run_id, '' AS file, 1 AS line FROM bought"
    )
    write_layer(connection, relation, folder, shard_size=4)


def summing(currency: str = "USD", *, foreign: bool = False) -> Summing:
    days = FiscalDays.of(covering(FiscalCalendar(), date(2024, 1, 1), AS_OF))
    return Summing(AS_OF, currency, foreign, days, OWNERS, 2026)


def _summed(
    folder: Path, bought: Sequence[Row], how: Summing, owners: Sequence[int | None] = ()
) -> duckdb.DuckDBPyConnection:
    """A database with `bought`, `owners`, and what was written as tables."""
    connection = empty_duckdb()
    _layer(connection, folder / "purchases", bought, owners)
    connection.execute("CREATE TABLE rates (currency VARCHAR, date DATE, rate DECIMAL(18,8))")
    connection.execute(
        "INSERT INTO rates VALUES ('EUR', '2025-01-01', 1.1), ('EUR', '2025-07-01', 1.3)"
    )
    connection.execute(
        "CREATE TABLE owners AS FROM (VALUES (1, 7), (2, 7), (3, 8), (4, NULL)) "
        "AS held (account_id, owner_id)"
    )
    files = write_sums(connection, folder, how)
    assert all((folder / file.path).is_file() for file in files)
    for name in ("footprint/*", "revenue/*", "owner_months", "account_totals"):
        table = name.removesuffix("/*")
        connection.execute(f"CREATE TABLE {table} AS FROM read_parquet('{folder}/{name}.parquet')")
    return connection


def _footprint(folder: Path, bought: Sequence[Row], how: Summing) -> tuple[Any, Any]:
    connection = _summed(folder, bought, how)
    found = connection.execute(
        "FROM footprint ORDER BY account_id, product_id NULLS FIRST"
    ).fetchall()
    return found, connection.execute(ORACLE, {"day": how.as_of}).fetchall()


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(bought=rows, batch=st.integers(1, 8))
def test_sums_of_cells_are_those_of_grouping(
    tmp_path_factory: pytest.TempPathFactory, bought: Sequence[Row], batch: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "ROW_GROUP", batch)
        found, expected = _footprint(tmp_path_factory.mktemp("case"), bought, summing())
    assert found == expected


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(
    bought=rows,
    owners=st.lists(st.sampled_from([None, 7, 9]), max_size=40),
    batch=st.integers(1, 8),
)
def test_revenue_and_totals_are_those_of_grouping(
    tmp_path_factory: pytest.TempPathFactory,
    bought: Sequence[Row],
    owners: Sequence[int | None],
    batch: int,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "ROW_GROUP", batch)
        connection = _summed(tmp_path_factory.mktemp("case"), bought, summing(), owners)
    for table, key in (
        ("revenue", "account_id, owner_id, quarter_id"),
        ("owner_months", "owner_id, month_id"),
    ):
        expected = connection.execute(REVENUE.format(key=key)).fetchall()
        assert connection.execute(f"FROM {table} ORDER BY ALL").fetchall() == expected
    assert (
        connection.execute("FROM account_totals ORDER BY account_id").fetchall()
        == connection.execute(TOTALS).fetchall()
    )


def test_a_leap_day_is_a_year_old_on_the_last_of_february(tmp_path: Path) -> None:
    first = date(2024, 2, 29)
    bought = [
        (1, 1, first, Decimal(1), "", "recognised"),
        (1, 1, date(2025, 2, 27), Decimal(2), "", "recognised"),
        (1, 1, date(2025, 2, 28), Decimal(4), "", "recognised"),
    ]
    found, expected = _footprint(tmp_path, bought, summing())
    assert found == expected
    assert found[0][-1] == 3


def test_foreign_amounts_count_at_the_rate_of_their_day_and_without_one_as_nothing(
    tmp_path: Path,
) -> None:
    bought = [
        (1, 1, date(2024, 12, 31), Decimal(100), "EUR", "recognised"),
        (1, 1, date(2025, 6, 30), Decimal(100), "EUR", "recognised"),
        (1, 1, date(2025, 7, 1), Decimal(100), "EUR", "recognised"),
        (1, 1, date(2025, 7, 1), Decimal(5), "USD", "recognised"),
        (1, 1, date(2025, 7, 1), Decimal(7), "GBP", "recognised"),
    ]
    [row], _ = _footprint(tmp_path, bought, summing(foreign=True))
    _, _, first_on, _, _, purchases, amount, *_ = row
    assert (first_on, purchases, amount) == (date(2024, 12, 31), 5, Decimal(110 + 130 + 5))


def test_amounts_that_would_wrap_are_refused(tmp_path: Path) -> None:
    huge = Decimal("99999999999999")
    bought = [(1, 1, AS_OF - timedelta(day), huge, "", "recognised") for day in range(12)]
    with pytest.raises(InvalidInput):
        _footprint(tmp_path, bought, summing())
