"""Ranges of revenue: what an outcome is drawn from, and the facts among it."""

from typing import Any

from groundplan.engine.purchases import converted_sql
from groundplan.insight.ranges.contracts import Cut, RangeLine
from groundplan.insight.ranges.files import Kept
from groundplan.insight.ranges.selectors import (
    PERSONS,
    account_range,
    closing,
    closing_sql,
    kept_of,
    ranges_of,
)
from groundplan.kernel.figures import Figure

from .asking import Question, unknown
from .contracts import Answer, Part, RowColumn
from .listing import Listing, parquet, rows, shards
from .registry import explains
from .revenue import COLUMNS

CUTS: tuple[tuple[str, Cut], ...] = (
    ("owner", "person"),
    ("tier", "tier"),
    ("territory", "territory"),
    ("category", "category"),
    ("channel", "channel"),
)
"""The parameter that names the group, and the cut that it is a group of."""

DEALS = (
    RowColumn("account", "account"),
    RowColumn("product", "product"),
    RowColumn("close_on", "date"),
    RowColumn("amount", "money"),
    RowColumn("probability", "share"),
    RowColumn("weighted", "money"),
)


@explains("range.p10", "range.p50", "range.p90")
def quantile(question: Question) -> Answer:
    """The range's parts on the average, of which the drawn outcomes scatter."""
    line, parts = _line(question), _line(question).parts
    code = question.trace.measure
    values = {"range.p10": line.p10, "range.p50": line.p50, "range.p90": line.p90}
    kept = _kept(question)
    shown = (
        Part("range.certain", question.money(parts.certain, "range.certain"), ""),
        Part("range.booked", question.money(parts.booked, "range.booked")),
        Part("range.continuing", _assumed(question, parts.continuing)),
        Part("range.weighted", question.money(parts.weighted, "range.weighted")),
        Part("range.first", _assumed(question, parts.first)),
    )
    words = {"from": kept.horizon.start, "to": kept.horizon.end}
    return Answer(question.money(values[code]), code, shown, None, words)


@explains("range.certain", "range.booked")
def bought(question: Question) -> Answer:
    """Order lines of the fiscal year before the as-of day, or those dated from then on."""
    kept = _kept(question)
    booked = question.trace.measure == "range.booked"
    first, last = (
        ("date >= $opens", "date <= $last") if booked else ("date >= $first", "date < $known")
    )
    horizon = kept.horizon
    days = {
        "opens": horizon.start,
        "last": horizon.end,
        "first": min(kept.begins, horizon.start),
        "known": horizon.known,
    }
    wanted = {name: day for name, day in days.items() if f"${name}" in first + last}
    where, group = _where(question)
    current = question.current
    lines = shards(current, current.folder / "purchases", question.accounts)
    listing = Listing(
        sql=f"""
            WITH rates AS (SELECT * FROM {parquet(current.folder, "rates")})
            SELECT fact.account_id, fact.product_id, fact.date, fact.converted AS amount,
                   fact.status, fact.order_id, fact.file, fact.line
            FROM ({converted_sql(lines)}) AS fact
            LEFT JOIN {parquet(current.folder, "products")} AS product
              ON product.product_id = fact.product_id
            WHERE fact.converted IS NOT NULL AND {first} AND {last} AND {where}
        """,
        parameters={"currency": current.currency, **wanted, **group},
        columns=COLUMNS,
        order="date DESC, account_id, order_id, product_id, file, line",
        total="sum(amount)",
    )
    found = rows(question, listing)
    return Answer(question.money(found.total), question.trace.measure, (), found)


@explains("range.weighted")
def weighted(question: Question) -> Answer:
    """Open opportunities that are to close in time, each by its probability."""
    current, kept = question.current, _kept(question)
    where, group = _where(question)
    listing = Listing(
        sql=f"""
            SELECT fact.account_id, fact.product_id, fact.close_on, fact.amount,
                   fact.probability,
                   CAST(coalesce(fact.probability, 0) * fact.amount AS DECIMAL(18, 4)) AS weighted
            FROM {parquet(current.folder, "opportunities")} AS fact
            LEFT JOIN {parquet(current.folder, "products")} AS product
              ON product.product_id = fact.product_id
            WHERE fact.outcome = 'open' AND fact.amount IS NOT NULL
              AND {closing_sql(kept)} AND {where}
        """,
        parameters={**closing(kept), **group},
        columns=DEALS,
        order="close_on, account_id, product_id, amount",
        total="sum(weighted)",
    )
    found = rows(question, listing)
    return Answer(question.money(found.total), question.trace.measure, (), found)


def _kept(question: Question) -> Kept:
    """The ranges of the period asked about, of the fiscal year without one."""
    found = kept_of(question.current, question.parameter("period"))
    if found is None:
        raise unknown()
    return found


def _line(question: Question) -> RangeLine:
    """The range asked about; NotFound for what the viewer may not see, and while there is none."""
    period = question.parameter("period")
    if question.accounts is not None:
        found = account_range(question.current, question.account_id, period)
        if found is None:
            raise unknown()
        return found
    cut, key = _group(question)
    known = ranges_of(question.viewer, cut, period)
    for line in known.lines if known else ():
        if line.key == key:
            return line
    raise unknown()


def _group(question: Question) -> tuple[Cut, str]:
    if question.parameter("owner") and question.parameter("reports"):
        return "below", question.parameter("owner")
    for parameter, cut in CUTS:
        if question.parameter(parameter):
            return cut, question.parameter(parameter)
    return "all", "all"


def _where(question: Question) -> tuple[str, dict[str, Any]]:
    """Which facts belong to the group, once it is known that the viewer may see it."""
    if question.accounts is not None:
        return "fact.account_id = $group", {"group": question.account_id}
    _line(question)
    cut, key = _group(question)
    folder, results = question.current.folder, question.current.results
    accounts = parquet(folder, "accounts")
    if cut == "all":
        return f"fact.account_id IN (SELECT account_id FROM {accounts})", {}
    if cut in PERSONS:
        owned = f"SELECT account_id FROM {accounts} WHERE owner_id IN (SELECT unnest($group))"
        return f"fact.account_id IN ({owned})", {"group": list(question.cover.persons or (0,))}
    conditions = {
        "category": "product.category = $group",
        "channel": "fact.channel = $group",
        "tier": (
            f"fact.account_id IN (SELECT account_id FROM {parquet(results, 'tiers')}"
            " WHERE tier = $group)"
        ),
        "territory": (
            f"fact.account_id IN (SELECT account_id FROM {accounts} AS account"
            f" JOIN {parquet(folder, 'persons')} AS person"
            " ON person.person_id = account.owner_id WHERE person.territory = $group)"
        ),
    }
    return conditions[cut], {"group": key}


def _assumed(question: Question, amount: object) -> Figure:
    return Figure(amount, "money", question.current.currency, assumed=True)  # type: ignore[arg-type]
