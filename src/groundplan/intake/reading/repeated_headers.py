"""Headers that stand again among the records, as in lists that were printed page by page."""

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile

from .group_rows import note_left_out, renewed

FEWEST = 3


def without_repeated_headers(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> StagedFile:
    """The file without lines that only say its columns' names, and without what stands alone over
    them, the title of a group; itself where it has none."""
    if len(file.columns) < FEWEST:
        return file
    said = [f"coalesce({_says(name)}, FALSE)" for name in file.columns]
    other = " OR ".join(f"({quoted(n)} IS NOT NULL AND NOT {_says(n)})" for n in file.columns)
    many = " + ".join(f"CAST({one} AS INTEGER)" for one in said)
    again = f"({' OR '.join(said[:FEWEST])}) AND NOT ({other}) AND {many} >= {FEWEST}"
    row = connection.execute(f"SELECT 1 FROM {file.relation} WHERE {again} LIMIT 1").fetchone()
    if row is None:
        return file
    relation = f"{file.relation}_once"
    beside = " AND ".join(f"{quoted(name)} IS NULL" for name in file.columns[1:])
    connection.execute(
        f"CREATE TABLE {relation} AS SELECT * EXCLUDE (again, below) FROM (SELECT *,"
        f" lead(again) OVER (ORDER BY _line) AS below FROM (SELECT *, {again} AS again"
        f" FROM {file.relation})) WHERE NOT again AND NOT (coalesce(below, FALSE) AND {beside})"
        " ORDER BY _line"
    )
    note_left_out(connection, file, relation)
    return renewed(connection, file, relation)


def _says(column: str) -> str:
    """Names may have been made unique by a number behind them."""
    return f"starts_with({literal(column)}, {quoted(column)})"
