"""Pipeline: open opportunities by the day they close; overdue ones count on the snapshot's day."""

from decimal import Decimal

from groundplan.kernel.money import ZERO

from .asking import Question
from .contracts import Answer, Part, RowColumn
from .listing import Listing, one, rows
from .registry import explains
from .revenue import sum_of_period
from .tables import in_period, opportunities

COLUMNS = (
    RowColumn("account", "account"),
    RowColumn("product", "product"),
    RowColumn("stage"),
    RowColumn("close_on", "date"),
    RowColumn("amount", "money"),
    RowColumn("probability", "share"),
    RowColumn("weighted", "money"),
)
_SUMS = {"pipeline.weighted": "sum(weighted)", "pipeline.open": "sum(amount)"}


@explains("pipeline.weighted", "pipeline.open")
def open_deals(question: Question) -> Answer:
    """Open opportunities that close in the period: their amounts, or times their probability."""
    sql, parameters = opportunities(question)
    condition, days = in_period(question, "counted_on")
    listing = Listing(
        sql=f"SELECT account_id, product_id, stage, close_on, amount, probability, weighted,"
        f" opportunity_id FROM ({sql}) WHERE {condition}",
        parameters={**parameters, **days},
        columns=COLUMNS,
        order="close_on, account_id, opportunity_id",
        total=_SUMS[question.trace.measure],
    )
    found = rows(question, listing)
    return Answer(question.money(found.total), question.trace.measure, (), found)


@explains("revenue.forecast")
def forecast(question: Question) -> Answer:
    """Recognised, backlog and weighted pipeline of the period."""
    parts = tuple(
        Part(measure, question.money(value, measure))
        for measure, value in forecast_sums(question).items()
    )
    total = sum((value for value in forecast_sums(question).values()), ZERO)
    return Answer(question.money(total), "revenue.forecast", parts)


def forecast_sums(question: Question) -> dict[str, Decimal]:
    """What a forecast is made of, by measure."""
    return {
        "revenue.recognised": sum_of_period(question, "revenue.recognised"),
        "revenue.backlog": sum_of_period(question, "revenue.backlog"),
        "pipeline.weighted": weighted_sum(question),
    }


def weighted_sum(question: Question) -> Decimal:
    """Weighted pipeline of the period, without the rows."""
    sql, parameters = opportunities(question)
    condition, days = in_period(question, "counted_on")
    (total,) = one(f"SELECT sum(weighted) FROM ({sql}) WHERE {condition}", {**parameters, **days})
    return total or ZERO
