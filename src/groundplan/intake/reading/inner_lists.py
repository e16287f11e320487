"""Boards and outlines that write a list inside the rows of another: under a row a header of its
own, then that row's parts with an empty first cell. Parts of records are no records."""

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile

from .group_rows import note_left_out, renewed

_MOST_ROWS = 200_000
_FEWEST_CELLS, _FEWEST_NAMES, _FEWEST_TIMES = 3, 2, 2
_MOST = 0.8


def without_inner_lists(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> StagedFile:
    """The file without such lists; itself where no line repeats that has several of its columns'
    names in other columns than theirs."""
    if len(file.columns) < _FEWEST_CELLS or not 4 <= file.rows <= _MOST_ROWS:
        return file
    header = _is_header(file)
    found = connection.execute(f"SELECT 1 FROM {file.relation} WHERE {header} LIMIT 1").fetchone()
    if found is None:
        return file
    first = quoted(file.columns[0])
    relation = f"{file.relation}_outer"
    cells = ", ".join(map(quoted, file.columns))
    connection.execute(
        f"CREATE TABLE {relation} AS SELECT * EXCLUDE (is_header, begun) FROM"
        f" (SELECT *, last_value(CASE WHEN {first} IS NOT NULL THEN is_header END IGNORE NULLS)"
        f" OVER (ORDER BY _line) AS begun FROM (SELECT *, {header} AND"
        f" count(*) OVER (PARTITION BY {cells}) >= {_FEWEST_TIMES} AS is_header"
        f" FROM {file.relation})) WHERE NOT coalesce(begun, FALSE) ORDER BY _line"
    )
    outer = renewed(connection, file, relation)
    if outer.rows == file.rows or outer.rows < (1 - _MOST) * file.rows:
        return file
    note_left_out(connection, file, relation)
    return outer


def _is_header(file: StagedFile) -> str:
    """SQL of whether a line is another list's header: names of columns where others stand, and no
    number. To ask each cell for itself by IN would cost a table for each of many columns."""
    names = ", ".join(literal(name.lower()) for name in file.columns)
    cells = [quoted(name) for name in file.columns]
    lowered = ", ".join(f"lower(coalesce({cell}, ''))" for cell in cells)
    filled = " + ".join(f"CAST({cell} IS NOT NULL AS INTEGER)" for cell in cells)
    own = " + ".join(
        f"CAST(lower(coalesce({cell}, '')) = {literal(name.lower())} AS INTEGER)"
        for cell, name in zip(cells, file.columns, strict=True)
    )
    numbers = " OR ".join(f"coalesce(regexp_matches({cell}, '^[-+0-9]'), FALSE)" for cell in cells)
    return (
        f"({cells[0]} IS NOT NULL AND {filled} >= {_FEWEST_CELLS} AND NOT ({numbers})"
        f" AND len(list_intersect([{lowered}], [{names}])) - ({own}) >= {_FEWEST_NAMES})"
    )
