"""Files whose columns are added to the rows of another."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import Join, StagedFile, TableMapping
from groundplan.intake.mapping.cells import Cell, Reach, staged_file
from groundplan.intake.mapping.expressions import compile_expression
from groundplan.kernel.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Joined:
    """A join as SQL; `lonely` is the struct that names the cell which found no partner."""

    file: StagedFile
    sql: str
    lonely: str
    optional: bool


def joins_of(
    mapping: TableMapping,
    files: Mapping[str, StagedFile],
    connection: duckdb.DuckDBPyConnection,
) -> tuple[Joined, ...]:
    """The joins of a table mapping in order; a later one may start from an earlier one's columns.

    Raises InvalidInput for unknown files and columns and for a joined key that repeats.
    """
    reach = [staged_file(files, mapping.file)]
    joined: list[Joined] = []
    for join in mapping.joins:
        joined.append(_joined(join, Reach(reach), staged_file(files, join.file), connection))
        reach.append(joined[-1].file)
    return tuple(joined)


def _joined(
    join: Join, reach: Reach, other: StagedFile, connection: duckdb.DuckDBPyConnection
) -> Joined:
    if not join.on:
        raise InvalidInput(
            f"The join with {join.file} doesn't say on which columns.",
            field=join.file,
            mend="Write on = { OrderID = 'OrderID' }.",
        )
    here = [_key(name, reach) for name in join.on]
    there = [Reach([other]).find(name).column for name in join.on.values()]
    if not join.first:
        _check_unique(connection, other, there)
    place = len(reach.files)
    meets = " AND ".join(
        f"{key} = f{place}.{quoted(column)}" for (key, _), column in zip(here, there, strict=True)
    )
    first = here[0][1]
    lonely = (
        f"{{'file': {literal(first.file)}, 'line': f{first.place}._line,"
        f" 'heading': {literal(first.heading)}, 'value': {first.sql},"
        f" 'other': {literal(other.name)}}}"
    )
    rows = _first_rows(other, there) if join.first else quoted(other.relation)
    sql = f"LEFT JOIN {rows} f{place} ON {meets}"
    return Joined(other, sql, lonely, join.optional)


def _key(told: str, reach: Reach) -> tuple[str, Cell]:
    """The SQL of what rows meet by, a column or an expression, and the (first) cell it reads."""
    try:
        cell = reach.find(told)
    except InvalidInput:
        if "(" not in told:
            raise
    else:
        return cell.sql, cell
    expression = compile_expression(told, reach, lambda _: ".")
    if not expression.cells:
        raise InvalidInput(
            f"The join by {told} names no column.",
            field=told,
            mend="Write on = { OrderID = 'OrderID' }.",
        )
    return expression.sql, expression.cells[0]


def _first_rows(file: StagedFile, columns: list[str]) -> str:
    keys = ", ".join(quoted(column) for column in columns)
    relation = quoted(file.relation)
    first = f"SELECT min(_line) FROM {relation} GROUP BY {keys}"
    return f"(SELECT * FROM {relation} WHERE _line IN ({first}))"


def _check_unique(
    connection: duckdb.DuckDBPyConnection, file: StagedFile, columns: list[str]
) -> None:
    keys = ", ".join(quoted(column) for column in columns)
    found = connection.execute(
        f"SELECT min(_line), max(_line) FROM {quoted(file.relation)} "
        f"WHERE {quoted(columns[0])} IS NOT NULL GROUP BY {keys} HAVING count(*) > 1 LIMIT 1"
    ).fetchone()
    if found is not None:
        raise InvalidInput(
            f"{file.name} can't be joined on {', '.join(columns)}: lines {found[0]} and "
            f"{found[1]} have the same.",
            field=columns[0],
            mend="Join on columns that tell its rows apart, or read that file first and join "
            "this one to it.",
        )
