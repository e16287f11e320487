"""Adds up every file of purchases in one pass: the footprint, revenue and each account's
history."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from groundplan.engine.disk import ShardFile, kept
from groundplan.engine.layers import ROW_GROUP
from groundplan.kernel.machine import processors

from .batches import batches_of
from .cells import CELLS, Window, cells_of
from .history import HISTORY, history_of
from .revenue import REVENUE, FiscalDays, Owners, Revenue, revenue_of, together

FOOTPRINT = "footprint"
REVENUE_FOLDER = "revenue"

BATCH = 65_536
"""Values of a column that are written at a time."""


@dataclass(frozen=True, slots=True)
class Summing:
    """How to sum purchases: in `currency`, by the year before `as_of` and the one before that.

    `foreign` tells that some purchases are in other currencies, so that the table `rates` of the
    connection is needed; False spares every row a join. `fiscal_year` is the one that the history
    shows.
    """

    as_of: date
    currency: str
    foreign: bool
    days: FiscalDays
    owners: Owners
    fiscal_year: int


def write_sums(
    connection: duckdb.DuckDBPyConnection, folder: Path, how: Summing
) -> list[ShardFile]:
    """Sum the files of `folder`/purchases into `folder`; returns the files, by names within it.

    footprint/NNNNN.parquet: a row an account and product (NULL where a purchase has none), sorted
    by both: account_id, product_id, first_on, last_on, recognised_on (the last recognised one up
    to `as_of`, NULL without), purchases (a count), and in `how.currency` amount (all of it),
    amount_12m (recognised in the 12 months before `as_of`, that day not included),
    amount_prior_12m (recognised in the 12 months before those), first_12m_amount (in the 12
    months from first_on, backlog too). revenue/NNNNN.parquet as REVENUE, owner_months.parquet as
    OWNER_MONTHS, account_totals.parquet as HISTORY. What has no rate counts as a purchase of
    nothing. Files were written in ORDER, so that the rows of a cell are neighbours and no hash
    table is needed: several times faster than grouping.
    """
    for name in (FOOTPRINT, REVENUE_FOLDER):
        (folder / name).mkdir()
    sources = sorted((folder / "purchases").glob("*.parquet"))

    def write(source: Path) -> _Shard:
        with connection.cursor() as cursor:
            return _write(cursor, source, folder, how)

    # One more than processors: while it waits for the disk, the others sum.
    with ThreadPoolExecutor(processors() + 1) as pool:
        shards = list(pool.map(write, sources))
    months = together([shard.months for shard in shards])
    histories = pa.concat_tables([HISTORY.empty_table(), *(shard.history for shard in shards)])
    return [
        *(file for shard in shards for file in shard.files),
        _saved(folder, "owner_months.parquet", months.by_month(how.days)),
        _saved(folder, "account_totals.parquet", histories),
    ]


@dataclass(frozen=True, slots=True)
class _Shard:
    """What one file of purchases comes to; the rest is in its files."""

    files: tuple[ShardFile, ...]
    months: Revenue
    history: Any


def _write(cursor: duckdb.DuckDBPyConnection, source: Path, folder: Path, how: Summing) -> _Shard:
    """Sum a file batch by batch, each a row group."""
    window, year = Window.at(how.as_of), how.days.places_in(how.fiscal_year)
    months: list[Revenue] = []
    histories = [HISTORY.empty_table()]
    quarters = [REVENUE.empty_table()]
    rows = 0
    path = folder / FOOTPRINT / source.name
    with _writer(path, CELLS) as writer:
        for bought in batches_of(cursor, source, foreign=how.foreign, currency=how.currency):
            cells = cells_of(bought, window)
            writer.write_table(cells.table())
            rows += len(cells.account)
            by_quarter, by_month = revenue_of(bought, how.days, how.owners)
            quarters.append(by_quarter.by_quarter(how.days))
            histories.append(history_of(cells, by_quarter, window, year))
            months.append(by_month)
    footprint = kept(path, f"{FOOTPRINT}/{path.name}", rows)
    revenue = _saved(folder, f"{REVENUE_FOLDER}/{path.name}", pa.concat_tables(quarters))
    return _Shard((footprint, revenue), together(months), pa.concat_tables(histories))


def _saved(folder: Path, name: str, table: Any) -> ShardFile:
    with _writer(folder / name, table.schema) as writer:
        writer.write_table(table, ROW_GROUP)
    return kept(folder / name, name, table.num_rows)


def _writer(path: Path, schema: Any) -> Any:
    """Sorted integers shrink to a few bits by their differences; compressing pages on top of
    that costs more time than it saves space. Readers skip row groups by account alone."""
    return pq.ParquetWriter(
        path,
        schema,
        compression="none",
        use_dictionary=False,
        column_encoding=dict.fromkeys(schema.names, "DELTA_BINARY_PACKED"),
        store_decimal_as_integer=True,
        write_statistics=["account_id"],
        write_batch_size=BATCH,
    )
