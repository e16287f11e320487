"""Tier score: the characteristics that the account has, asked one by one of its facts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groundplan.insight.models import AnalysisRun
from groundplan.kernel.figures import Figure
from groundplan.measures.tiers import CUSTOM, Characteristic
from groundplan.measures.tiers.conditions import AROUND, DATED

from .account_facts import facts_of
from .asking import Question
from .contracts import Answer, FactCell, RowColumn, Rows
from .facts import fact_figure
from .registry import explains

DAYS = {"days_since_purchase", "days_since_interaction"}
COLUMNS = (
    RowColumn("characteristic"),
    RowColumn("value", "fact"),
    RowColumn("matched", "code"),
    RowColumn("weight", "number"),
    RowColumn("points", "number"),
)


@explains("tier.score")
def score(question: Question) -> Answer:
    """Each characteristic with the account's value, whether it has it, and the points it gets."""
    facts = facts_of(question)
    rules = _rules(question)
    listed = []
    for rule in rules:
        value = _value(rule, facts)
        has = holds(rule, value, question.current.as_of)
        points = rule.weight if has else 0.0
        shown = _shown(question, rule.attribute, value)
        listed.append((rule.name, shown, "yes" if has else "no", rule.weight, points))
    total = round(sum(row[-1] for row in listed), 6)
    page = question.page
    cells = tuple(listed[page.start : page.start + page.size])
    rows = Rows(COLUMNS, cells, len(listed), total, page.start, page.size)
    return Answer(Figure(total, "score"), "tier.score", (), rows)


def holds(rule: Characteristic, value: Any, as_of: date) -> bool:
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
        day = _day(value)
        return day is not None and _dated(rule, day, as_of)
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


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _dated(rule: Characteristic, day: date, as_of: date) -> bool:
    if rule.operator in AROUND:
        away = (as_of - day if rule.operator == "in_last_days" else day - as_of).days
        return 0 <= away <= int(float(str(rule.value)))
    limits, told = [str(one) for one in _many(rule.value)], day.isoformat()
    return {
        "between_dates": limits[0] <= told <= limits[-1],
        "on_or_after": told >= limits[0],
        "on_or_before": told <= limits[0],
    }[rule.operator]


def _many(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _value(rule: Characteristic, facts: Mapping[str, Any]) -> Any:
    if rule.operator in ("owns_product", "owns_category"):
        return facts[rule.operator]
    if rule.attribute.startswith(CUSTOM):
        return facts["attributes"].get(rule.attribute.removeprefix(CUSTOM))
    return facts.get(rule.attribute)


def _shown(question: Question, attribute: str, value: Any) -> FactCell:
    """The account's value in the unit of its attribute; empty where it is unknown."""
    text = "" if value is None else str(value)
    if isinstance(value, bool):
        text = _("yes") if value else _("no")
    elif isinstance(value, frozenset | set):
        text = ", ".join(sorted(value))[:200]
    uid = question.subject.account_uid
    figure = fact_figure(attribute, value, question.current.currency, uid)
    unit = ngettext("day", "days", int(value)) if figure and attribute in DAYS else ""
    return FactCell(attribute, text, figure, unit)


def _rules(question: Question) -> list[Characteristic]:
    """The characteristics that the current results were computed with."""
    run = AnalysisRun.objects.get(uid=question.current.results_uid)
    return [Characteristic(**rule) for rule in run.parameters["characteristics"]]
