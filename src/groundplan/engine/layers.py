"""Purchases as account-range Parquet files: the layout of import layers and of snapshots alike."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

import duckdb

from .disk import ShardFile, folder_at_once, link, sha256_of

SHARD_SIZE = 16_384
"""Accounts a file: one account's history is found by arithmetic, without a directory."""

ROW_GROUP = 122_880

COLUMNS: dict[str, str] = {
    "account_id": "BIGINT",
    "product_id": "BIGINT",
    "date": "DATE",
    "amount": "DECIMAL(18,4)",
    "currency": "VARCHAR",
    "quantity": "DOUBLE",
    "status": "VARCHAR",
    "channel": "VARCHAR",
    "order_id": "VARCHAR",
    "owner_id": "BIGINT",
    "source_id": "BIGINT",
    "run_id": "BIGINT",
    "file": "VARCHAR",
    "line": "BIGINT",
}
"""The columns of a purchase and their types, in file order."""

ORDER = "account_id, product_id NULLS FIRST, date"
"""By account for reading one; by product within it, so that sums of cells need no hash table."""


@dataclass(frozen=True, slots=True)
class LayerManifest:
    """What a layer holds. `currencies` are those bought in, '' being the organisation's own.

    `first_on` and `last_on` are None in a layer without rows.
    """

    shard_size: int
    rows: int
    first_on: date | None
    last_on: date | None
    currencies: tuple[str, ...]
    files: tuple[ShardFile, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; `of_json` is the way back."""
        days = {"first_on": self.first_on, "last_on": self.last_on}
        return asdict(self) | {name: day and day.isoformat() for name, day in days.items()}

    @classmethod
    def of_json(cls, value: dict[str, Any]) -> Self:
        return cls(
            shard_size=value["shard_size"],
            rows=value["rows"],
            first_on=value["first_on"] and date.fromisoformat(value["first_on"]),
            last_on=value["last_on"] and date.fromisoformat(value["last_on"]),
            currencies=tuple(value["currencies"]),
            files=tuple(ShardFile(**file) for file in value["files"]),
        )


def write_layer(
    connection: duckdb.DuckDBPyConnection,
    relation_sql: str,
    folder: Path,
    *,
    shard_size: int = SHARD_SIZE,
    fixed: Mapping[str, str] | None = None,
) -> LayerManifest:
    """Write the purchases of the SELECT (or table name) `relation_sql` as the layer `folder`.

    The relation has at least COLUMNS by name; types are cast. `fixed` (column to SQL of a value)
    are those that are the same in every row: they are not sorted with the others, and the relation
    may lack them. `folder` appears complete and synced or not at all; FileExistsError if it is
    there already. A layer without rows still has one, empty, file so that its columns can be read.
    """
    values = {name: f'"{name}"' for name in COLUMNS} | dict(fixed or {})
    casts = {n: f'CAST({values[n]} AS {type_}) AS "{n}"' for n, type_ in COLUMNS.items()}
    sorted_ = ", ".join(cast for name, cast in casts.items() if name not in (fixed or {}))
    order = ORDER if "product_id" not in (fixed or {}) else "account_id, date"
    source = relation_sql if " " in relation_sql.strip() else f'FROM "{relation_sql.strip()}"'
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE layer_sorted AS "
        f"SELECT {sorted_} FROM ({source}) AS given ORDER BY {order}"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW layer_rows AS SELECT {', '.join(casts.values())}"
        " FROM layer_sorted"
    )
    try:
        with folder_at_once(folder) as partial:
            files = tuple(_shards(connection, partial, shard_size))
        return _manifest(connection, files, shard_size)
    finally:
        connection.execute("DROP VIEW layer_rows")
        connection.execute("DROP TABLE layer_sorted")


def shard_path(folder: Path, account_id: int, shard_size: int) -> Path:
    """The file that holds an account's purchases, if it has any."""
    return folder / shard_name(account_id // shard_size)


def shard_name(number: int) -> str:
    return f"{number:05d}.parquet"


def link_layer(source: Path, target: Path, files: Iterable[ShardFile]) -> None:
    """Put a layer's files into the existing folder `target` without copying them."""
    for file in files:
        link(source / file.path, target / file.path)


def _shards(
    connection: duckdb.DuckDBPyConnection, folder: Path, shard_size: int
) -> Iterable[ShardFile]:
    counts = connection.execute(
        "SELECT account_id // $size AS shard, count(*) FROM layer_rows "
        "GROUP BY shard ORDER BY shard",
        {"size": shard_size},
    ).fetchall()
    for shard, rows in counts or [(0, 0)]:
        path = folder / shard_name(shard)
        first = shard * shard_size
        connection.execute(
            f"COPY (FROM layer_rows WHERE account_id >= {first:d} "
            f"AND account_id < {first + shard_size:d}) TO '{_quoted(path)}' "
            f"(FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP:d})"
        )
        yield ShardFile(path.name, sha256_of(path), rows)


def _manifest(
    connection: duckdb.DuckDBPyConnection, files: tuple[ShardFile, ...], shard_size: int
) -> LayerManifest:
    [row] = connection.execute(
        "SELECT count(*), min(date), max(date), "
        "list_sort(list(DISTINCT coalesce(currency, ''))) FROM layer_rows"
    ).fetchall()
    return LayerManifest(shard_size, row[0], row[1], row[2], tuple(row[3] or ()), files)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
