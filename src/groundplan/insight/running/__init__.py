"""Runs the measures over a snapshot and writes what they found as Parquet."""

from .measuring import Asked, Found, measure, write_tables

__all__ = ["Asked", "Found", "measure", "write_tables"]
