"""Accounts by quarter: revenue of the snapshot and open opportunities of the results together."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import duckdb

from groundplan.insight.selectors.quarters import account_quarters_sql
from groundplan.snapshots.contracts import CurrentSnapshot

NOBODY = UUID(int=0)


def shown(folder: Path) -> CurrentSnapshot:
    day, taken = date(2026, 11, 1), datetime(2026, 11, 1, tzinfo=UTC)
    (folder / "revenue").mkdir()
    write(
        folder / "revenue/00000.parquet", "1 AS account_id, 7 AS owner_id, 20264 AS quarter_id", 5
    )
    return CurrentSnapshot(1, NOBODY, folder, day, taken, "EUR", NOBODY, folder, 16_384)


def write(path: Path, columns: str, recognised: int) -> None:
    amounts = f"{recognised} AS recognised, 0 AS backlog, 2 AS weighted, 4 AS open_amount"
    duckdb.execute(f"COPY (SELECT {columns}, {amounts}) TO '{path}' (FORMAT parquet)")


def sums(current: CurrentSnapshot, accounts: list[int] | None) -> list[tuple[object, ...]]:
    return duckdb.execute(
        "SELECT account_id, owner_id, quarter, SUM(recognised), SUM(weighted), SUM(open_amount)"
        f" FROM {account_quarters_sql(current, accounts)} GROUP BY ALL ORDER BY ALL"
    ).fetchall()


def test_purchases_and_open_opportunities_of_a_quarter_are_read_together(tmp_path: Path) -> None:
    current = shown(tmp_path)
    offers = "1 AS account_id, 7 AS owner_id, 'FY2026-Q4' AS quarter"
    write(tmp_path / "account_offers.parquet", offers, 0)
    assert sums(current, None) == sums(current, [1]) == [(1, 7, "FY2026-Q4", 5, 2, 4)]


def test_results_of_an_earlier_version_are_read_as_they_are(tmp_path: Path) -> None:
    current = shown(tmp_path)
    (tmp_path / "account_quarters").mkdir()
    both = "1 AS account_id, 7 AS owner_id, 'FY2026-Q4' AS quarter"
    write(tmp_path / "account_quarters/00000.parquet", both, 9)
    assert sums(current, [1]) == [(1, 7, "FY2026-Q4", 9, 2, 4)]
