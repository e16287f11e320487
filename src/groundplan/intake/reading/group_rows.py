"""Groups without a column of their own: a name alone in its line, in a column that otherwise holds
dates or numbers; or a cell that a workbook merged over all lines of its group."""

from dataclasses import replace

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile

from .left_out import leave_out
from .printed_totals import keep_printed

GROUP = "Group"
"""The column that is made of lines which only name whose the lines below are."""

TOTALS = (
    r"^(grand |sub)?totals?\b|^total (for|of|-)|^(gesamt|summe|zwischensumme|endsumme|totaux"
    r"|sous-total|totale|totaal|suma|gesamtergebnis|eindtotaal|toplam|итого)\b|^(총?합계|合計|总计|小计)"
)
_COUNTS = r"^(count|sum|average|avg|anzahl|nombre)( of.*)?$"
_VALUE = r"^[-+]?[0-9][-0-9.,/: ]*([T ].*)?$"
_SAMPLE = 5_000


def is_total_sql(cell: str) -> str:
    """SQL of whether a cell begins like a total's."""
    return f"regexp_matches(lower(coalesce({cell}, '')), {literal(TOTALS)})"


def _sums_up_sql(cell: str) -> str:
    return (
        f"({is_total_sql(cell)} OR regexp_matches(lower(coalesce({cell}, '')), {literal(_COUNTS)}))"
    )


def named_between(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> StagedFile | None:
    """The file with its lonely names as a first column; None where it isn't such a report."""
    first, *others = map(quoted, file.columns)
    alone = " AND ".join(f"{name} IS NULL" for name in others) or "false"
    value = f"coalesce(regexp_matches({first}, {literal(_VALUE)}), false)"
    lone = f"({first} IS NOT NULL AND {alone} AND NOT {value} AND NOT {is_total_sql(first)})"
    row = connection.execute(
        f"SELECT count(*) FILTER ({lone}), count(*) FILTER ({value}), count(*) FILTER"
        f" (NOT {value} AND NOT {lone} AND NOT {is_total_sql(first)}) FROM"
        f" (SELECT * FROM {file.relation} LIMIT {_SAMPLE})"
    ).fetchone()
    groups, lines, strange = row or (0, 0, 0)
    if groups < 2 or lines < groups or strange > 0.02 * lines:
        return None
    relation, name = f"{file.relation}_grouped", quoted(GROUP)
    connection.execute(
        f"CREATE TABLE {relation} AS SELECT _line, {name}, {first}, {', '.join(others)} FROM"
        f" (SELECT *, {value} AS told, last_value(CASE WHEN {lone} THEN {first} END IGNORE NULLS)"
        f" OVER (ORDER BY _line) AS {name} FROM {file.relation}) WHERE told ORDER BY _line"
    )
    note_left_out(connection, file, relation)
    return renewed(connection, replace(file, columns=(GROUP, *file.columns)), relation)


def merged_down(
    connection: duckdb.DuckDBPyConnection, file: StagedFile, *, had_totals: bool = False
) -> StagedFile:
    """The file with the leading columns of a report with totals filled down; else itself.

    `had_totals`: its groups ended with totals, which were left out before.
    """
    told = [name for name in file.columns if _filled(connection, file, name)]
    levels: list[str] = []
    for name in told[:4]:
        if not _is_level(connection, file, name):
            break
        levels.append(name)
    totals = " OR ".join(_sums_up_sql(quoted(name)) for name in told[: len(levels) + 2])
    if not levels or not (had_totals or _any(connection, file, totals)):
        return file
    cells = ", ".join(
        f"last_value({quoted(name)} IGNORE NULLS) OVER (ORDER BY _line) AS {quoted(name)}"
        if name in levels
        else quoted(name)
        for name in file.columns
    )
    relation = f"{file.relation}_merged"
    connection.execute(
        f"CREATE TABLE {relation} AS SELECT _line, {cells} FROM {file.relation}"
        f" WHERE NOT ({totals}) ORDER BY _line"
    )
    note_left_out(connection, file, relation)
    return renewed(connection, file, relation)


def _filled(connection: duckdb.DuckDBPyConnection, file: StagedFile, column: str) -> bool:
    return _any(connection, file, f"{quoted(column)} IS NOT NULL")


def _any(connection: duckdb.DuckDBPyConnection, file: StagedFile, test: str) -> bool:
    found = connection.execute(f"SELECT 1 FROM {file.relation} WHERE {test} LIMIT 1").fetchone()
    return found is not None


def _is_level(connection: duckdb.DuckDBPyConnection, file: StagedFile, column: str) -> bool:
    """Filled in the first line and then seldom, and hardly ever with what the line before had."""
    cell = quoted(column)
    row = connection.execute(
        f"SELECT count({cell}), count(DISTINCT {cell}), count(*),"
        f" arg_min({cell} IS NOT NULL, _line) FROM"
        f" (SELECT * FROM {file.relation} LIMIT {_SAMPLE}) WHERE NOT {_sums_up_sql(cell)}"
    ).fetchone()
    filled, kinds, rows, begins = row or (0, 0, 0, False)
    return bool(begins and filled >= 2 and filled < 0.6 * rows and kinds > 0.6 * filled)


def note_left_out(connection: duckdb.DuckDBPyConnection, file: StagedFile, relation: str) -> None:
    first = " || ' ' || ".join(f"coalesce({quoted(name)}, '')" for name in file.columns[:4])
    gone = connection.execute(
        f"SELECT _line, trim({first}) FROM {file.relation} WHERE _line NOT IN"
        f" (SELECT _line FROM {relation}) ORDER BY _line"
    ).fetchall()
    leave_out(connection, file.name, gone)
    keep_printed(connection, file, relation)


def renewed(connection: duckdb.DuckDBPyConnection, file: StagedFile, relation: str) -> StagedFile:
    row = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    return replace(file, relation=relation, rows=row[0] if row else 0)
