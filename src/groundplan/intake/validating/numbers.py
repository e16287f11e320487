"""Amounts, whole numbers and shares, typed in SQL."""

from typing import Literal

import duckdb

from groundplan.engine.sql import quoted
from groundplan.intake.mapping.numbers import Mark, decimal_mark, number_sql


def mark_of(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: dict[str, str], delimiter: str
) -> dict[str, Mark]:
    """The decimal mark of each number column: as known, as its values show, or as the others do.

    `columns` maps a column to the mark known for it or ''. In a file cut at semicolons where no
    value tells, a comma: that is why semicolons cut it.
    """
    shown: dict[str, Literal["", ".", ","]] = {
        column: known or decimal_mark(connection, relation, column)  # type: ignore[misc]  # '.' ',' or ''
        for column, known in columns.items()
    }
    votes = [shown[column] for column, known in columns.items() if not known]
    usual: Mark = "," if votes.count(",") > votes.count(".") else "."
    if delimiter == ";" and not any(votes):
        usual = ","
    return {column: mark or usual for column, mark in shown.items()}


def amount_sql(text: str, mark: Mark) -> str:
    """DECIMAL(18,4) of what `text` writes, NULL for what is no number or too large.

    Plain numbers are exact to the last place; dressed ones (`$1,234.50`) to fifteen digits.
    """
    if mark == ".":
        plain = f"CASE WHEN NOT contains({text}, '_') THEN {text} END"
    else:
        plain = f"CASE WHEN NOT contains({text}, '.') THEN replace({text}, ',', '.') END"
    exact = f"TRY_CAST({plain} AS DECIMAL(18,4))"
    dressed = f"TRY_CAST({number_sql(text, mark)} AS DECIMAL(18,4))"
    return (
        f"CASE WHEN {exact} IS NOT NULL THEN {exact}"
        f" WHEN NOT contains({text}, '_') THEN {dressed} END"
    )


def whole_sql(text: str, mark: Mark) -> str:
    """BIGINT of what `text` writes (`1,200`, `12.0`); NULL with a fraction or a range."""
    amount = amount_sql(text, mark)
    exact = f"CASE WHEN regexp_full_match({text}, '-?\\d{{1,18}}') THEN TRY_CAST({text} AS BIGINT)"
    return f"{exact} WHEN {amount} = trunc({amount}) THEN CAST({amount} AS BIGINT) END"


def is_percent(
    connection: duckdb.DuckDBPyConnection, relation: str, column: str, mark: Mark
) -> bool:
    """Does a column of shares count in hundredths: is any plain number in it above one?"""
    x = quoted(column)
    found = connection.execute(
        f"SELECT max({number_sql(x, mark)}) FILTER (NOT ends_with({x}, '%')) FROM {relation}"
    ).fetchone()
    return bool(found and found[0] is not None and found[0] > 1)


def share_sql(text: str, mark: Mark, *, percent: bool) -> str:
    """DECIMAL(5,4) from 0 to 1, NULL for anything else; `35 %` is 0.35 whatever the column."""
    number = number_sql(text, mark)
    if percent:
        number = f"({number}) / CASE WHEN ends_with({text}, '%') THEN 1 ELSE 100 END"
    return f"CASE WHEN ({number}) BETWEEN 0 AND 1 THEN CAST({number} AS DECIMAL(5,4)) END"
