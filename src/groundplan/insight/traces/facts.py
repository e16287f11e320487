"""Facts of an account that characteristics ask about, each with what it was counted from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from groundplan.book.selectors.naming import product_names
from groundplan.kernel.figures import Figure, Trace, Unit
from groundplan.measures.tiers import ATTRIBUTES, CUSTOM
from groundplan.sources.selectors import keys_of, overrides_of

from .account_facts import facts_of, is_number
from .asking import Question, unknown
from .contracts import Answer, ColumnKind, Part, RowColumn, Rows
from .listing import fetch, parquet, shards
from .registry import explains

MONEY = ("annual_revenue", "revenue_12m", "revenue_prior_12m", "open_pipeline", "whitespace")
TRACED = {
    "revenue_12m": "revenue.12m",
    "revenue_prior_12m": "revenue.prior_12m",
    "whitespace": "whitespace.total",
}
"""Facts that are numbers of their own."""


def fact_figure(attribute: str, value: Any, currency: str, account: object) -> Figure | None:
    """A fact as a figure that leads to what it came from; None where it is no number."""
    if not is_number(value):
        return None
    unit: Unit = "count" if value == int(value) else "score"
    if attribute in MONEY:
        unit = "money"
    elif attribute == "growth":
        unit = "share"
    measure = TRACED.get(attribute)
    if measure:
        trace = Trace.of(measure, account=account)
    else:
        trace = Trace.of("account.fact", account=account, attribute=attribute)
    return Figure(value, unit, currency if unit == "money" else "", trace)


@explains("account.fact")
def fact(question: Question) -> Answer:
    """One fact of the account, as the snapshot has it."""
    attribute = question.parameter("attribute")
    facts = facts_of(question)
    if attribute.startswith(CUSTOM):
        value = facts["attributes"].get(attribute.removeprefix(CUSTOM))
    else:
        value = facts.get(attribute) if ATTRIBUTES.get(attribute) == "number" else None
    uid = question.subject.account_uid
    figure = fact_figure(attribute, value, question.current.currency, uid)
    if figure is None:
        raise unknown()
    return _ANSWERS.get(attribute, _stated)(question, figure, facts)


def _stated(question: Question, figure: Figure, _facts: dict[str, Any]) -> Answer:
    """What the account's record says, and who says so."""
    attribute = question.parameter("attribute")
    account = question.account_id
    edits = {edit.field: edit.author for edit in overrides_of("account", account)}
    keys = keys_of("account", [account]).get(account, ())
    source = edits.get(attribute) or ", ".join(f"{key.source} {key.key}" for key in keys)
    kind: ColumnKind = "money" if figure.unit == "money" else "number"
    columns = (RowColumn("fact", "code"), RowColumn("value", kind), RowColumn("source"))
    row = (attribute.removeprefix(CUSTOM), figure.value, source)
    page = question.page
    return Answer(
        figure,
        "fact.contacts" if attribute == "contacts" else "fact.stated",
        (),
        Rows(columns, (row,)[page.start :], 1, figure.value, page.start, page.size),
    )


def _growth(question: Question, figure: Figure, facts: dict[str, Any]) -> Answer:
    parts = tuple(
        Part(measure, question.money(facts[name], measure))
        for name, measure in list(TRACED.items())[:2]
    )
    return Answer(figure, "fact.growth", parts)


def _owned(question: Question, figure: Figure, _facts: dict[str, Any]) -> Answer:
    core = " AND is_core" if question.parameter("attribute") == "core_products" else ""
    found = _bought(question, f"footprint.product_id IS NOT NULL{core}", "first_on")
    return _listed(question, Answer(figure, "fact.owned"), "first_on", found)


def _since_purchase(question: Question, figure: Figure, _facts: dict[str, Any]) -> Answer:
    found = _bought(question, "recognised_on IS NOT NULL", "recognised_on")
    return _listed(question, Answer(figure, "fact.purchase"), "last_on", found[::-1])


def _since_interaction(question: Question, figure: Figure, facts: dict[str, Any]) -> Answer:
    rows = ((facts["last_interaction_on"],),)
    columns = (RowColumn("last_on", "date"),)
    return Answer(figure, "fact.interaction", (), Rows(columns, rows, 1, None))


def _bought(question: Question, which: str, day: str) -> list[tuple[int | None, date]]:
    current = question.current
    found = fetch(
        f"SELECT footprint.product_id, {day}"
        f" FROM {shards(current, current.folder / 'footprint', [question.account_id])} footprint"
        f" LEFT JOIN {parquet(current.folder, 'products')} AS product"
        " ON product.product_id = footprint.product_id"
        f" WHERE account_id = $account AND {which} ORDER BY 2, 1",
        {"account": question.account_id},
    )
    return [(product, on) for product, on in found]


def _listed(
    question: Question, answer: Answer, heading: str, found: list[tuple[int | None, date]]
) -> Answer:
    """The answer with products and days for its rows; as many as there are is what it counts,
    unless it counts days."""
    page, names = question.page, product_names()
    cells = tuple(
        (names[product].name if product in names else "", on)
        for product, on in found[page.start : page.start + page.size]
    )
    columns = (RowColumn("product"), RowColumn(heading, "date"))
    total = len(found) if heading == "first_on" else None
    listed = Rows(columns, cells, len(found), total, page.start, page.size)
    return replace(answer, rows=listed)


def _open(question: Question, figure: Figure, _facts: dict[str, Any]) -> Answer:
    found = fetch(
        "SELECT product_id, stage, close_on, amount"
        f" FROM {parquet(question.current.folder, 'opportunities')}"
        " WHERE outcome = 'open' AND account_id = $account ORDER BY close_on, opportunity_id",
        {"account": question.account_id},
    )
    names, page = product_names(), question.page
    total: Decimal | int = len(found)
    if figure.unit == "money":
        total = sum((row[-1] for row in found if row[-1] is not None), Decimal(0))
    cells = tuple(
        (names[row[0]].name if row[0] in names else "", *row[1:])
        for row in found[page.start : page.start + page.size]
    )
    columns = (
        RowColumn("product"),
        RowColumn("stage"),
        RowColumn("close_on", "date"),
        RowColumn("amount", "money"),
    )
    listed = Rows(columns, cells, len(found), total, page.start, page.size)
    return Answer(figure, f"fact.{question.parameter('attribute')}", (), listed)


_ANSWERS: dict[str, Callable[[Question, Figure, dict[str, Any]], Answer]] = {
    "growth": _growth,
    "owned_products": _owned,
    "core_products": _owned,
    "days_since_purchase": _since_purchase,
    "days_since_interaction": _since_interaction,
    "open_opportunities": _open,
    "open_pipeline": _open,
}
