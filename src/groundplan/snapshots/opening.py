"""Opens snapshots for reading: views for whole tables, one file for one account."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb
from django.conf import settings

from groundplan.engine.duck import DEFAULT_MEMORY, open_duckdb
from groundplan.engine.layers import shard_path
from groundplan.kernel.errors import NotFound

from .contracts import CurrentSnapshot, PublishedSnapshot

TABLES = (
    "accounts",
    "products",
    "persons",
    "opportunities",
    "competitor_positions",
    "quotas",
    "periods",
    "rates",
    "account_totals",
    "owner_months",
)
SHARDED = ("purchases", "footprint", "revenue")


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order line as bought: `amount` is in `currency`, '' being the organisation's."""

    product_id: int | None
    date: date
    amount: Decimal
    currency: str
    quantity: float | None
    status: str
    channel: str
    order_id: str
    file: str
    line: int | None


def open_snapshot(
    snapshot: CurrentSnapshot | PublishedSnapshot, *, memory_limit: str = DEFAULT_MEMORY
) -> duckdb.DuckDBPyConnection:
    """A connection of its own with a view for each of the snapshot's tables.

    Views, not copies: a statement reads the columns that it needs. A snapshot of an earlier
    version may lack a table: it has no view, and `require` says so. The caller closes it.
    """
    scratch = Path(settings.GROUNDPLAN_HOME) / "scratch"
    connection = open_duckdb(scratch=scratch, memory_limit=memory_limit)
    for name in TABLES:
        _view(connection, name, snapshot.folder / f"{name}.parquet")
    for name in SHARDED:
        _view(connection, name, snapshot.folder / name / "*.parquet")
    return connection


def require(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """Raise NotFound unless the snapshot that was opened has all these tables."""
    views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal")
    absent = sorted(set(names) - {name for (name,) in views.fetchall()})
    if absent:
        raise NotFound(
            f"This snapshot was published before there was {', '.join(absent)}.",
            mend="Run the analysis: it publishes a new one.",
        )


@contextmanager
def reader() -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor of the process's own database, for reads of a few milliseconds.

    Opening a database costs more than such a read; cursors may be used at the same time.
    """
    cursor = _database().cursor()
    try:
        yield cursor
    finally:
        cursor.close()


def account_purchases(
    snapshot: CurrentSnapshot | PublishedSnapshot, account_id: int
) -> list[Purchase]:
    """Every order line of one account, latest first; the caller has checked that it may be seen."""
    path = shard_path(snapshot.folder / "purchases", account_id, snapshot.shard_size)
    if not path.exists():
        return []
    with reader() as cursor:
        rows = cursor.execute(
            "SELECT product_id, date, amount, coalesce(currency, ''), quantity, status, channel, "
            "coalesce(order_id, ''), file, line FROM read_parquet($path) "
            "WHERE account_id = $account ORDER BY date DESC, line",
            {"path": str(path), "account": account_id},
        ).fetchall()
    return [Purchase(*row) for row in rows]


@cache
def _database() -> duckdb.DuckDBPyConnection:
    scratch = Path(settings.GROUNDPLAN_HOME) / "scratch"
    return open_duckdb(scratch=scratch, memory_limit="512MB")


def _view(connection: duckdb.DuckDBPyConnection, name: str, files: Path) -> None:
    if next(files.parent.glob(files.name), None) is None:
        return
    quoted = str(files).replace("'", "''")
    connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{quoted}')")
