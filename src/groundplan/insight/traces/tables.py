"""The snapshot's facts as SQL, restricted to what a question is about."""

from datetime import date
from typing import Any

from groundplan.insight.selectors.lines import (
    DIMENSIONS,
    Query,
    Whose,
    cut,
    opportunities_sql,
    purchases_sql,
)
from groundplan.insight.selectors.overrides import tiers_decided

from .asking import Question, unknown


def purchases(question: Question) -> Query:
    """Order lines of the accounts or persons asked about, and of the part of the business."""
    return _of_part(question, purchases_sql(question.current, _whose(question)))


def opportunities(question: Question) -> Query:
    """Open opportunities of the same."""
    return _of_part(question, opportunities_sql(question.current, _whose(question)))


def in_period(question: Question, column: str) -> Query:
    """A condition on a day within the period asked about, up to the day that the address names."""
    period = question.period
    until = question.parameter("until")
    return (
        f"{column} BETWEEN $starts_on AND $ends_on",
        {
            "starts_on": period.starts_on,
            "ends_on": min(_day(until), period.ends_on) if until else period.ends_on,
        },
    )


def _whose(question: Question) -> Whose:
    return Whose(question.accounts, question.cover.persons)


def _of_part(question: Question, facts: Query) -> Query:
    """Only those of the category, channel, tier and base that the address names."""
    named = {one: question.parameter(one) for one in DIMENSIONS if question.parameter(one)}
    if not named:
        return facts
    decided = tiers_decided() if "tier" in named else ()
    begins = question.period.starts_on
    sql, parameters = cut(question.current, facts, tuple(named), begins=begins, decided=decided)
    condition = " AND ".join(f"of_{one} = $of_{one}" for one in named)
    wanted: dict[str, Any] = {f"of_{one}": value for one, value in named.items()}
    return f"SELECT * FROM ({sql}) WHERE {condition}", {**parameters, **wanted}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise unknown() from None
