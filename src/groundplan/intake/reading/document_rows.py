"""Registers whose documents begin with a row of their own. It says who the document is for and
what it sums to, in the columns that the lines below use for what was sold and for how much."""

from dataclasses import dataclass, replace

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile
from groundplan.intake.mapping.numbers import Mark, decimal_mark, number_sql

from .group_rows import GROUP, is_total_sql, note_left_out, renewed

_SAMPLE = 5_000
_MOST_ROWS = 200_000
_FEWEST = 5
_NEARLY_ALL, _MOSTLY, _HALF = 0.95, 0.9, 0.5
_NUMBER = "^[-+0-9.,() ]+$"
DAY = r"^\d{4}-\d\d-\d\d"


@dataclass(frozen=True, slots=True)
class _Column:
    """How many head rows and lines fill it, and how many of each with something else than a
    number."""

    name: str
    heads: int
    lines: int
    head_texts: int
    line_texts: int


def headed_lines(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> StagedFile | None:
    """The lines with what their document's row says, its text as a first column; None where the
    rows that fill the first column aren't such.

    They are where they share one column of texts with their lines, and hold the sum of these.
    """
    if not 2 * _FEWEST <= file.rows <= _MOST_ROWS:
        return None
    heads, lines, columns = _counted(connection, file)
    if heads < _FEWEST or lines < _HALF * heads:
        return None
    said = [
        one.name
        for one in columns
        if one.head_texts > _NEARLY_ALL * heads and one.line_texts > _NEARLY_ALL * lines
    ]
    if len(said) != 1:
        return None
    for one in columns:
        both = one.heads > _HALF * heads and one.lines > _MOSTLY * lines
        if both and not (one.head_texts or one.line_texts):
            mark: Mark = decimal_mark(connection, file.relation, one.name) or "."
            number = number_sql(quoted(one.name), mark)
            if _is_sum(connection, file, said[0], number):
                down = [c.name for c in columns if c.head_texts and not c.lines]
                return _lines(connection, file, said[0], number, down)
    return None


def _counted(
    connection: duckdb.DuckDBPyConnection, file: StagedFile
) -> tuple[int, int, list[_Column]]:
    head = f"{quoted(file.columns[0])} IS NOT NULL"
    told = ", ".join(
        f"count({cell}) FILTER ({head}), count({cell}) FILTER (NOT {head}),"
        f" count(*) FILTER ({head} AND {_text(cell)}), count(*) FILTER (NOT {head} AND"
        f" {_text(cell)})"
        for cell in map(quoted, file.columns)
    )
    row = connection.execute(
        f"SELECT count(*) FILTER ({head}), count(*) FILTER (NOT {head}), {told} FROM"
        f" (SELECT * FROM {file.relation} LIMIT {_SAMPLE})"
    ).fetchone()
    heads, lines, *counts = row or (0, 0)
    columns = [
        _Column(name, *counts[4 * at : 4 * at + 4])
        for at, name in enumerate(file.columns)
        if counts
    ]
    return heads, lines, columns


def _text(cell: str) -> str:
    number = f"regexp_matches({cell}, {literal(_NUMBER)})"
    return f"{cell} IS NOT NULL AND (NOT {number} OR regexp_matches({cell}, {literal(DAY)}))"


def _grouped(file: StagedFile, said: str) -> str:
    """SQL of the file with `g`, the number of the row that begins a document, without totals."""
    first = quoted(file.columns[0])
    return (
        f"(SELECT *, count(*) FILTER ({first} IS NOT NULL) OVER (ORDER BY _line) AS g"
        f" FROM {file.relation} WHERE NOT {is_total_sql(quoted(said))})"
    )


def _is_sum(
    connection: duckdb.DuckDBPyConnection, file: StagedFile, said: str, number: str
) -> bool:
    """Is the number of nearly every such row the sum of those below it?"""
    first = quoted(file.columns[0])
    row = connection.execute(
        f"SELECT count(*) FILTER (n > 1), avg(CAST(abs(h - s) <= 0.02 AS INTEGER)) FROM (SELECT"
        f" max({number}) FILTER ({first} IS NOT NULL) AS h, sum({number}) FILTER ({first} IS NULL)"
        f" AS s, count(*) FILTER ({first} IS NULL) AS n FROM {_grouped(file, said)} GROUP BY g)"
        f" WHERE n > 0"
    ).fetchone()
    several, share = row or (0, None)
    return several >= _FEWEST and share is not None and share >= _NEARLY_ALL


def _lines(
    connection: duckdb.DuckDBPyConnection,
    file: StagedFile,
    said: str,
    number: str,
    down: list[str],
) -> StagedFile:
    """A document without lines is a line itself where it has a number."""
    first, own = quoted(file.columns[0]), quoted(said)
    cells = ", ".join(
        f"first_value({quoted(name)}) OVER grouped AS {quoted(name)}"
        if name in down
        else f"CASE WHEN {first} IS NULL THEN {own} END AS {own}"
        if name == said
        else quoted(name)
        for name in file.columns
    )
    relation = f"{file.relation}_headed"
    connection.execute(
        f"CREATE TABLE {relation} AS SELECT _line, {', '.join(map(quoted, (GROUP, *file.columns)))}"
        f" FROM (SELECT _line, first_value({own}) OVER grouped AS {quoted(GROUP)}, {cells},"
        f" {first} IS NULL OR (count(*) OVER (PARTITION BY g) = 1 AND {number} <> 0) AS told"
        f" FROM {_grouped(file, said)} WHERE g > 0"
        f" WINDOW grouped AS (PARTITION BY g ORDER BY _line)) WHERE told ORDER BY _line"
    )
    note_left_out(connection, file, relation)
    return renewed(connection, replace(file, columns=(GROUP, *file.columns)), relation)
