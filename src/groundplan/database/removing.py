"""Rows put back or taken away by the hundred thousand, in the caller's transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import connection, models

from .bulk import Row, Value, execute_many, table_of

Column = Any
"""A foreign key: Django's stubs don't know `column` and `on_delete` of one."""

_numbers = count(1)
_BATCH = 5000


def rows_restore(
    model: type[models.Model], columns: Sequence[str], batches: Iterable[Sequence[Row]]
) -> int:
    """Sets `columns` of the rows whose id is each row's last value; text is cast as it is."""
    changes = ", ".join(f'"{column}" = %s' for column in columns)
    sql = f'UPDATE "{table_of(model)}" SET {changes} WHERE id = %s'
    return execute_many(sql, batches)


def rows_delete(
    model: type[models.Model],
    ids: Sequence[int],
    *,
    by: str = "id",
    fixed: Mapping[str, Value] | None = None,
) -> int:
    """Deletes the rows whose column `by` is among `ids` and whose other columns are `fixed`."""
    if not ids:
        return 0
    where = "".join(f' AND "{name}" = %s' for name in fixed or {})
    with _listed(ids) as listed, connection.cursor() as cursor:
        cursor.execute(
            f'DELETE FROM "{table_of(model)}" WHERE "{by}" IN (SELECT id FROM {listed}){where}',
            list((fixed or {}).values()),
        )
        return int(cursor.rowcount)


def rows_remove(
    model: type[models.Model], ids: Sequence[int], *, holders: Collection[str]
) -> list[int]:
    """Deletes rows that nothing in the rooms `holders` refers to; returns which those were.

    What other rooms keep about a row goes with it, as its foreign keys say: one that protects it
    holds it as well.
    """
    if not ids:
        return []
    with _listed(ids) as listed, connection.cursor() as cursor:
        held = [column for column in _referring(model) if _holds(column, holders)]
        while sum(_release(column, model, listed) for column in held):
            pass
        for column in _referring(model):
            if column not in held:
                _drop(column, listed)
        cursor.execute(f"SELECT id FROM {listed} ORDER BY id")
        removed = [row[0] for row in cursor.fetchall()]
        cursor.execute(f'DELETE FROM "{table_of(model)}" WHERE id IN (SELECT id FROM {listed})')
    return removed


def _holds(column: Column, holders: Collection[str]) -> bool:
    room = column.model._meta.app_label  # noqa: SLF001
    return room in holders or column.remote_field.on_delete is models.PROTECT


def _referring(model: type[models.Model]) -> list[Column]:
    """The foreign keys of any room that point to the model."""
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)  # noqa: SLF001
        if isinstance(relation, models.ManyToOneRel)
    ]


def _release(column: Column, model: type[models.Model], listed: str) -> int:
    """Takes off the list what rows that stay refer to; returns how many."""
    where = f'"{column.column}" IN (SELECT id FROM {listed})'
    if column.model is model:
        where += f" AND id NOT IN (SELECT id FROM {listed})"
    with connection.cursor() as cursor:
        cursor.execute(
            f'DELETE FROM {listed} WHERE id IN (SELECT "{column.column}" FROM'
            f' "{table_of(column.model)}" WHERE {where})'
        )
        return int(cursor.rowcount)


def _drop(column: Column, listed: str) -> None:
    table, where = table_of(column.model), f'"{column.column}" IN (SELECT id FROM {listed})'
    on_delete = column.remote_field.on_delete
    with connection.cursor() as cursor:
        if on_delete is models.SET_NULL:
            cursor.execute(f'UPDATE "{table}" SET "{column.column}" = NULL WHERE {where}')
        elif on_delete is models.CASCADE:
            cursor.execute(f'DELETE FROM "{table}" WHERE {where}')


@contextmanager
def _listed(ids: Sequence[int]) -> Iterator[str]:
    """A temporary table `id` of the ids: a list of a million fits no statement."""
    name = f"listed_ids_{next(_numbers)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} (id BIGINT PRIMARY KEY)")
        for at in range(0, len(ids), _BATCH):
            rows = [(one,) for one in ids[at : at + _BATCH]]
            cursor.executemany(f"INSERT INTO {name} VALUES (%s)", rows)
    yield name
    # After an error there is nothing to drop: the table goes with the transaction.
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {name}")
