"""The rows that can't be taken, in words, streamed into a CSV file."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from groundplan.engine.facts import TABLES
from groundplan.engine.sql import literal
from groundplan.intake.contracts import Reject, RejectSum
from groundplan.kernel.cells import FORMULA_SIGNS

from .reasons import REASONS
from .repeats import SAME
from .typing import Typed

SAMPLE = 100
SUMS = 20
EXAMPLES = 3
# What differs from row to row of one reason: the driving row, the name that may be meant, how many
# cells there are, whom a circle leads through; where the row stands that was there before.
_PARTICULAR = r"( [(].* line [0-9]+[)]|: did you mean .*|: [0-9]+ / [0-9]+|: .+ > .+)$"
# What spreadsheets take for a formula, wide signs included; and what is only a number.
_FORMULA = f"^({'|'.join(map(re.escape, FORMULA_SIGNS))})"
_NUMBER = r"[+-][0-9., '\xa0]*%?"
_BEFORE = r" line [0-9]+, with"
_PART = "split_part(r._fault, '|', 3)"
_DETAIL = "CASE WHEN starts_with(r._fault, '*') THEN split_part(r._fault, '|', 3) ELSE array_to_string(string_split(r._fault, '|')[3:], '|') END"  # noqa: E501 - one expression


def collect_rejects(connection: duckdb.DuckDBPyConnection, typed: Sequence[Typed]) -> int:
    """Makes the table `rejects` (file, line, column, value, reason); returns how many.

    A value that stands in a joined file is named there: that file, its line, its heading.
    """
    _labels(connection, typed)
    _joined_lines(connection, typed)
    connection.execute(
        'CREATE TABLE rejects (file VARCHAR, line BIGINT, "column" VARCHAR, value VARCHAR,'
        " reason VARCHAR)"
    )
    for table in TABLES:
        if any(each.mapping.table == table for each in typed) and _has_faults(connection, table):
            connection.execute(f"INSERT INTO rejects {_rows_of(table)}")
    ragged = str(REASONS["ragged"]).replace("{}", "")
    connection.execute(
        f"INSERT INTO rejects SELECT file, line, '', start, {literal(ragged)} || cells || ' / '"
        f" || expected FROM ragged ORDER BY file, line"
    )
    found = connection.execute("SELECT count(*) FROM rejects").fetchone()
    return int(found[0]) if found else 0


def _has_faults(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Most files are without any, and only to plan the words of all reasons takes long."""
    faulty = f"SELECT 1 FROM rows_{table} WHERE _fault IS NOT NULL AND _fault <> '{SAME}' LIMIT 1"
    return connection.execute(faulty).fetchone() is not None


def _rows_of(table: str) -> str:
    column = "split_part(r._fault, '|', 1)"
    # A row without a partner names file and heading in the fault, the join being nobody's column.
    # So does a computed value, whose cell may stand in any of the files.
    cell = f"(split_part(r._fault, '|', 2) IN ('decimal', 'missing') AND {_PART} <> '')"
    heading = (
        f"CASE WHEN {column} = '*' THEN split_part(r._fault, '|', 5)"
        f" WHEN {cell} THEN replace(split_part(r._fault, '|', 4), {_PART} || ':', '')"
        f" ELSE coalesce(l.heading, {column}) END"
    )
    at = "coalesce(r._at, e.cell_line)"
    # Where an optional join found no partner there is no line in its file to name.
    other = f"WHEN l.file <> d.file AND {at} IS NULL THEN d.file"
    file = (
        f"CASE WHEN {cell} THEN {_PART} WHEN {column} = '*' THEN split_part(r._fault, '|', 4)"
        f" {other} ELSE coalesce(l.file, d.file) END"
    )
    through = "' (' || d.file || ' line ' || r._line || ')'"
    return (
        f"SELECT {file}, coalesce({at}, r._line), {heading}, coalesce(r._value, ''),"
        f" {_reason()} || CASE WHEN {file} <> d.file THEN {through} ELSE '' END"
        f" FROM rows_{table} r JOIN labels d ON d.place = r._place AND d.name = '*'"
        f" LEFT JOIN labels l ON l.place = r._place AND l.name = {column}"
        f" LEFT JOIN joined_lines e ON e.place = r._place AND e.line = r._line"
        f" AND e.name = {column}"
        f" WHERE r._fault IS NOT NULL AND r._fault <> '{SAME}' ORDER BY r.rowid"
    )


