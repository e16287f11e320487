"""Totals that a report prints: no facts themselves, but what its facts must add up to."""

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile

PRINTED = "printed"
_WORD = (
    r"\b((grand|sub)?-?totals?|(gesamt|zwischen|end)?summe|gesamt(betrag|ergebnis)?|totaux|totale"
    r"|totaal|suma|somme|итого)\b|合計|小計|总计|小计"
)
_NO_SUM = r"\b(average|avg|mean|count|running|cumulative|durchschnitt|moyenne|promedio)\b"


def keep_printed(connection: duckdb.DuckDBPyConnection, file: StagedFile, relation: str) -> None:
    """Remembers the lines of totals of `file` that its `relation` hasn't any more."""
    _prepare(connection)
    said = " || ' ' || ".join(f"coalesce({quoted(name)}, '')" for name in file.columns)
    connection.execute(
        f"INSERT INTO {PRINTED} SELECT {literal(file.name)}, {literal(file.relation)}, _line FROM"
        f" (SELECT _line, lower({said}) AS said FROM {file.relation} WHERE _line NOT IN"
        f" (SELECT _line FROM {relation})) WHERE regexp_matches(said, {literal(_WORD)})"
        f" AND NOT regexp_matches(said, {literal(_NO_SUM)})"
    )


def printed_cells(
    connection: duckdb.DuckDBPyConnection, file: str, column: str
) -> list[tuple[int, str]]:
    """The filled cells of a column in a file's lines of totals, with their lines' numbers."""
    _prepare(connection)
    relations = connection.execute(
        f"SELECT DISTINCT p.relation FROM {PRINTED} p JOIN duckdb_columns() c"
        f" ON c.table_name = p.relation AND c.column_name = ? WHERE p.file = ?",
        [column, file],
    ).fetchall()
    found: dict[int, str] = {}
    for (relation,) in relations:
        rows = connection.execute(
            f"SELECT _line, {quoted(column)} FROM {relation} WHERE {quoted(column)} IS NOT NULL"
            f" AND _line IN (SELECT line FROM {PRINTED} WHERE file = ? AND relation = ?)",
            [file, relation],
        ).fetchall()
        found.update(rows)
    return sorted(found.items())


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        f"CREATE TABLE IF NOT EXISTS {PRINTED} (file VARCHAR, relation VARCHAR, line BIGINT)"
    )
