"""Brings the book into DuckDB, as the tables that the SQL of `tables` reads."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from groundplan.book.selectors import columns
from groundplan.engine.sums.batches import NOBODY
from groundplan.engine.sums.revenue import Owners
from groundplan.organisation.selectors import currency_rates, stages
from groundplan.people.contracts import Scope

from .reading import Reading, table_of

_STAGES = pa.schema(
    [
        ("stage_id", pa.int64()),
        ("name", pa.string()),
        ("outcome", pa.string()),
        ("probability", pa.float64()),
    ]
)
_RATES = pa.schema(
    [("currency", pa.string()), ("date", pa.date32()), ("rate", pa.decimal128(18, 8))]
)


def load_owners(connection: duckdb.DuckDBPyConnection, viewer: Scope) -> Owners:
    """What purchases need: who owns each account, also as `book_owners`, and `rates`."""
    table = table_of(columns.owner_columns(viewer)).sort_by("account_id")
    connection.register("book_owners", table)
    rates = list(currency_rates().values_list("currency", "date", "rate"))
    values = zip(*rates, strict=True) if rates else ((), (), ())
    arrays = [pa.array(column, field.type) for column, field in zip(values, _RATES, strict=True)]
    _create(connection, "rates", pa.Table.from_arrays(arrays, schema=_RATES))
    owner = table["owner_id"].fill_null(NOBODY)
    return Owners(table["account_id"].to_numpy(), owner.to_numpy())


def load_stages(connection: duckdb.DuckDBPyConnection) -> None:
    """The stages of opportunities."""
    found = [
        (row.pk, row.name, row.outcome, float(row.probability)) for row in stages().order_by("pk")
    ]
    rows = [dict(zip(_STAGES.names, row, strict=True)) for row in found]
    _create(connection, "stages", pa.Table.from_pylist(rows, schema=_STAGES))


def read_accounts(viewer: Scope, today: date, other: ThreadPoolExecutor | None) -> Reading:
    """Accounts and when they were touched."""
    reads = (
        ("book_contacts", columns.contact_columns(viewer)),
        ("book_accounts", columns.account_columns(viewer)),
        ("book_interactions", columns.interaction_columns(viewer, today)),
    )
    return Reading(reads, other)


def read_rest(viewer: Scope, other: ThreadPoolExecutor | None) -> Reading:
    """Everything else of the book: opportunities, products, persons and so on."""
    reads = (
        ("book_opportunities", columns.opportunity_columns(viewer)),
        ("book_products", columns.product_columns()),
        ("book_persons", columns.person_columns(viewer)),
        ("book_positions", columns.position_columns(viewer)),
        ("book_quotas", columns.quota_columns(viewer)),
    )
    return Reading(reads, other)


def register(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Any]) -> None:
    for name, table in tables.items():
        connection.register(name, table)


def _create(connection: duckdb.DuckDBPyConnection, name: str, table: object) -> None:
    # A real table, not a registered one: cursors of other threads see it too.
    connection.register("arriving", table)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS FROM arriving")
    connection.unregister("arriving")
