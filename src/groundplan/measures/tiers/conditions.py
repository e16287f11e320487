"""Turns characteristics into SQL: values are parameters, names come from a closed list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from groundplan.kernel.errors import InvalidInput

from .contracts import ATTRIBUTES, CUSTOM, MOST_CHARACTERISTICS, OPERATORS, Characteristic

AROUND = ("in_last_days", "in_next_days")
DATED = ("on_or_after", "on_or_before", "between_dates", *AROUND)
MOST_DAYS = 36_525


@dataclass(slots=True)
class Compiled:
    """A condition for each characteristic, over `account_facts AS f`, with its parameters.

    Days are counted from `$as_of`, which is not among them.

    `owned` has for each bit (1, 2, 4 ...) the product ids or category names asked for.
    """

    conditions: list[str] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)
    owned: dict[int, tuple[str, list[Any]]] = field(default_factory=dict)


def compiled(characteristics: Sequence[Characteristic]) -> Compiled:
    """SQL conditions, in order. Raises InvalidInput for a rule that makes no sense."""
    if len(characteristics) > MOST_CHARACTERISTICS:
        raise InvalidInput(f"There can be {MOST_CHARACTERISTICS} characteristics at most.")
    result = Compiled()
    for number, rule in enumerate(characteristics):
        check(rule)
        result.conditions.append(_condition(rule, number, result))
    return result


def match_sql(rules: Compiled, characteristics: Sequence[Characteristic]) -> str:
    """A SELECT of account_id, score, matched (bit i is characteristic i) and met (how many)."""
    bits, weights, ones = ["CAST(0 AS BIGINT)"], ["0.0"], ["0"]
    for number, (condition, rule) in enumerate(zip(rules.conditions, characteristics, strict=True)):
        bits.append(f"CASE WHEN {condition} THEN CAST({1 << number} AS BIGINT) ELSE 0 END")
        weights.append(f"CASE WHEN {condition} THEN {float(rule.weight)!r} ELSE 0.0 END")
        ones.append(f"CASE WHEN {condition} THEN 1 ELSE 0 END")
    return (
        "SELECT f.account_id,"
        f" ROUND(CAST({' + '.join(weights)} AS DOUBLE), 6) AS score,"
        f" {' + '.join(bits)} AS matched,"
        f" {' + '.join(ones)} AS met"
        " FROM account_facts AS f"
    )


def check(rule: Characteristic) -> None:
    """Raises InvalidInput where attribute, operator and value don't fit."""
    kinds = OPERATORS.get(rule.operator)
    custom = rule.attribute.startswith(CUSTOM) and rule.attribute != CUSTOM
    kind = ATTRIBUTES.get(rule.attribute)
    if kinds is None:
        raise InvalidInput(f"There is no operator {rule.operator}.", field="operator")
    if kind is None and not custom:
        raise InvalidInput(f"Accounts have no {rule.attribute}.", field="attribute")
    if (kind is not None and kind not in kinds) or (custom and kinds == ("owned",)):
        raise InvalidInput(f"{rule.operator} can't be asked of {rule.attribute}.", field="operator")
    if not _fits(rule.operator, rule.value):
        raise InvalidInput(f"This value doesn't fit {rule.operator}.", field="value")


def _fits(operator: str, value: object) -> bool:
    if operator in ("between", "between_dates"):
        fits = _is_number if operator == "between" else _is_date
        return isinstance(value, list | tuple) and len(value) == 2 and all(map(fits, value))
    if operator in ("in", "not_in", "owns_category", "owns_product"):
        kinds = int | str if operator == "owns_product" else str
        return isinstance(value, list | tuple) and all(isinstance(one, kinds) for one in value)
    single = _SINGLE.get(operator)
    return single is None or single(value)


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_days(value: object) -> bool:
    return _is_number(value) and 0 <= float(str(value)) <= MOST_DAYS


_SINGLE: dict[str, Callable[[object], bool]] = {
    "contains": _is_text,
    "at_least": _is_number,
    "at_most": _is_number,
    "over_growth": _is_number,
    "on_or_after": _is_date,
    "on_or_before": _is_date,
    "in_last_days": _is_days,
    "in_next_days": _is_days,
}


def _condition(rule: Characteristic, number: int, result: Compiled) -> str:
    if rule.operator in ("owns_product", "owns_category"):
        bit = 1 << len(result.owned)
        result.owned[bit] = (rule.operator, list(_sequence(rule.value)))
        return f"(f.owned_bits & CAST({bit} AS BIGINT)) <> 0"
    column = _column(rule, number, result)
    named = _named(rule, number, result)
    return _SQL[rule.operator].format(column=column, **named)


def _column(rule: Characteristic, number: int, result: Compiled) -> str:
    if not rule.attribute.startswith(CUSTOM):
        return f"f.{rule.attribute}"
    key = rule.attribute.removeprefix(CUSTOM).replace("\\", "\\\\").replace('"', '\\"')
    result.parameters[f"path_{number}"] = f'$."{key}"'
    text = f"JSON_EXTRACT_STRING(f.attributes, $path_{number})"
    if rule.operator in ("between", "at_least", "at_most", "over_growth"):
        return f"TRY_CAST({text} AS DOUBLE)"
    return f"TRY_CAST({text} AS DATE)" if rule.operator in DATED else text


def _named(rule: Characteristic, number: int, result: Compiled) -> dict[str, str]:
    """Put the values among the parameters; yields what stands for them in the SQL."""
    if rule.operator in ("is_true", "is_false", "is_known", "is_unknown"):
        return {}
    values = _sequence(rule.value)
    names = [f"value_{number}_{place}" for place in range(len(values))]
    for name, value in zip(names, values, strict=True):
        result.parameters[name] = _parameter(rule.operator, str(value))
    marks = [f"${name}" for name in names]
    return {
        "all": ", ".join(marks) or "NULL",
        "low": marks[0] if marks else "NULL",
        "high": marks[-1] if marks else "NULL",
    }


def _parameter(operator: str, value: str) -> object:
    if operator in AROUND:
        return int(float(value))
    if operator in DATED:
        return date.fromisoformat(value)
    return value.lower() if operator in ("in", "not_in", "contains") else float(value)


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else [value]


_SQL = {
    "in": "LOWER({column}) IN ({all})",
    "not_in": "{column} IS NOT NULL AND LOWER({column}) NOT IN ({all})",
    "contains": "POSITION({low} IN LOWER({column})) > 0",
    "between": "{column} BETWEEN {low} AND {high}",
    "at_least": "{column} >= {low}",
    "at_most": "{column} <= {low}",
    "over_growth": "{column} > {low}",
    "on_or_after": "{column} >= {low}",
    "on_or_before": "{column} <= {low}",
    "between_dates": "{column} BETWEEN {low} AND {high}",
    "in_last_days": "{column} BETWEEN CAST($as_of AS DATE) - CAST({low} AS INTEGER)"
    " AND CAST($as_of AS DATE)",
    "in_next_days": "{column} BETWEEN CAST($as_of AS DATE)"
    " AND CAST($as_of AS DATE) + CAST({low} AS INTEGER)",
    "is_true": "LOWER(CAST({column} AS VARCHAR)) IN ('true', '1', 'yes')",
    "is_false": "LOWER(CAST({column} AS VARCHAR)) IN ('false', '0', 'no')",
    "is_known": "{column} IS NOT NULL AND CAST({column} AS VARCHAR) <> ''",
    "is_unknown": "COALESCE(CAST({column} AS VARCHAR), '') = ''",
}
