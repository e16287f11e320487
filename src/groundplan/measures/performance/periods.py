"""Adds up purchases and open opportunities by account, person and fiscal period."""

from datetime import date

import duckdb

from groundplan.engine.stages import run_stages

_DATING = ("digits", "days", "opportunity_lines")
_TOTALLING = ("quota_months", "performance_months", "performance", "account_offers")


def date_offers(connection: duckdb.DuckDBPyConnection, *, as_of: date) -> None:
    """Leave `days` (each day's fiscal month and quarter) and `opportunity_lines` behind.

    Reads `periods` and `opportunities`.
    """
    run_stages(connection, __package__, _DATING, {"as_of": as_of})


def total_performance(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave `performance_months` and `performance` (quarters) behind, a row a person and period.

    Reads what `date_offers` left, `periods`, `quotas` and `owner_months` (purchases by the person
    credited and month). Also leaves `account_offers` (the opportunity lines by account, person and
    quarter).
    """
    run_stages(connection, __package__, _TOTALLING)


def quarters_sql(revenue: str, offers: str) -> str:
    """A SELECT of what accounts bought and could buy by fiscal quarter, to be summed up.

    `revenue` and `offers` are table expressions with the columns of the snapshot's `revenue` and of
    `account_offers`. Yields account_id, owner_id (the person credited), quarter (FY2027-Q1),
    recognised, backlog, weighted, open_amount; an account, person and quarter may have two rows.
    """
    return (
        "SELECT account_id, owner_id,"
        " 'FY' || CAST(quarter_id // 10 AS VARCHAR)"
        " || '-Q' || CAST(quarter_id % 10 AS VARCHAR) AS quarter,"
        " recognised, backlog, 0 AS weighted, 0 AS open_amount"
        f" FROM {revenue} UNION ALL"
        " SELECT account_id, owner_id, quarter, 0 AS recognised, 0 AS backlog, weighted,"
        f" open_amount FROM {offers}"
    )
