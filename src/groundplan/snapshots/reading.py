"""Reads the book's rows into Arrow tables, all as of one instant."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa
from django.db import connection
from django.db.models import Max, Min, QuerySet

from groundplan.book.selectors.columns import ColumnRead
from groundplan.engine.beside import ahead
from groundplan.engine.rows import packed_sql, unpacked

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
    [(_, table)] = tables_of([("", read)])
    return table


def tables_of(reads: Iterable[tuple[str, ColumnRead]]) -> Iterator[tuple[str, Any]]:
    """The rows of each as an Arrow table by name; one is parsed while the next is read."""
    packed = ((name, read, part) for name, read in reads for part in _packed(read))

    def parse(given: tuple[str, ColumnRead, Any]) -> tuple[str, Any]:
        name, read, part = given
        return name, unpacked(part, read.columns)

    for name, parts in groupby(ahead(parse, packed), key=itemgetter(0)):
        yield name, pa.concat_tables([table for _, table in parts])


def _packed(read: ColumnRead) -> Iterator[Any]:
    """The rows as `packed_sql` has them, a part at a time; at least one."""
    for rows in _parts(read):
        select, parameters = rows.query.sql_with_params()
        statement = packed_sql(select, list(read.columns), connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            yield cursor.fetchone()


def _parts(read: ColumnRead) -> Iterator[QuerySet[Any, tuple[Any, ...]]]:
    if not read.ranged:
        yield read.queryset
        return
    ends = read.queryset.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        yield read.queryset
        return
    for start in range(ends["first"], ends["last"] + 1, STRIDE):
        yield read.queryset.filter(pk__gte=start, pk__lt=start + STRIDE)
