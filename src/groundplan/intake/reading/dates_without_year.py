"""Days written without their year, as bookkeeping exports do: `0512` is 5 December of the year that
the lines above the header name."""

import re
from datetime import date

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile

from .tables import with_cells

_DAY = re.compile(r"^(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_CALLED = re.compile(r"dat(e|um|a)?\b|datum|date", re.IGNORECASE)
_SHORT = r"^(0?[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])$"


def with_years(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> StagedFile:
    """The file with such days as `2025-12-05`; itself where it has none or no period is told."""
    found = [_DAY.match(cell.strip()) for cell in file.above]
    days = sorted(date(*map(int, match.groups())) for match in found if match)
    if len(days) < 2 or not file.rows:
        return file
    short = [column for column in file.columns if _is_short(connection, file, column)]
    if not short:
        return file
    dated = {column: _dated(quoted(column), days[0]) for column in short}
    return with_cells(connection, file, "dated", dated)


def _is_short(connection: duckdb.DuckDBPyConnection, file: StagedFile, column: str) -> bool:
    if not _CALLED.search(column):
        return False
    cell = quoted(column)
    row = connection.execute(
        f"SELECT count({cell}), count(*) FILTER (regexp_matches({cell}, {literal(_SHORT)}))"
        f" FROM {file.relation}"
    ).fetchone()
    filled, short = row or (0, 0)
    return bool(filled and short > 0.95 * filled)


def _dated(cell: str, first: date) -> str:
    """The day in the twelve months from `first` on; a cell that is no such day stays as it is."""
    month = f"lpad(CAST(CAST({cell} AS INTEGER) % 100 AS VARCHAR), 2, '0')"
    day = f"lpad(CAST(CAST({cell} AS INTEGER) // 100 AS VARCHAR), 2, '0')"
    year = (
        f"CASE WHEN {month} || {day} >= '{first:%m%d}' THEN {first.year} ELSE {first.year + 1} END"
    )
    return (
        f"CASE WHEN regexp_matches({cell}, {literal(_SHORT)})"
        f" THEN ({year}) || '-' || {month} || '-' || {day} ELSE {cell} END"
    )
