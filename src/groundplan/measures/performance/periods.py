"""Adds up purchases and open opportunities by account, person and fiscal period, by shard."""

from datetime import date

import duckdb

from groundplan.engine.stages import run_stages

from .summing import shard_of, sum_shard

_AMOUNTS = "recognised DECIMAL(18, 4), backlog DECIMAL(18, 4)"


def prepare(connection: duckdb.DuckDBPyConnection, *, as_of: date) -> None:
    """Read `periods`, `opportunities` and `quotas`; make the tables that `fill_shard` adds to.

    Leaves `days` (each day's fiscal month and quarter) and `opportunity_lines` behind.
    """
    names = ("digits", "days", "opportunity_lines", "quota_months")
    run_stages(connection, __package__, names, {"as_of": as_of})
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE owner_months (owner_id BIGINT, month_id INTEGER, {_AMOUNTS})"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE account_years (account_id BIGINT, {_AMOUNTS})"
    )


def fill_shard(
    connection: duckdb.DuckDBPyConnection, *, as_of: date, first_account: int, last_account: int
) -> None:
    """Add the accounts from `first_account` to `last_account`, both included.

    Reads `shard_purchases`: their purchases with `converted`, the amount in one currency (NULL
    where there is no rate, then it is left out). Leaves `account_quarters` of these accounts
    behind and adds to `owner_months` and `account_years`.
    """
    quarters, months = sum_shard(connection, shard_of(connection, first_account, last_account))
    connection.register("account_quarters", quarters)
    connection.register("shard_months", months)
    run_stages(connection, __package__, ("shard_years",), {"as_of": as_of})
    connection.execute("INSERT INTO owner_months SELECT * FROM shard_months")
    connection.execute("INSERT INTO account_years SELECT * FROM shard_years")


def finish(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave `performance_months` and `performance` (quarters) behind, once all was filled."""
    run_stages(connection, __package__, ("performance_months", "performance"))
