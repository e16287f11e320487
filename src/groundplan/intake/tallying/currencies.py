"""Totals of orders that may be in another currency than their lines."""

import re

from groundplan.engine.sql import quoted
from groundplan.intake.suggest.headings.languages import translated
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.tallying.orders import Lines

_CODE = re.compile(r"(?<![A-Za-z])(EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN|CZK|CAD|AUD|CNY|INR|BRL)\b")
_OWN = frozenset(("base", "local", "company", "home", "reporting", "functional", "corporate"))
_CURRENCY = frozenset(("currency", "curr", "ccy"))
_ENOUGH = 3


def in_another_currency(lines: Lines, total: str) -> bool:
    """Do headings name different currencies for the amount and the total, or do the files of the
    lines hold several?"""
    rule = lines.table.columns["amount"]
    amount, total = rule.column or rule.compute, total.rpartition(":")[2]
    if set(_CODE.findall(total)) - set(_CODE.findall(amount)):
        return True
    if (_OWN & set(words(total))) != (_OWN & set(words(amount))):
        return True
    return len(_codes(lines)) > 1


def _codes(lines: Lines) -> set[str]:
    found: set[str] = set()
    for file in lines.reach.files:
        for column in file.columns:
            own = words(column)
            if _CURRENCY & {*own, *translated(own)}:
                rows = lines.connection.execute(
                    f"SELECT DISTINCT upper({quoted(column)}) FROM {quoted(file.relation)} WHERE"
                    f" regexp_full_match(upper({quoted(column)}), '[A-Z]{{3}}') LIMIT {_ENOUGH}"
                ).fetchall()
                found |= {code for (code,) in rows}
    return found
