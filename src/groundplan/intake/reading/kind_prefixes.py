"""Keys with the kind of thing in front, as some CRMs write references: `Accounts::::Elm Foods`."""

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile

from .tables import with_cells

_KIND = r"^\pL[\pL\d_ ]{1,30}:{2,}"
_FIRST = 200
_MOST_KINDS = 3


def without_kinds(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> StagedFile:
    """The file with the names alone in such columns; itself where it has none.

    Every filled cell of such a column names a kind, of which there are a few.
    """
    some = [column for column in _first_marked(connection, file) if _has(connection, file, column)]
    if not some:
        return file
    named = {c: f"regexp_replace({quoted(c)}, {literal(_KIND)}, '')" for c in some}
    return with_cells(connection, file, "named", named)


def _first_marked(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> list[str]:
    """The columns of whose first cells one has a mark: hardly any file has one."""
    marked = ", ".join(f"bool_or(contains({quoted(column)}, '::'))" for column in file.columns)
    row = connection.execute(
        f"SELECT {marked} FROM (SELECT * FROM {file.relation} LIMIT {_FIRST})"
    ).fetchone()
    return [column for column, has in zip(file.columns, row or (), strict=False) if has]


def _has(connection: duckdb.DuckDBPyConnection, file: StagedFile, column: str) -> bool:
    cell = quoted(column)
    row = connection.execute(
        f"SELECT count(DISTINCT regexp_extract({cell}, {literal(_KIND)})),"
        f" bool_and(regexp_matches({cell}, {literal(_KIND + '.')})) FROM {file.relation}"
        f" WHERE {cell} IS NOT NULL"
    ).fetchone()
    kinds, every = row or (0, False)
    return bool(every) and 0 < kinds <= _MOST_KINDS
