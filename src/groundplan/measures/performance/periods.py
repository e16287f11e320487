"""Adds up purchases and open opportunities by account, person and fiscal period."""

from datetime import date

import duckdb

from groundplan.engine.stages import run_stages

_STAGES = (
    "digits",
    "days",
    "opportunity_lines",
    "quota_months",
    "performance_months",
    "performance",
    "quarter_keys",
    "quarter_offers",
)


def measure_performance(connection: duckdb.DuckDBPyConnection, *, as_of: date) -> None:
    """Leave `performance_months` and `performance` (quarters) behind, a row a person and period.

    Reads `periods`, `opportunities`, `quotas` and `owner_months` (purchases by the person credited
    and month). Also leaves `days` (each day's fiscal month and quarter) and `opportunity_lines`.
    """
    run_stages(connection, __package__, _STAGES, {"as_of": as_of})


def fill_shard(
    connection: duckdb.DuckDBPyConnection, *, first_account: int, last_account: int
) -> None:
    """Leave `account_quarters` of the accounts from `first_account` to `last_account` behind.

    After `measure_performance`. Reads `shard_revenue`: their purchases by account, person credited
    and quarter.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW shard_offers AS SELECT * FROM quarter_offers"
        f" WHERE account_id BETWEEN {first_account:d} AND {last_account:d}"
    )
    run_stages(connection, __package__, ("account_quarters",))
