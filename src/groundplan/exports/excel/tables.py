"""Workbooks that are plain tables: a sheet a table, and the sheet about the numbers."""

from collections.abc import Iterable
from pathlib import Path

from groundplan.exports.contracts import Provenance, Table

from .book import Book


def write_tables(path: Path, tables: Iterable[Table], provenance: Provenance) -> None:
    """Write `tables` in their order to a workbook at `path`."""
    with Book(path, provenance) as book:
        for table in tables:
            book.table(table)
