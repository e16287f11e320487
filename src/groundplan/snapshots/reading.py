"""Reads the book's rows into Arrow tables."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pyarrow as pa
from django.db import connection
from django.db.models import QuerySet

from groundplan.book.selectors.columns import ColumnRead
from groundplan.database.columns import packed_sql, unpacked
from groundplan.engine.read_ahead import ahead

STRIDE = 50_000
"""Ids that are read at a time: bounds the text that a column takes on its way."""


def table_of(read: ColumnRead) -> Any:
    """The rows of `read` as an Arrow table."""
    return Reading([("", read)]).tables()[""]


@dataclass(frozen=True, slots=True)
class _Part:
    """Some rows of what is read as `name`."""

    name: str
    read: ColumnRead
    rows: QuerySet[Any, tuple[Any, ...]]


class Reading:
    """Reads each of `reads` into a table by its name.

    The thread `other`, if there is one, begins at once and takes part after part; whoever asks for
    the tables helps it. Each of both parses one part while it reads the next.
    """

    def __init__(
        self, reads: Iterable[tuple[str, ColumnRead]], other: ThreadPoolExecutor | None = None
    ) -> None:
        self._parts = [_Part(name, read, rows) for name, read in reads for rows in _parts(read)]
        self._waiting = deque(enumerate(self._parts))
        self._tables: dict[int, Any] = {}
        self._beside = other.submit(self._read_on) if other else None

    def tables(self) -> dict[str, Any]:
        """The rows of each as an Arrow table by name."""
        self._read_on()
        if self._beside:
            self._beside.result()
        return {
            name: pa.concat_tables([self._tables[place] for place in same])
            for name, same in groupby(
                range(len(self._parts)), key=lambda place: self._parts[place].name
            )
        }

    def _read_on(self) -> None:
        for place, table in ahead(_parsed, self._taken()):
            self._tables[place] = table

    def _taken(self) -> Iterator[tuple[int, _Part, Any]]:
        """The parts that no other thread takes, each with its rows as `packed_sql` has them."""
        while self._waiting:
            try:
                place, part = self._waiting.popleft()
            except IndexError:
                return
            yield place, part, _packed(part)


def _parsed(given: tuple[int, _Part, Any]) -> tuple[int, Any]:
    place, part, packed = given
    return place, unpacked(packed, part.read.columns)


def _packed(part: _Part) -> Any:
    select, parameters = part.rows.query.sql_with_params()
    statement = packed_sql(select, list(part.read.columns), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()


def _parts(read: ColumnRead) -> Iterator[QuerySet[Any, tuple[Any, ...]]]:
    if not read.ranged:
        yield read.queryset
        return
    # Asked together they'd be a look at every row, asked one by one each is at an end.
    first, last = (
        read.queryset.order_by(end).values_list("pk", flat=True).first() for end in ("pk", "-pk")
    )
    if first is None or last is None:
        yield read.queryset
        return
    for start in range(first, last + 1, STRIDE):
        yield read.queryset.filter(pk__gte=start, pk__lt=start + STRIDE)
