"""Reports that write a customer or an order once, above or beside its lines, and then leave blanks.

Two shapes: a line of its own holds the customer's name, its lines follow, `Total for ...` ends them
(ledgers); or an order's first line holds what is the order's and its further lines only their own.
"""

import re
from dataclasses import replace

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile

from .document_rows import DAY, headed_lines
from .group_rows import is_total_sql, merged_down, named_between

_SAMPLE = 5_000
_LONE_SHARE = 0.02
_FEWEST_GROUPS = 2
_KEYS = re.compile(r"(\b|_)(id|no|nr|number|num|ref|reference|code|order|invoice)(\b|_)", re.I)


def filled_groups(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> StagedFile:
    """The file with the blanks of its groups filled from above; itself where it has no groups.

    The relation becomes a view: lines stay what they are, and so do totals and group lines.
    """
    if file.rows < 4 or len(file.columns) < 3:
        return file
    among = named_between(connection, file)
    if among is not None:
        return among
    first = file.columns[0]
    if not _has_blanks(connection, file, first):
        return merged_down(connection, file)
    headed = headed_lines(connection, file)
    if headed is not None:
        return headed
    columns = _above(connection, file) or _beside(connection, file)
    return _filled(connection, file, columns) if columns else merged_down(connection, file)


def _has_blanks(connection: duckdb.DuckDBPyConnection, file: StagedFile, column: str) -> bool:
    row = connection.execute(
        f"SELECT count(*), count({quoted(column)}) FROM"
        f" (SELECT {quoted(column)} FROM {file.relation} LIMIT {_SAMPLE})"
    ).fetchone()
    rows, filled = row or (0, 0)
    return bool(0 < filled < 0.9 * rows)


def _above(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> list[str]:
    """The first column, where a filled cell stands alone in its line or begins a total."""
    first, others = quoted(file.columns[0]), [quoted(name) for name in file.columns[1:]]
    alone = " AND ".join(f"{name} IS NULL" for name in others)
    row = connection.execute(
        f"SELECT count(*) FILTER ({first} IS NOT NULL AND {alone} AND NOT {is_total_sql(first)}),"
        f" count(*) FILTER ({first} IS NOT NULL AND NOT ({alone}) AND NOT {is_total_sql(first)}),"
        f" count(*) FILTER ({first} IS NULL) FROM (SELECT * FROM {file.relation} LIMIT {_SAMPLE})"
    ).fetchone()
    groups, others_filled, below = row or (0, 0, 0)
    grouped = groups >= _FEWEST_GROUPS and below >= groups
    return [file.columns[0]] if grouped and others_filled <= _LONE_SHARE * groups else []


def _beside(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> list[str]:
    """The columns that are filled on the lines where the first is, and nowhere else.

    Amounts among them are the order's and stay where they are: filled down they would count twice.
    """
    first = quoted(file.columns[0])
    tests = ", ".join(
        f"count({name}) FILTER ({first} IS NULL), count({name}) FILTER ({first} IS NOT NULL),"
        f" count(*) FILTER ({name} IS NOT NULL AND (regexp_matches({name}, {literal(DAY)}) OR NOT"
        f" regexp_full_match({name}, '[-0-9.,]+')))"
        for name in map(quoted, file.columns)
    )
    row = connection.execute(
        f"SELECT {tests}, count(*) FILTER ({first} IS NOT NULL), count(*) FILTER"
        f" ({first} IS NULL) FROM (SELECT * FROM {file.relation} LIMIT {_SAMPLE})"
    ).fetchone()
    if row is None or not row[-1] or row[-2] < _FEWEST_GROUPS:
        return []
    heads, below = row[-2], row[-1]
    told = list(zip(file.columns, row[0:-2:3], row[1:-2:3], row[2:-2:3], strict=True))
    lines = [name for name, under, *_ in told if under > 0.9 * below]
    kept = [
        name
        for name, under, on_head, texts in told
        if under == 0 and on_head > 0 and (texts or _KEYS.search(_spaced(name)))
    ]
    whole = [name for name, under, on_head, _ in told if under == 0 and on_head == heads]
    return kept if len(lines) >= 2 and len(whole) >= 2 else []


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)


def _filled(
    connection: duckdb.DuckDBPyConnection, file: StagedFile, columns: list[str]
) -> StagedFile:
    """A group begins on each line whose first cell is filled; its blanks come from that line."""
    first = quoted(file.columns[0])
    begins = f"{first} IS NOT NULL AND NOT {is_total_sql(first)}"
    cells = ", ".join(
        f"CASE WHEN {first} IS NULL THEN first_value({quoted(name)}) OVER grouped"
        f" ELSE {quoted(name)} END AS {quoted(name)}"
        if name in columns
        else quoted(name)
        for name in file.columns
    )
    relation = f"{file.relation}_filled"
    connection.execute(
        f"CREATE TABLE {relation} AS SELECT _line, {cells} FROM (SELECT *,"
        f" count(*) FILTER ({begins}) OVER (ORDER BY _line) AS group_no FROM {file.relation})"
        f" WINDOW grouped AS (PARTITION BY group_no ORDER BY _line) ORDER BY _line"
    )
    return replace(file, relation=relation)
