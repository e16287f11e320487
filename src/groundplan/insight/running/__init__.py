"""Runs the measures over a snapshot and writes what they found as Parquet."""

from .measuring import Asked, Found, account_range, account_rows, measure, measure_totals
from .ordering import OrderAside
from .writing import write_tables

__all__ = [
    "Asked",
    "Found",
    "OrderAside",
    "account_range",
    "account_rows",
    "measure",
    "measure_totals",
    "write_tables",
]
