"""Rows by the hundred thousand: statements that SQLite and PostgreSQL both take.

Values are text, whole numbers, truth values or None, as the database casts them: amounts and
dates as text, JSON as text, UUIDs as 32 hexadecimal digits.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from django.db import connection, models, transaction

from groundplan.kernel import clock

Value = str | int | bool | None
Row = Sequence[Value]
Stored = tuple[Value, ...]
_FETCH = 10_000
_CHUNK = 900
_TOGETHER = 60
"""Rows a statement: SQLite looks after the last id and the indexes once for all of them."""


def table_of(model: type[models.Model]) -> str:
    """The model's table in the database."""
    return model._meta.db_table  # noqa: SLF001 - Django's documented way


def text_limits(model: type[models.Model]) -> dict[str, int]:
    """The most characters that each text column takes."""
    fields = model._meta.concrete_fields  # noqa: SLF001
    return {
        str(field.column): field.max_length
        for field in fields
        if isinstance(field, models.CharField) and field.max_length
    }


def rows_archive(model: type[models.Model], ids: Sequence[int]) -> int:
    """Sets `archived_at` of rows that lack it; does nothing where the model has no such column."""
    if not any(field.name == "archived_at" for field in model._meta.get_fields()):  # noqa: SLF001
        return 0
    rows = model._default_manager.filter(archived_at__isnull=True)  # noqa: SLF001
    now = clock.now()
    return sum(
        rows.filter(pk__in=ids[at : at + _CHUNK]).update(archived_at=now)
        for at in range(0, len(ids), _CHUNK)
    )


def ids_reserve(model: type[models.Model], count: int) -> int:
    """The first of `count` ids in a row that no other writer is given; unused ones stay unused."""
    if count == 0:
        return 0
    table = table_of(model)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'LOCK TABLE "{table}" IN SHARE ROW EXCLUSIVE MODE')
            sequence = "pg_get_serial_sequence(%s, 'id')"
            cursor.execute(
                f"SELECT setval({sequence}, nextval({sequence}) + %s - 1)", [table, table, count]
            )
        else:
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT %s, 0 WHERE NOT EXISTS"
                " (SELECT 1 FROM sqlite_sequence WHERE name = %s)",
                [table, table],
            )
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table]
            )
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    return int(last[0]) - count + 1


def rows_insert(
    model: type[models.Model], columns: Sequence[str], batches: Iterable[Sequence[Row]]
) -> int:
    """Inserts rows of `columns` (the database's names) in the caller's transaction.

    `batches` may not ask the database: on PostgreSQL the connection is taken while they flow.
    """
    names = ", ".join(f'"{column}"' for column in columns)
    into = f'"{table_of(model)}" ({names})'
    if connection.vendor == "postgresql":
        return _copy(f"COPY {into} FROM STDIN", batches)
    row = f"({', '.join(['%s'] * len(columns))})"
    count = 0
    with connection.cursor() as cursor:
        for batch in batches:
            whole = len(batch) // _TOGETHER * _TOGETHER
            starts = range(0, whole, _TOGETHER)
            parts = [tuple(chain.from_iterable(batch[at : at + _TOGETHER])) for at in starts]
            if parts:
                rows = ", ".join([row] * _TOGETHER)
                cursor.executemany(f"INSERT INTO {into} VALUES {rows}", parts)
            if batch[whole:]:
                cursor.executemany(f"INSERT INTO {into} VALUES {row}", batch[whole:])
            count += len(batch)
    return count


def rows_update(
    model: type[models.Model], columns: Sequence[str], batches: Iterable[Sequence[Row]]
) -> int:
    """Sets `columns` of the rows whose id is each row's last value, in the caller's transaction."""
    changes = ", ".join(f'"{column}" = %s' for column in columns)
    return execute_many(f'UPDATE "{table_of(model)}" SET {changes} WHERE id = %s', batches)


def _copy(sql: str, batches: Iterable[Sequence[Row]]) -> int:
    """Rows through PostgreSQL's own door for many, several times as fast as inserting them."""
    count = 0
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(sql) as copy:
        for batch in batches:
            for row in batch:
                copy.write_row(row)
            count += len(batch)
    return count


def execute_many(sql: str, batches: Iterable[Sequence[Row]]) -> int:
    """Run one statement for every row; returns how many rows there were."""
    count = 0
    with connection.cursor() as cursor:
        for batch in batches:
            if batch:
                cursor.executemany(sql, batch)
                count += len(batch)
    return count


def rows_as_text(
    model: type[models.Model],
    columns: Sequence[str],
    *,
    where: str = "",
    among: Sequence[Value] | None = None,
    by: str = "id",
    params: Sequence[Value] = (),
) -> Iterator[list[Stored]]:
    """Batches of (id, columns as text) of every row, or of those whose `by` is `among` some.

    `where` is a condition in SQL with `params` for its marks.
    """
    chosen = ", ".join(["id", *(f'CAST("{column}" AS TEXT)' for column in columns)])
    sql = f'SELECT {chosen} FROM "{table_of(model)}" WHERE {where or "1 = 1"}'
    if among is None:
        yield from _fetched(sql, params)
        return
    # Said twice, a value could be in two parts, and its row would come twice.
    asked = list(dict.fromkeys(among))
    for start in range(0, len(asked), _CHUNK):
        part = asked[start : start + _CHUNK]
        marks = ", ".join(["%s"] * len(part))
        yield from _fetched(f'{sql} AND "{by}" IN ({marks})', [*params, *part])


def _fetched(sql: str, params: Sequence[Value]) -> Iterator[list[Stored]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while batch := cursor.fetchmany(_FETCH):
            yield batch


def paths_refresh(model: type[models.Model], parent: str, *, most: int = 64) -> None:
    """Bring every `path` (`/1/5/9/`) in line with the column `parent`, a level at a time.

    At most `most` levels: a circle, which rules keep out, must not keep this from ending.
    """
    table = f'"{table_of(model)}"'
    own = f"'/' || CAST({table}.id AS TEXT) || '/'"
    above = (
        f"(SELECT p.path || CAST({table}.id AS TEXT) || '/' FROM {table} p"
        f' WHERE p.id = {table}."{parent}")'
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {table} SET path = {own} WHERE "{parent}" IS NULL AND path <> {own}'
        )
        for _ in range(most):
            cursor.execute(
                f'UPDATE {table} SET path = {above} WHERE "{parent}" IS NOT NULL'
                f" AND path <> {above}"
            )
            if cursor.rowcount == 0:
                return
