"""Runs the measures over a snapshot and writes what they found as Parquet."""

from .measuring import Asked, Found, account_rows, measure, write_tables

__all__ = ["Asked", "Found", "account_rows", "measure", "write_tables"]
