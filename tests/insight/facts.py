"""A snapshot's facts as files, as small as a test wants them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Rows = Sequence[Mapping[str, Any]]
MONEY = pa.decimal128(18, 4)
ACCOUNTS = {"account_id": pa.int64(), "owner_id": pa.int64(), "is_customer": pa.bool_()}
PRODUCTS = {"product_id": pa.int64(), "category": pa.string()}
TIERS = {"account_id": pa.int64(), "tier": pa.string()}
TOTALS = {"account_id": pa.int64(), "first_on": pa.date32()}
RATES = {"currency": pa.string(), "date": pa.date32(), "rate": pa.decimal128(18, 8)}
DEALS = {
    "opportunity_id": pa.int64(),
    "account_id": pa.int64(),
    "product_id": pa.int64(),
    "owner_id": pa.int64(),
    "stage": pa.string(),
    "outcome": pa.string(),
    "probability": pa.float64(),
    "amount": MONEY,
    "close_on": pa.date32(),
    "channel": pa.string(),
}
PURCHASES = {
    "account_id": pa.int64(),
    "product_id": pa.int64(),
    "date": pa.date32(),
    "amount": MONEY,
    "currency": pa.string(),
    "quantity": pa.float64(),
    "status": pa.string(),
    "channel": pa.string(),
    "order_id": pa.string(),
    "owner_id": pa.int64(),
    "source_id": pa.int64(),
    "run_id": pa.int64(),
    "file": pa.string(),
    "line": pa.int64(),
}


def facts_write(
    folder: Path,
    results: Path,
    *,
    accounts: Rows,
    products: Rows,
    purchases: Rows = (),
    deals: Rows = (),
    tiers: Mapping[int, str] | None = None,
) -> None:
    """The snapshot's files into `folder`, the computed tiers into `results`."""
    (folder / "purchases").mkdir(parents=True, exist_ok=True)
    results.mkdir(parents=True, exist_ok=True)
    lines = [
        {"currency": "", "status": "recognised", "file": "orders.csv", "line": place, **line}
        for place, line in enumerate(purchases, 1)
    ]
    begun: dict[int, date] = {}
    for line in lines:
        account, day = line["account_id"], line["date"]
        begun[account] = min(begun.get(account, day), day)
    totals = [{"account_id": account, "first_on": day} for account, day in begun.items()]
    numbered = [{"opportunity_id": place, **one} for place, one in enumerate(deals, 1)]
    tiered = [{"account_id": pk, "tier": tier} for pk, tier in (tiers or {}).items()]
    for path, columns, rows in (
        (folder / "accounts", ACCOUNTS, accounts),
        (folder / "products", PRODUCTS, products),
        (folder / "rates", RATES, ()),
        (folder / "account_totals", TOTALS, totals),
        (folder / "opportunities", DEALS, numbered),
        (folder / "purchases" / "00000", PURCHASES, lines),
        (results / "tiers", TIERS, tiered),
    ):
        _write(path, columns, rows)


def _write(path: Path, columns: Mapping[str, pa.DataType], rows: Rows) -> None:
    chosen = [{name: row.get(name) for name in columns} for row in rows]
    pq.write_table(pa.Table.from_pylist(chosen, pa.schema(columns)), f"{path}.parquet")
