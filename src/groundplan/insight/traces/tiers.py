"""Tier score: the characteristics that the account has, asked one by one of its facts."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groundplan.charts.numbers import grouped, written
from groundplan.insight.models import AnalysisRun
from groundplan.kernel.figures import Figure
from groundplan.measures.tiers import CUSTOM, Characteristic
from groundplan.measures.tiers.conditions import DATED

from .asking import Question
from .contracts import Answer, RowColumn, Rows
from .listing import fetch, one, parquet, shards
from .registry import explains
from .whitespace import whitespace_sum

NUMBER = Decimal | float | int
MONEY = {"annual_revenue", "revenue_12m", "revenue_prior_12m", "open_pipeline", "whitespace"}
SHARES = {"growth"}
DAYS = {"days_since_purchase", "days_since_interaction"}
COLUMNS = (
    RowColumn("characteristic"),
    RowColumn("value"),
    RowColumn("matched", "code"),
    RowColumn("weight", "number"),
    RowColumn("points", "number"),
)


@explains("tier.score")
def score(question: Question) -> Answer:
    """Each characteristic with the account's value, whether it has it, and the points it gets."""
    facts = _facts(question)
    rules = _rules(question)
    listed = []
    for rule in rules:
        value = _value(rule, facts)
        has = holds(rule, value)
        points = rule.weight if has else 0.0
        shown = _shown(rule.attribute, value, question.current.currency)
        listed.append((rule.name, shown, "yes" if has else "no", rule.weight, points))
    total = round(sum(row[-1] for row in listed), 6)
    page = question.page
    cells = tuple(listed[page.start : page.start + page.size])
    rows = Rows(COLUMNS, cells, len(listed), total, page.start, page.size)
    return Answer(Figure(total, "score"), "tier.score", (), rows)


def holds(rule: Characteristic, value: Any) -> bool:
    """Whether the rule is true of the account's value; what is unknown has no characteristic."""
    if rule.operator in ("is_known", "is_unknown"):
        return (value in (None, "")) == (rule.operator == "is_unknown")
    if value is None:
        return False
    if rule.operator in ("owns_product", "owns_category"):
        return bool({str(one) for one in _many(rule.value)} & set(value))
    if rule.operator in ("between", "at_least", "at_most", "over_growth"):
        return _compares(rule.operator, value, [float(str(one)) for one in _many(rule.value)])
    if rule.operator in DATED:
        return _dated(rule.operator, value, [str(one) for one in _many(rule.value)])
    return _reads(
        rule.operator, str(value).lower(), [str(one).lower() for one in _many(rule.value)]
    )


def _reads(operator: str, text: str, wanted: list[str]) -> bool:
    return {
        "in": text in wanted,
        "not_in": text not in wanted,
        "contains": wanted[0] in text,
        "is_true": text in ("true", "1", "yes"),
        "is_false": text in ("false", "0", "no"),
    }[operator]


def _compares(operator: str, value: Any, limits: list[float]) -> bool:
    try:
        number = float(str(value))
    except ValueError:
        return False
    return {
        "between": limits[0] <= number <= limits[-1],
        "at_least": number >= limits[0],
        "at_most": number <= limits[0],
        "over_growth": number > limits[0],
    }[operator]


def _dated(operator: str, value: Any, limits: list[str]) -> bool:
    try:
        day = date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return False
    return {
        "between_dates": limits[0] <= day <= limits[-1],
        "on_or_after": day >= limits[0],
        "on_or_before": day <= limits[0],
    }[operator]


def _many(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _value(rule: Characteristic, facts: Mapping[str, Any]) -> Any:
    if rule.operator in ("owns_product", "owns_category"):
        return facts[rule.operator]
    if rule.attribute.startswith(CUSTOM):
        return facts["attributes"].get(rule.attribute.removeprefix(CUSTOM))
    return facts.get(rule.attribute)


def _shown(attribute: str, value: Any, currency: str) -> str:
    """The account's value in the unit of its attribute; empty where it is unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, frozenset | set):
        return ", ".join(sorted(value))[:200]
    return _in_unit(attribute, value, currency) if isinstance(value, NUMBER) else str(value)


def _in_unit(attribute: str, value: Decimal | float, currency: str) -> str:
    if attribute in MONEY:
        return written(Figure(value, "money", currency))
    if attribute in SHARES:
        return written(Figure(value, "share"))
    if attribute in DAYS:
        return ngettext("%(days)s day", "%(days)s days", int(value)) % {"days": grouped(value, 0)}
    return grouped(value, 0 if value == int(value) else 2)


def _rules(question: Question) -> list[Characteristic]:
    """The characteristics that the current results were computed with."""
    run = AnalysisRun.objects.get(uid=question.current.results_uid)
    return [Characteristic(**rule) for rule in run.parameters["characteristics"]]


def _facts(question: Question) -> dict[str, Any]:
    """What a characteristic can ask of the account, from the snapshot alone."""
    folder, as_of = question.current.folder, question.current.as_of
    account = question.account_id
    names = (
        "industry, region, country, segment, employees, annual_revenue, is_customer, contacts,"
        " last_interaction_on, attributes"
    )
    found = fetch(
        f"SELECT {names} FROM {parquet(folder, 'accounts')} WHERE account_id = $account",
        {"account": account},
    )
    row = found[0] if found else (None,) * 10
    facts: dict[str, Any] = dict(zip(names.split(", "), row, strict=True))
    facts["attributes"] = json.loads(facts["attributes"] or "{}")
    facts["days_since_interaction"] = _days(facts["last_interaction_on"], as_of)
    facts |= _bought(question, account, as_of)
    facts["open_opportunities"], facts["open_pipeline"] = one(
        f"SELECT count(*), coalesce(sum(amount), 0) FROM {parquet(folder, 'opportunities')}"
        " WHERE outcome = 'open' AND account_id = $account",
        {"account": account},
    )
    facts["whitespace"] = whitespace_sum(question)
    return facts


def _bought(question: Question, account: int, as_of: date) -> dict[str, Any]:
    current = question.current
    cells = fetch(
        "SELECT footprint.product_id, category, is_core, amount_12m, amount_prior_12m,"
        " recognised_on"
        f" FROM {shards(current, current.folder / 'footprint', [account])} AS footprint"
        f" LEFT JOIN {parquet(current.folder, 'products')} AS product"
        " ON product.product_id = footprint.product_id WHERE account_id = $account",
        {"account": account},
    )
    year, before = sum(cell[3] for cell in cells), sum(cell[4] for cell in cells)
    owned = [cell for cell in cells if cell[0] is not None]
    return {
        "revenue_12m": year,
        "revenue_prior_12m": before,
        "growth": round(float(year - before) / float(before), 6) if before > 0 else None,
        "owned_products": len(owned),
        "core_products": sum(1 for cell in owned if cell[2]),
        "days_since_purchase": _days(
            max((cell[5] for cell in cells if cell[5]), default=None), as_of
        ),
        "owns_product": {str(cell[0]) for cell in owned},
        "owns_category": {cell[1] for cell in owned if cell[1]},
    }


def _days(day: date | None, as_of: date) -> int | None:
    return None if day is None else (as_of - day).days
