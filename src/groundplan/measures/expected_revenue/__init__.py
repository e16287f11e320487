"""What an account is expected to bring: weighted pipeline and whitespace together."""

from datetime import date

import duckdb

from groundplan.engine.stages import run_stages

__all__ = ["expect_revenue"]


def expect_revenue(connection: duckdb.DuckDBPyConnection, *, as_of: date) -> None:
    """Leave `account_expected` behind: one row an account, amounts in one currency.

    Reads `account_whitespace` of the whitespace measure, `opportunity_lines` and `days` of the
    performance measure.
    """
    names = ("weighted_pipeline", "account_expected")
    run_stages(connection, __package__, names, {"as_of": as_of})
