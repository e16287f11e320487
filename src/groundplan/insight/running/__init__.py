"""Runs the measures over a snapshot and writes what they found as Parquet.

`measuring` runs them in turn; `ordering` goes on beside them in a thread and a connection of its
own, because it needs nothing of theirs until the end; `writing` fills the results' folder.
"""

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
