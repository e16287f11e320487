"""Reads files as they come into tables of text in the staging database.

`staging` takes paths apart and has each file read; one module a kind of file (`delimited`, `excel`,
`parquet`), helped by `encodings`, `headers` and `bounds`. What comes out then goes through what
printed reports do to tables: kinds before keys (`kind_prefixes`), headers on each page
(`repeated_headers`), totals (`totals`, `printed_totals`), groups whose name is written once
(`grouped`, `group_rows`, `document_rows`), columns of months (`wide`). No line is lost in silence:
whatever is left out is noted with its number (`left_out`).
"""

from .staging import stage_files

__all__ = ["stage_files"]