def _joined_lines(connection: duckdb.DuckDBPyConnection, typed: Sequence[Typed]) -> None:
    """`joined_lines` (place, line, name, cell_line): where cells of joined files stand whose fault
    was found after typing (unknown, in a circle), by the driving line."""
    connection.execute(
        "CREATE TABLE joined_lines (place INTEGER, line BIGINT, name VARCHAR, cell_line BIGINT)"
    )
    for each in typed:
        table, place = each.mapping.table, each.place
        joined = {n: o.line for n, o in each.compiled.origins.items() if o.line != "_line"}
        if not joined or not _has_faults(connection, table):
            continue
        name = "split_part(r._fault, '|', 1)"
        whens = " ".join(f"WHEN {literal(column)} THEN w.{at}" for column, at in joined.items())
        connection.execute(
            f"INSERT INTO joined_lines SELECT {place}, r._line, {name},"
            f" min(CASE {name} {whens} END) FROM rows_{table} r JOIN raw_{place} w"
            f" ON w._line = r._line WHERE r._place = {place} AND r._at IS NULL"
            f" AND {name} IN ({', '.join(map(literal, joined))}) GROUP BY r._line, {name}"
        )


def write_rejects(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Writes the rejects so that no spreadsheet runs a cell: a quote mark stands before what
    begins as a formula does. Numbers stay as they were."""
    cells = ", ".join(
        f"CASE WHEN regexp_matches({name}, {literal(_FORMULA)})"
        f" AND NOT regexp_full_match({name}, {literal(_NUMBER)})"
        f" THEN chr(39) || {name} ELSE {name} END AS {name}"
        for name in ("file", '"column"', "value", "reason")
    )
    connection.execute(
        f"COPY (SELECT * REPLACE ({cells}) FROM rejects) TO {literal(str(path))}"
        " (FORMAT csv, HEADER)"
    )


def reject_sample(connection: duckdb.DuckDBPyConnection) -> tuple[Reject, ...]:
    """The first rejects."""
    rows = connection.execute(f"FROM rejects LIMIT {SAMPLE}").fetchall()
    return tuple(Reject(*row) for row in rows)


def reject_sums(connection: duckdb.DuckDBPyConnection) -> tuple[RejectSum, ...]:
    """The rejects by file, column and reason, the most frequent first, each with examples."""
    why = f"regexp_replace(regexp_replace(reason, '{_PARTICULAR}', ''), '{_BEFORE}', ', with')"
    example = "{'line': line, 'value': left(value, 200), 'reason': reason}"
    rows = connection.execute(
        f"""SELECT file, "column", {why} AS why, count(*), min(line),"""
        f" arg_min({example}, line, {EXAMPLES}) FROM rejects GROUP BY ALL"
        f" ORDER BY 4 DESC, 5, 1, 2, 3 LIMIT {SUMS}"
    ).fetchall()
    return tuple(
        RejectSum(file, column, reason, number, first, tuple(_example(one) for one in examples))
        for file, column, reason, number, first, examples in rows
    )


def _example(told: dict[str, Any]) -> tuple[int, str, str]:
    return told["line"], told["value"], told["reason"]


def _reason() -> str:
    whens = " ".join(
        f"WHEN {literal(code)} THEN replace({literal(str(text))}, '{{}}', {_DETAIL})"
        for code, text in REASONS.items()
    )
    return f"CASE split_part(r._fault, '|', 2) {whens} END"


def _labels(connection: duckdb.DuckDBPyConnection, typed: Sequence[Typed]) -> None:
    """`labels`: what the files call each canonical column of each mapping; '*' is the file."""
    connection.execute(
        "CREATE TABLE labels (place INTEGER, name VARCHAR, file VARCHAR, heading VARCHAR)"
    )
    rows = []
    for each in typed:
        file = each.mapping.file
        rows.append((each.place, "*", file, ""))
        for name, origin in each.compiled.origins.items():
            rows.append((each.place, name, origin.file or file, origin.heading or name))
        rows += [
            (each.place, column.name, file, column.name)
            for column in TABLES[each.mapping.table].columns
            if column.name not in each.compiled.origins
        ]
    connection.executemany("INSERT INTO labels VALUES (?, ?, ?, ?)", rows)
