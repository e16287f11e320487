"""Reads the book's rows into Arrow tables, all as of one instant."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from django.db import connection
from django.db.models import Max, Min, QuerySet

from groundplan.book.selectors.columns import ColumnRead
from groundplan.engine.rows import packed_sql, schema_of, unpacked

STRIDE = 100_000
"""Ids that are read at a time: bounds the text that a column takes on its way."""


@contextmanager
def one_instant() -> Iterator[None]:
    """Reads within the block see the database as it was at the first of them.

    A plain transaction would take SQLite's one writing lock and keep imports waiting. Within a
    transaction of the caller's, that one counts.
    """
    if connection.in_atomic_block:
        yield
        return
    begin = (
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        if connection.vendor == "postgresql"
        else "BEGIN DEFERRED"
    )
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def table_of(read: ColumnRead) -> Any:
    """The rows of `read` as an Arrow table."""
    parts = [_part(part, read) for part in _parts(read)]
    return pa.concat_tables(parts) if parts else schema_of(read.columns).empty_table()


def _part(rows: QuerySet[Any, tuple[Any, ...]], read: ColumnRead) -> Any:
    select, parameters = rows.query.sql_with_params()
    statement = packed_sql(select, list(read.columns), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return unpacked(cursor.fetchone(), read.columns)


def _parts(read: ColumnRead) -> Iterator[QuerySet[Any, tuple[Any, ...]]]:
    if not read.ranged:
        yield read.queryset
        return
    ends = read.queryset.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return
    for start in range(ends["first"], ends["last"] + 1, STRIDE):
        yield read.queryset.filter(pk__gte=start, pk__lt=start + STRIDE)
