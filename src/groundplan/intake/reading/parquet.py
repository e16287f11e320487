"""Parquet files: DuckDB reads them, every value becomes text."""

from pathlib import Path

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile
from groundplan.intake.workspace import Workspace
from groundplan.kernel.errors import InvalidInput

from .headers import unique_names
from .tables import cell_sql, next_relation


def stage_parquet(name: str, path: Path, workspace: Workspace) -> StagedFile:
    """`_line` is the row's number from 1, there being no lines. Raises InvalidInput if damaged."""
    connection = workspace.connection
    source = f"read_parquet({literal(str(path))}, file_row_number = true)"
    relation = next_relation(connection)
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        own = [(row[0], row[1]) for row in described if row[0] != "file_row_number"]
        columns = unique_names([column for column, _ in own])
        cells = ", ".join(
            f"{cell_sql(_as_text(column, type_))} AS {quoted(unique)}"
            for (column, type_), unique in zip(own, columns, strict=True)
        )
        connection.execute(
            f"CREATE TABLE {relation} AS SELECT file_row_number + 1 AS _line, {cells} FROM {source}"
        )
        rows = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise InvalidInput(
            f"{name} can't be read as Parquet ({_plainly(error, path)}).",
            field=name,
            mend="Write it again.",
        ) from error
    return StagedFile(name, relation, columns, rows[0] if rows else 0)


def _plainly(error: duckdb.Error, path: Path) -> str:
    """What is wrong, without where the server keeps the file meanwhile."""
    return str(error).splitlines()[0].replace(str(path), path.name)


def _as_text(column: str, type_: str) -> str:
    name = quoted(column)
    if type_ in ("FLOAT", "DOUBLE"):
        # Whole numbers without a point: ids often come as floating point from data frames.
        whole = f"CAST(CAST({name} AS HUGEINT) AS VARCHAR)"
        return f"CASE WHEN abs({name}) < 1e15 AND {name} = trunc({name}) THEN {whole} ELSE CAST({name} AS VARCHAR) END"  # noqa: E501 - one expression
    if type_.endswith("[]") or type_.startswith(("STRUCT", "MAP")):
        return f"CAST(to_json({name}) AS VARCHAR)"
    if type_ == "BLOB":
        return f"decode({name})"
    return f"CAST({name} AS VARCHAR)"
