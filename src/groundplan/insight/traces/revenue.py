"""Revenue: order lines of a period, or of the twelve months before the snapshot's day."""

from datetime import date
from decimal import Decimal
from typing import Any

from groundplan.kernel.money import ZERO

from .asking import Question
from .contracts import Answer, Part, RowColumn, Rows
from .listing import Listing, one, rows
from .registry import explains
from .tables import in_period, purchases

COLUMNS = (
    RowColumn("account", "account"),
    RowColumn("product", "product"),
    RowColumn("date", "date"),
    RowColumn("amount", "money"),
    RowColumn("status", "code"),
    RowColumn("order"),
    RowColumn("file"),
    RowColumn("line", "number"),
)
_STATUSES = {
    "revenue.recognised": ("recognised",),
    "revenue.backlog": ("backlog",),
    "revenue.actual": ("recognised", "backlog"),
}


@explains("revenue.recognised", "revenue.backlog", "revenue.actual")
def of_period(question: Question) -> Answer:
    """Order lines dated within the period; actual is recognised and backlog together."""
    condition, days = in_period(question, "date")
    statuses = _STATUSES[question.trace.measure]
    found = lines(question, f"{condition} AND status IN (SELECT unnest($statuses))", statuses, days)
    parts: tuple[Part, ...] = ()
    if len(statuses) == 2:
        parts = tuple(part_of_period(question, code) for code in list(_STATUSES)[:2])
    return Answer(question.money(found.total), question.trace.measure, parts, found)


@explains("revenue.12m", "revenue.prior_12m", "revenue.total")
def of_months(question: Question) -> Answer:
    """Order lines before the snapshot's day, of one product where one is named.

    Recognised ones in the twelve-month measures; all there are, backlog too, in the total.
    """
    first, last = window(question)
    condition = "date >= $first AND date < $last"
    statuses = () if question.trace.measure == "revenue.total" else ("recognised",)
    if statuses:
        condition += " AND status IN (SELECT unnest($statuses))"
    found = lines(question, condition, statuses, {"first": first, "last": last})
    return Answer(question.money(found.total), question.trace.measure, (), found)


def lines(
    question: Question, condition: str, statuses: tuple[str, ...], more: dict[str, Any]
) -> Rows:
    """Order lines asked about that meet `condition`, latest first."""
    sql, parameters = purchases(question)
    if question.product is not None:
        condition += " AND product_id = $product"
        more = {**more, "product": question.product.product_id}
    if statuses:
        more = {**more, "statuses": list(statuses)}
    columns = ", ".join(_SQL.get(column.code, column.code) for column in COLUMNS)
    listing = Listing(
        sql=f"SELECT {columns} FROM ({sql}) WHERE {condition}",
        parameters={**parameters, **more},
        columns=COLUMNS,
        order="date DESC, account_id, order_id, product_id, file, line",
        total="sum(amount)",
    )
    return rows(question, listing)


_SQL = {"account": "account_id", "product": "product_id", "order": "order_id"}


def part_of_period(question: Question, measure: str) -> Part:
    """One of the sums over the period, as a part of another number."""
    return Part(measure, question.money(sum_of_period(question, measure), measure))


def sum_of_period(question: Question, measure: str) -> Decimal:
    """The sum alone, without the rows."""
    sql, parameters = purchases(question)
    condition, days = in_period(question, "date")
    (total,) = one(
        f"SELECT sum(amount) FROM ({sql}) WHERE {condition}"
        " AND status IN (SELECT unnest($statuses))",
        {**parameters, **days, "statuses": list(_STATUSES[measure])},
    )
    return total or ZERO


def window(question: Question) -> tuple[date, date]:
    """The days of a twelve-month measure: from the first (included) to the second (not)."""
    as_of = question.current.as_of
    return {
        "revenue.12m": (back(as_of, 1), as_of),
        "revenue.prior_12m": (back(as_of, 2), back(as_of, 1)),
        "revenue.total": (date.min, date.max),
    }[question.trace.measure]


def back(day: date, years: int) -> date:
    """The same day `years` before; the last of February where there is no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
