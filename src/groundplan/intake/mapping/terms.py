"""Parts of an expression with their type, and how one type is read as another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from groundplan.intake.mapping.numbers import number_sql

_TRUE = (
    "('1', '-1', 'true', 't', 'yes', 'y', 'x', 'on', 'wahr', 'ja', 'oui', 'si', 'sí', 'sì', 'sim',"
    " 'tak', 'да', 'ano', 'evet', 'はい', '是')"
)


@dataclass(frozen=True, slots=True)
class Term:
    """SQL of one kind. `number` makes a column's number with its own decimal mark; `constant`
    is the value of a text that stands in the expression itself."""

    sql: str
    kind: Literal["text", "number", "boolean"]
    number: Callable[[], str] | None = None
    constant: str | None = None


def as_number(term: Term) -> str:
    """DOUBLE; a text that writes no number is NULL, a truth value 1 or 0."""
    if term.kind == "number":
        return term.sql
    if term.kind == "boolean":
        return f"CAST({term.sql} AS DOUBLE)"
    return term.number() if term.number else number_sql(term.sql, ".")


def as_text(term: Term) -> str:
    """VARCHAR; numbers plainly with a point, without needless zeros."""
    if term.kind == "text":
        return term.sql
    if term.kind == "boolean":
        return f"CASE WHEN {term.sql} THEN 'true' ELSE 'false' END"
    plain = f"CAST(TRY_CAST(round({term.sql}, 8) AS DECIMAL(38, 8)) AS VARCHAR)"
    return f"rtrim(rtrim({plain}, '0'), '.')"


def as_boolean(term: Term) -> str:
    """BOOLEAN, never NULL: an empty cell is not true."""
    if term.kind == "boolean":
        return term.sql
    if term.kind == "number":
        return f"COALESCE({term.sql} <> 0, FALSE)"
    return f"COALESCE(lower({term.sql}) IN {_TRUE}, FALSE)"
