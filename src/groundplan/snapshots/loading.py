"""Brings the book into DuckDB, as the tables that the SQL of `tables` reads."""

from collections.abc import Callable
from datetime import date

import duckdb
import pyarrow as pa

from groundplan.book.selectors import columns
from groundplan.book.selectors.columns import ColumnRead
from groundplan.engine.bought import NOBODY
from groundplan.engine.revenue import Owners
from groundplan.organisation.selectors import currency_rates, stages
from groundplan.people.contracts import Scope

from .reading import table_of, tables_of

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


def load_book(connection: duckdb.DuckDBPyConnection, viewer: Scope, today: date) -> None:
    """Everything else: accounts, contacts, products, persons, opportunities and so on."""
    found = [
        (row.pk, row.name, row.outcome, float(row.probability)) for row in stages().order_by("pk")
    ]
    rows = [dict(zip(_STAGES.names, row, strict=True)) for row in found]
    _create(connection, "stages", pa.Table.from_pylist(rows, schema=_STAGES))
    reads: dict[str, Callable[[], ColumnRead]] = {
        "book_accounts": lambda: columns.account_columns(viewer),
        "book_contacts": lambda: columns.contact_columns(viewer),
        "book_interactions": lambda: columns.interaction_columns(viewer, today),
        "book_products": columns.product_columns,
        "book_persons": lambda: columns.person_columns(viewer),
        "book_opportunities": lambda: columns.opportunity_columns(viewer),
        "book_positions": lambda: columns.position_columns(viewer),
        "book_quotas": lambda: columns.quota_columns(viewer),
    }
    for name, table in tables_of((name, read()) for name, read in reads.items()):
        connection.register(name, table)


def _create(connection: duckdb.DuckDBPyConnection, name: str, table: object) -> None:
    # A real table, not a registered one: cursors of other threads see it too.
    connection.register("arriving", table)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS FROM arriving")
    connection.unregister("arriving")
