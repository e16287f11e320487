"""Writes the tables that measures left behind as Parquet."""

from pathlib import Path

import duckdb

from groundplan.engine.layers import ROW_GROUP, shard_name
from groundplan.kernel.syncing import sync

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
    "account_offers": "account_id, owner_id, quarter, weighted, open_amount",
    "whitespace_totals": "dimension, key, cells, expected, competitor_cells, competitor_expected",
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


def write_tables(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write what `measure` left in `connection` into the empty `folder`, but for the order."""
    for name, columns in TABLES.items():
        write_table(connection, folder, name, columns, ORDERED.get(name, ""))
    (folder / "account_tiers.parquet").rename(folder / "tiers.parquet")


def write_table(
    connection: duckdb.DuckDBPyConnection, folder: Path, name: str, columns: str, order: str = ""
) -> None:
    _write(connection, folder / f"{name}.parquet", f"SELECT {columns} FROM {name}", order)


def write_sharded(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    name: str,
    *,
    order: str,
    accounts: tuple[int, int],
    shard_size: int,
) -> None:
    """Write a table by ranges of accounts, from the first of `accounts` to the last."""
    (folder / name).mkdir()
    for shard in range(accounts[0] // shard_size, accounts[1] // shard_size + 1):
        start = shard * shard_size
        among = f"account_id BETWEEN {start:d} AND {start + shard_size - 1:d}"
        path = folder / name / shard_name(shard)
        _write(connection, path, f"SELECT * FROM {name} WHERE {among}", order)


def _write(connection: duckdb.DuckDBPyConnection, path: Path, select: str, order: str) -> None:
    quoted = str(path).replace("'", "''")
    ordered = f" ORDER BY {order}" if order else ""
    connection.execute(
        f"COPY ({select}{ordered}) TO '{quoted}' (FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP:d})"
    )
    # Here others go on meanwhile; at the end everybody would wait.
    sync(path)
