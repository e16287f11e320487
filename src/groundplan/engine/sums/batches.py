"""Reads a file of purchases as arrays, in batches that never cut an account in two."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from groundplan.engine.exact import Integers, Truths, unscaled
from groundplan.engine.layers import ORDER, ROW_GROUP
from groundplan.engine.purchases import converted_sql

NOBODY = 0
"""Stands for no person; ids begin at one."""

NO_PRODUCT = -1


@dataclass(frozen=True, slots=True)
class Bought:
    """Purchases in ORDER, a place each: `day` since 1970, `amount` in ten thousandths.

    `backlog` is None where all is recognised, `person` None where no purchase names one.
    """

    account: Integers
    product: Integers
    day: Integers
    amount: Integers
    backlog: Truths | None
    person: Integers | None


def batches_of(
    cursor: duckdb.DuckDBPyConnection, source: Path, *, foreign: bool, currency: str
) -> Iterator[Bought]:
    """The purchases of the file `source`; an account's are all in one batch.

    Batches that fit the processor's cache are summed faster than a whole file, and bound memory.
    `foreign` tells that some amounts need the table `rates`; what has no rate counts as nothing.
    """
    for rows in _by_account(_reader(cursor, source, foreign=foreign, currency=currency)):
        names = rows.schema.names
        yield Bought(
            rows["account_id"].to_numpy(),
            rows["product_id"].to_numpy(),
            rows["date"].cast(pa.int32()).to_numpy(),
            unscaled(rows["amount"]),
            rows["backlog"].to_numpy() if "backlog" in names else None,
            rows["person"].to_numpy() if "person" in names else None,
        )


def _reader(
    cursor: duckdb.DuckDBPyConnection, source: Path, *, foreign: bool, currency: str
) -> Any:
    file = f"read_parquet('{str(source).replace(chr(39), chr(39) * 2)}')"
    relation, order, amount = file, "", "amount"
    if foreign:
        relation, order = f"({converted_sql(file)})", f"ORDER BY {ORDER}"
        amount = "CAST(coalesce(converted, 0) AS DECIMAL(18,4))"
    columns = [
        "account_id",
        f"coalesce(product_id, {NO_PRODUCT}) AS product_id",
        "date",
        f"{amount} AS amount",
        *_columns_needed(source),
    ]
    # Amounts as eight bytes instead of sixteen.
    cursor.execute("SET arrow_output_version = '1.5'")
    return cursor.sql(
        f"SELECT {', '.join(columns)} FROM {relation} {order}",
        params={"currency": currency} if foreign else None,
    ).to_arrow_reader(ROW_GROUP)


def _columns_needed(source: Path) -> list[str]:
    """Status and person, unless the file itself says that they are the same in every row."""
    file = pq.ParquetFile(source).metadata
    places = {file.schema.column(place).name: place for place in range(file.num_columns)}
    groups = [file.row_group(number) for number in range(file.num_row_groups)]
    needed = []
    for group_by, column in _ASKED.items():
        told = [group.column(places[group_by]).statistics for group in groups]
        if not all(one is not None and _is_plain(group_by, one) for one in told):
            needed.append(column)
    return needed


_ASKED = {
    "status": "coalesce(status = 'backlog', false) AS backlog",
    "owner_id": f"coalesce(owner_id, {NOBODY}) AS person",
}


def _is_plain(name: str, told: Any) -> bool:
    """Whether a row group is all recognised, or names no person."""
    if name == "owner_id":
        return bool(told.has_null_count and told.num_values == 0)
    return bool(told.has_min_max and told.min == told.max == "recognised")


def _by_account(batches: Any) -> Iterator[Any]:
    rest = batches.schema.empty_table()
    for batch in batches:
        rows = pa.concat_tables([rest, pa.Table.from_batches([batch])])
        account = rows["account_id"].to_numpy()
        # The last account may go on in the next batch.
        end = int(np.searchsorted(account, account[-1]))
        rest = rows.slice(end)
        if end:
            yield rows.slice(0, end)
    if rest.num_rows:
        yield rest
