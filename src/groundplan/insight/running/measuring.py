"""Runs every measure in turn."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from groundplan.database.sqlite.records import Query
from groundplan.engine.owned import Owned
from groundplan.engine.stages import table_stage
from groundplan.kernel.progress import Progress
from groundplan.measures import expected_revenue, performance
from groundplan.measures.exposure import Exposure, Window, choose_window, hazard_factor
from groundplan.measures.ordering import OrderChoice
from groundplan.measures.segments import SegmentChoice, choose_segments
from groundplan.measures.tiers import Characteristic, Tiering, assign_tiers
from groundplan.measures.tiers.contracts import Basis
from groundplan.measures.whitespace import FirstYears, estimate_whitespace, first_years

from .ordering import OrderAside


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a run depends on besides the snapshot."""

    as_of: date
    last_day: date
    currency: str
    segment_by: Sequence[str] = ()
    characteristics: Sequence[Characteristic] = ()
    tier_by: Basis = "score"
    a_from: float | None = None
    b_from: float | None = None


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


def measure(
    connection: duckdb.DuckDBPyConnection,
    owned: Owned,
    asked: Asked,
    order: OrderAside,
    progress: Progress,
) -> Found:
    """Run the measures on the views that `connection` has of a snapshot and on what accounts own.

    What they found stays in `connection` as temporary tables. `order` goes on meanwhile: nothing
    hangs on it. `account_rows` and `measure_totals` do what is left.
    """
    progress.step("segments", 0.05)
    window = choose_window(connection, as_of=asked.as_of)
    segments, usual, hazard = _learn(connection, owned, asked, window)
    exposure = Exposure(window, hazard)
    progress.step("whitespace", 0.2)
    _estimate(connection, (owned, usual), asked, segments.strength, exposure)
    progress.step("performance", 0.4)
    performance.date_offers(connection, as_of=asked.last_day)
    expected_revenue.expect_revenue(connection, as_of=asked.last_day)
    progress.step("tiers", 0.5)
    tiering = _tiers(connection, asked)
    # Only now: while rows are written a processor is free, and until here both are at work.
    order.lead(connection)
    return _found(connection, segments, tiering, (exposure, order.choice))


def _estimate(
    connection: duckdb.DuckDBPyConnection,
    held: tuple[Owned, FirstYears],
    asked: Asked,
    strength: float,
    exposure: Exposure,
) -> None:
    """Whitespace of segments and accounts; those who own something get their order elsewhere."""
    estimate_whitespace(
        connection,
        *held,
        as_of=asked.as_of,
        year_ago=back_a_year(asked.as_of),
        strength=strength,
        window_from=exposure.window.starts_on,
        hazard=exposure.hazard,
        everybody=False,
    )


def _tiers(connection: duckdb.DuckDBPyConnection, asked: Asked) -> Tiering:
    return assign_tiers(
        connection,
        as_of=asked.as_of,
        characteristics=asked.characteristics,
        by=asked.tier_by,
        a_from=asked.a_from,
        b_from=asked.b_from,
    )


def _learn(
    connection: duckdb.DuckDBPyConnection, owned: Owned, asked: Asked, window: Window
) -> tuple[SegmentChoice, FirstYears, float]:
    """Choose segments; beside it, by a cursor of its own, what hangs on purchases alone."""
    with ThreadPoolExecutor(1) as pool:
        aside = pool.submit(_learn_aside, connection.cursor(), owned, window)
        segments = choose_segments(
            connection,
            owned,
            as_of=asked.as_of,
            year_ago=window.starts_on,
            segment_by=asked.segment_by,
        )
    return segments, *aside.result()


def _learn_aside(
    cursor: duckdb.DuckDBPyConnection, owned: Owned, window: Window
) -> tuple[FirstYears, float]:
    with cursor:
        usual = first_years(cursor, owned, year_ago=back_a_year(window.ends_on))
        return usual, hazard_factor(cursor, owned, window)


def measure_totals(connection: duckdb.DuckDBPyConnection) -> None:
    """What `measure` leaves to be done while its rows are written: none of them needs it."""
    performance.total_performance(connection)


def account_rows(connection: duckdb.DuckDBPyConnection) -> Query:
    """What lists show of each account by what `measure` left behind; `id` counts from 0. Read by a
    cursor of its own, which the caller closes."""
    table_stage(connection, __package__, "account_rows")
    columns = [name for name, *_ in connection.execute("DESCRIBE account_rows").fetchall()]
    chosen = ", ".join(["rowid", *columns])
    return Query(connection.cursor(), ("id", *columns), f"SELECT {chosen} FROM account_rows")


def account_range(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """The first and the last id among the accounts; zeros where there are none."""
    row = connection.execute("SELECT MIN(account_id), MAX(account_id) FROM accounts").fetchone()
    return (row[0] or 0, row[1] or 0) if row else (0, 0)


def back_a_year(day: date) -> date:
    """The same day a year before; the last of February where there is no 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


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
