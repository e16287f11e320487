"""The snapshot's facts as SQL, restricted to what a question is about."""

from typing import Any

from groundplan.engine.purchases import converted_sql

from .asking import Question
from .listing import parquet, shards


def purchases(question: Question) -> tuple[str, dict[str, Any]]:
    """Order lines of the accounts or persons asked about, in the organisation's currency.

    Columns: account_id, product_id, date, amount (NULL without a rate), status, order_id, file,
    line, run_id. A line is credited to its own person, else to the owner of its account.
    """
    current = question.current
    files = shards(current, current.folder / "purchases", question.accounts)
    sql = f"""
        WITH rates AS (SELECT * FROM {parquet(current.folder, "rates")})
        SELECT deal.account_id, deal.product_id, deal.date, deal.converted AS amount,
               deal.status, deal.order_id, deal.file, deal.line, deal.run_id
        FROM ({converted_sql(files)}) AS deal
        JOIN {parquet(current.folder, "accounts")} AS account
          ON account.account_id = deal.account_id
        WHERE {_about(question, "deal", "coalesce(deal.owner_id, account.owner_id)")}
    """
    return sql, {"currency": current.currency, **_ids(question)}


def opportunities(question: Question) -> tuple[str, dict[str, Any]]:
    """Open opportunities of the accounts or persons asked about, their day at least the
    snapshot's: one that should have closed counts on the snapshot's day."""
    current = question.current
    sql = f"""
        SELECT deal.account_id, deal.opportunity_id, deal.product_id, deal.stage, deal.close_on,
               greatest(deal.close_on, $last_day) AS counted_on, deal.amount, deal.probability,
               CAST(deal.probability * deal.amount AS DECIMAL(18, 4)) AS weighted
        FROM {parquet(current.folder, "opportunities")} AS deal
        WHERE deal.outcome = 'open' AND {_about(question, "deal", "deal.owner_id")}
    """
    return sql, {"last_day": current.last_day, **_ids(question)}


def in_period(question: Question, column: str) -> tuple[str, dict[str, Any]]:
    """A condition on a day within the period asked about."""
    period = question.period
    return (
        f"{column} BETWEEN $starts_on AND $ends_on",
        {"starts_on": period.starts_on, "ends_on": period.ends_on},
    )


def _about(question: Question, table: str, credited: str) -> str:
    if question.accounts is not None:
        return f"{table}.account_id IN (SELECT unnest($accounts::BIGINT[]))"
    if question.cover.persons is not None:
        return f"{credited} IN (SELECT unnest($persons::BIGINT[]))"
    return "TRUE"


def _ids(question: Question) -> dict[str, Any]:
    if question.accounts is not None:
        return {"accounts": list(question.accounts)}
    if question.cover.persons is not None:
        return {"persons": list(question.cover.persons)}
    return {}
