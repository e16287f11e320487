"""Staged rows into the database: a statement a table, in the caller's transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, models, transaction

from .bulk import Value, table_of
from .staging import KEY, Staged

WORTH_REBUILDING = 20_000
"""From about so many rows on, indexes built once cost less than indexes kept row by row."""

WORTH_ANALYSING = 1_000


def rows_insert(model: type[models.Model], staged: Staged, fixed: Mapping[str, Value]) -> int:
    """Inserts every staged row, `fixed` (column to value) being the same in all."""
    columns = [column for column in staged.columns if column != KEY]
    values = [staged.value(column) for column in columns]
    return _insert(model, staged, dict(zip(columns, values, strict=True)), fixed)


def keys_insert(model: type[models.Model], staged: Staged, fixed: Mapping[str, Value]) -> int:
    """Inserts the key and the id of every staged row as `key` and `target_id`."""
    return _insert(model, staged, {"key": f's."{KEY}"', "target_id": "s.id"}, fixed)


def rows_update(model: type[models.Model], staged: Staged, *, lives_again: bool) -> int:
    """Sets the staged columns of the rows with the staged ids; `lives_again` ends an archiving."""
    sets = [f'"{name}" = {staged.value(name)}' for name in staged.columns if name != "id"]
    sets += ["archived_at = NULL"] if lives_again else []
    table = f'"{table_of(model)}"'
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {', '.join(sets)} FROM {staged.relation} s WHERE s.id = {table}.id"
        )
    _analysed_later(model, staged.rows)
    return staged.rows


def _insert(
    model: type[models.Model],
    staged: Staged,
    values: Mapping[str, str],
    fixed: Mapping[str, Value],
) -> int:
    names = ", ".join(f'"{name}"' for name in [*values, *fixed])
    chosen = ", ".join([*values.values(), *["%s"] * len(fixed)])
    with _indexes_rebuilt(model, staged.rows), connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table_of(model)}" ({names}) SELECT {chosen} FROM {staged.relation} s'
            " ORDER BY s.id",
            list(fixed.values()),
        )
    _analysed_later(model, staged.rows)
    return staged.rows


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
        indexes = [(name, sql) for name, sql in indexes if name not in _of_its_own_rows(table)]
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, sql in indexes:
            cursor.execute(sql)


def _of_its_own_rows(table: str) -> set[str]:
    """Indexes that start with a column that refers to the same table.

    While a row waits for one that comes after it, SQLite looks for such rows at every row that it
    inserts: without an index in the whole table, which takes hours at a million rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.name FROM pragma_index_list(%s) i, pragma_index_info(i.name) c,"
            ' pragma_foreign_key_list(%s) f WHERE c.seqno = 0 AND c.name = f."from"'
            ' AND f."table" = %s',
            [table, table, table],
        )
        return {row[0] for row in cursor.fetchall()}


def _analysed_later(model: type[models.Model], rows: int) -> None:
    """PostgreSQL plans by what it knows of a table, which is outdated after many writes."""
    if connection.vendor != "postgresql" or rows < WORTH_ANALYSING:
        return

    def analyse() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'ANALYZE "{table_of(model)}"')

    transaction.on_commit(analyse)
