"""The footprint equals what grouping the purchases says, row by row."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundplan.engine import footprint
from groundplan.engine.footprint import Footprints, write_footprint
from groundplan.engine.layers import write_layer
from groundplan.kernel.errors import InvalidInput

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


def _layer(connection: duckdb.DuckDBPyConnection, folder: Path, bought: Sequence[Row]) -> None:
    connection.execute(
        "CREATE OR REPLACE TABLE bought (account_id BIGINT, product_id BIGINT, date DATE, "
        "amount DECIMAL(18,4), currency VARCHAR, status VARCHAR)"
    )
    if bought:
        connection.executemany("INSERT INTO bought VALUES (?, ?, ?, ?, ?, ?)", bought)
    relation = (
        "SELECT *, NULL AS quantity, '' AS channel, '' AS order_id, "
        "NULL AS owner_id, 1 AS source_id, 1 AS run_id, '' AS file, 1 AS line FROM bought"
    )
    write_layer(connection, relation, folder, shard_size=4)


def _footprint(folder: Path, bought: Sequence[Row], how: Footprints) -> tuple[Any, Any]:
    connection = duckdb.connect()
    _layer(connection, folder / "layer", bought)
    connection.execute("CREATE TABLE rates (currency VARCHAR, date DATE, rate DECIMAL(18,8))")
    connection.execute(
        "INSERT INTO rates VALUES ('EUR', '2025-01-01', 1.1), ('EUR', '2025-07-01', 1.3)"
    )
    write_footprint(connection, folder / "layer", folder / "footprint", how)
    found = connection.execute(
        f"FROM read_parquet('{folder}/footprint/*.parquet') "
        "ORDER BY account_id, product_id NULLS FIRST"
    ).fetchall()
    return found, connection.execute(ORACLE, {"day": how.as_of}).fetchall()


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(bought=rows, batch=st.integers(1, 8))
def test_sums_of_cells_are_those_of_grouping(
    tmp_path_factory: pytest.TempPathFactory, bought: Sequence[Row], batch: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(footprint, "ROW_GROUP", batch)
        found, expected = _footprint(
            tmp_path_factory.mktemp("case"), bought, Footprints(AS_OF, "USD", foreign=False)
        )
    assert found == expected


def test_a_leap_day_is_a_year_old_on_the_last_of_february(tmp_path: Path) -> None:
    first = date(2024, 2, 29)
    bought = [
        (1, 1, first, Decimal(1), "", "recognised"),
        (1, 1, date(2025, 2, 27), Decimal(2), "", "recognised"),
        (1, 1, date(2025, 2, 28), Decimal(4), "", "recognised"),
    ]
    found, expected = _footprint(tmp_path, bought, Footprints(AS_OF, "USD", foreign=False))
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
    [row], _ = _footprint(tmp_path, bought, Footprints(AS_OF, "USD", foreign=True))
    _, _, first_on, _, _, purchases, amount, *_ = row
    assert (first_on, purchases, amount) == (date(2024, 12, 31), 5, Decimal(110 + 130 + 5))


def test_amounts_that_would_wrap_are_refused(tmp_path: Path) -> None:
    huge = Decimal("99999999999999")
    bought = [(1, 1, AS_OF - timedelta(day), huge, "", "recognised") for day in range(12)]
    with pytest.raises(InvalidInput):
        _footprint(tmp_path, bought, Footprints(AS_OF, "USD", foreign=False))
