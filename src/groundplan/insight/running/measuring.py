"""Runs every measure in turn and writes its tables into the folder of the results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from groundplan.engine.layers import ROW_GROUP, shard_name
from groundplan.engine.stages import run_stages
from groundplan.kernel.progress import Progress
from groundplan.measures import expected_revenue, performance
from groundplan.measures.exposure import Exposure, expose
from groundplan.measures.ordering import OrderChoice, order_whitespace
from groundplan.measures.segments import SegmentChoice, choose_segments
from groundplan.measures.tiers import Characteristic, Tiering, assign_tiers
from groundplan.measures.tiers.contracts import Basis
from groundplan.measures.whitespace import estimate_whitespace

TABLES = {
    "segments": "segment_id, label, accounts",
    "segment_products": (
        "segment_id, product_id, category, accounts, owners, adoption, exposed, adopted,"
        " probability, amount, expected, rank"
    ),
    "account_segments": "account_id, segment_id",
    "account_whitespace": (
        "account_id, segment_id, cells, whitespace, competitor_cells, competitor_expected"
    ),
    "whitespace_totals": "dimension, key, cells, expected, competitor_cells, competitor_expected",
    "product_reasons": "product_id, because_id, weight",
    "account_tiers": "account_id, score, matched, met, tier",
    "account_facts": (
        "account_id, days_since_interaction, revenue_12m, revenue_prior_12m, growth,"
        " owned_products, days_since_purchase, core_products, open_opportunities, open_pipeline,"
        " whitespace"
    ),
    "performance": "owner_id, quarter, goal, recognised, backlog, weighted, open_amount",
    "performance_months": "owner_id, month, goal, recognised, backlog, weighted, open_amount",
}
"""The tables of a run and their columns, in the order in which they are written."""

ORDERED = {"account_segments": "account_id", "account_whitespace": "account_id"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a run depends on besides the snapshot."""

    as_of: date
    last_day: date
    currency: str
    shard_size: int
    segment_by: Sequence[str] = ()
    characteristics: Sequence[Characteristic] = ()
    tier_by: Basis = "score"
    a_from: float | None = None
    b_from: float | None = None
    order_before: OrderChoice | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What describes a run: segments, tiers and how many accounts; the rest is in its tables."""

    segments: SegmentChoice
    tiering: Tiering
    accounts: int
    tiers: dict[str, int]
    whitespace: Decimal
    exposure: Exposure
    order: OrderChoice


def measure(connection: duckdb.DuckDBPyConnection, asked: Asked, progress: Progress) -> Found:
    """Run the measures on the views that `connection` has of a snapshot.

    What they found stays in `connection` as temporary tables, among them `account_rows`: what
    lists show of each account.
    """
    as_of = asked.as_of
    progress.step("segments", 0.05)
    exposure = expose(connection, as_of=as_of)
    begun = exposure.window.starts_on
    segments = choose_segments(connection, as_of=as_of, year_ago=begun, segment_by=asked.segment_by)
    progress.step("whitespace", 0.2)
    estimate_whitespace(
        connection,
        as_of=as_of,
        year_ago=back_a_year(as_of),
        strength=segments.strength,
        window_from=begun,
        hazard=exposure.hazard,
    )
    progress.step("order", 0.3)
    order = order_whitespace(connection, as_of=as_of, before=asked.order_before)
    progress.step("performance", 0.4)
    performance.measure_performance(connection, as_of=asked.last_day)
    expected_revenue.expect_revenue(connection, as_of=asked.last_day)
    progress.step("tiers", 0.5)
    tiering = assign_tiers(
        connection,
        as_of=as_of,
        characteristics=asked.characteristics,
        by=asked.tier_by,
        a_from=asked.a_from,
        b_from=asked.b_from,
    )
    run_stages(connection, __package__, ("account_rows",))
    return _found(connection, segments, tiering, (exposure, order))


def account_rows(connection: duckdb.DuckDBPyConnection) -> Any:
    """What lists show of each account, as `measure` left it behind, as an Arrow table."""
    return connection.sql("FROM account_rows").to_arrow_table()


def write_tables(
    connection: duckdb.DuckDBPyConnection, facts: Path, folder: Path, shard_size: int
) -> None:
    """Write what `measure` left in `connection` into the empty `folder`.

    `facts` is the folder of the snapshot, whose revenue goes into `account_quarters`.
    """
    for name, columns in TABLES.items():
        _write(connection, folder / f"{name}.parquet", name, columns, ORDERED.get(name, ""))
    (folder / "account_tiers.parquet").rename(folder / "tiers.parquet")
    for name in ("account_quarters", "whitespace_top"):
        (folder / name).mkdir()
    row = connection.execute("SELECT MIN(account_id), MAX(account_id) FROM accounts").fetchone()
    first, last = (row[0] or 0, row[1] or 0) if row else (0, 0)
    for shard in range(first // shard_size, last // shard_size + 1):
        start = shard * shard_size
        end = start + shard_size - 1
        name = shard_name(shard)
        _view_revenue(connection, facts / "revenue" / name)
        performance.fill_shard(connection, first_account=start, last_account=end)
        _write(connection, folder / "account_quarters" / name, "account_quarters", "*")
        top = f"(SELECT * FROM whitespace_top WHERE account_id BETWEEN {start:d} AND {end:d})"
        _write(connection, folder / "whitespace_top" / name, top, "*")


def back_a_year(day: date) -> date:
    """The same day a year before; the last of February where there is no 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _view_revenue(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Make the view `shard_revenue` of a file; a range of accounts that bought nothing has none."""
    quoted = str(file).replace("'", "''")
    source = f"read_parquet('{quoted}')" if file.exists() else "revenue LIMIT 0"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW shard_revenue AS SELECT * FROM {source}")


def _write(
    connection: duckdb.DuckDBPyConnection, path: Path, table: str, columns: str, order: str = ""
) -> None:
    quoted = str(path).replace("'", "''")
    ordered = f" ORDER BY {order}" if order else ""
    connection.execute(
        f"COPY (SELECT {columns} FROM {table}{ordered}) TO '{quoted}'"
        f" (FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP:d})"
    )


def _found(
    connection: duckdb.DuckDBPyConnection,
    segments: SegmentChoice,
    tiering: Tiering,
    whitespace_by: tuple[Exposure, OrderChoice],
) -> Found:
    row = connection.execute(
        "SELECT COUNT(*), COALESCE(SUM(whitespace), 0) FROM account_whitespace"
    ).fetchone()
    accounts, whitespace = row or (0, Decimal(0))
    tiers = connection.execute(
        "SELECT tier, COUNT(*) FROM account_tiers GROUP BY tier ORDER BY tier"
    ).fetchall()
    return Found(segments, tiering, accounts, dict(tiers), whitespace, *whitespace_by)
