"""Staged rows into the database: a statement a table, in the caller's transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, models, transaction

from . import whole_tables
from .bulk import Value, table_of
from .staging import KEY, Staged

WORTH_REBUILDING = 20_000
"""From about so many rows on, indexes built once cost less than indexes kept row by row."""

WORTH_ANALYSING = 1_000


def rows_insert(model: type[models.Model], staged: Staged, fixed: Mapping[str, Value]) -> int:
    """Inserts every staged row, `fixed` (column to value) being the same in all."""
    if staged.whole and whole_tables.copied(model, staged.relation):
        return staged.rows
    values = {column: staged.value(column) for column in staged.columns if column != KEY}
    own = _own_references(model, staged) if connection.vendor == "sqlite" else []
    # While a row waits for one that comes after it, SQLite looks for such rows in every table that
    # may refer to the one it inserts: none waits, and those are joined to each other afterwards.
    later = {column: f"CAST({values[column]} AS BIGINT)" for column in own}
    values |= {column: f"CASE WHEN {id_} <= s.id THEN {id_} END" for column, id_ in later.items()}
    with _indexes_rebuilt(model, staged.rows):
        _insert(model, staged, values, fixed)
        for column, id_ in later.items():
            _set(model, staged, {column: id_}, f" AND {id_} > s.id")
    _analysed_later(model, staged.rows)
    return staged.rows


def _own_references(model: type[models.Model], staged: Staged) -> list[str]:
    """The staged columns that refer to rows of the same table."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's documented way
    own = [field.column for field in fields if field.related_model is model]
    return [str(column) for column in own if column in staged.columns]


def keys_insert(model: type[models.Model], staged: Staged, fixed: Mapping[str, Value]) -> int:
    """Inserts the key and the id of every staged row as `key` and `target_id`, unless it is of a
    whole table of keys."""
    if staged.whole:
        return rows_insert(model, staged, {})
    with _indexes_rebuilt(model, staged.rows):
        _insert(model, staged, {"key": f's."{KEY}"', "target_id": "s.id"}, fixed)
    _analysed_later(model, staged.rows)
    return staged.rows


def rows_update(model: type[models.Model], staged: Staged, *, lives_again: bool) -> int:
    """Sets the staged columns of the rows with the staged ids; `lives_again` ends an archiving."""
    sets = {name: staged.value(name) for name in staged.columns if name != "id"}
    _set(model, staged, sets | ({"archived_at": "NULL"} if lives_again else {}))
    _analysed_later(model, staged.rows)
    return staged.rows


def _set(
    model: type[models.Model], staged: Staged, sets: Mapping[str, str], where: str = ""
) -> None:
    table = f'"{table_of(model)}"'
    changes = ", ".join(f'"{name}" = {value}' for name, value in sets.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {changes} FROM {staged.relation} s WHERE s.id = {table}.id{where}"
        )


def _insert(
    model: type[models.Model],
    staged: Staged,
    values: Mapping[str, str],
    fixed: Mapping[str, Value],
) -> None:
    names = ", ".join(f'"{name}"' for name in [*values, *fixed])
    chosen = ", ".join([*values.values(), *["%s"] * len(fixed)])
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table_of(model)}" ({names}) SELECT {chosen} FROM {staged.relation} s'
            " ORDER BY s.id",
            list(fixed.values()),
        )


@contextmanager
def _indexes_rebuilt(model: type[models.Model], rows: int) -> Iterator[None]:
    """Within the block SQLite keeps no index of the table that is about to double."""
    if connection.vendor != "sqlite" or rows < WORTH_REBUILDING:
        yield
        return
    table = table_of(model)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM (SELECT 1 FROM "{table}" LIMIT {rows + 1})')
        there = cursor.fetchone()[0]
        indexes: list[tuple[str, str]] = []
        if there <= rows:
            # Those without SQL belong to the table itself.
            cursor.execute(
                "SELECT name, sql FROM sqlite_master"
                " WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s",
                [table],
            )
            indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, sql in indexes:
            cursor.execute(sql)


def _analysed_later(model: type[models.Model], rows: int) -> None:
    """PostgreSQL plans by what it knows of a table, which is outdated after many writes."""
    if connection.vendor != "postgresql" or rows < WORTH_ANALYSING:
        return

    def analyse() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'ANALYZE "{table_of(model)}"')

    transaction.on_commit(analyse)
