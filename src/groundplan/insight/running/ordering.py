"""Orders whitespace in a thread and a connection of its own, while the other measures run."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any, Self

import duckdb

from groundplan.engine.arrays import keep_table
from groundplan.engine.owned import Owned
from groundplan.measures.ordering import OrderChoice, lead, learn

from .writing import write_sharded, write_table

NEEDED = ("account_segments", "segment_products", "segment_top", "other_blocked")
"""What the order takes from whitespace: its connection sees no other's temporary tables."""


class OrderAside:
    """Weights hang on purchases alone, so that they are learned from the start; `lead` follows."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        owned: Owned,
        *,
        as_of: date,
        before: OrderChoice | None,
    ) -> None:
        self._owned = owned
        self._as_of = as_of
        self._connection = connection.cursor()
        self._thread = ThreadPoolExecutor(1)
        self._learned = self._thread.submit(
            learn, self._connection, owned, as_of=as_of, before=before
        )

    @property
    def choice(self) -> OrderChoice:
        """The recipe in use, once it is chosen."""
        return self._learned.result()[1]

    def lead(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Begin to put whitespace in order; `connection` has what whitespace left behind."""
        given = {name: connection.sql(f"FROM {name}").to_arrow_table() for name in NEEDED}
        self._led = self._thread.submit(self._lead, given)

    def write(self, folder: Path, accounts: tuple[int, int], shard_size: int) -> Future[None]:
        """Begin to write `whitespace_top` and `product_reasons` into `folder`; after `lead`."""
        return self._thread.submit(self._write, folder, accounts, shard_size)

    def _lead(self, given: dict[str, Any]) -> None:
        for name, rows in given.items():
            keep_table(self._connection, name, rows)
        lead(self._connection, self._owned, self._learned.result()[0], as_of=self._as_of)

    def _write(self, folder: Path, accounts: tuple[int, int], shard_size: int) -> None:
        self._led.result()
        write_table(self._connection, folder, "product_reasons", "product_id, because_id, weight")
        write_sharded(
            self._connection,
            folder,
            "whitespace_top",
            order="account_id, rank",
            accounts=accounts,
            shard_size=shard_size,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)
        self._connection.close()
