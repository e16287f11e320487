"""Which currency amounts are in where no column says so: headings (`Betrag CHF`), titles above the
header, signs in the cells (`€ 1.200,00`), or a column of amounts for each currency."""

import re

from groundplan.intake.contracts import ColumnRule, StagedFile
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.mapping.functions import currency_sql
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import ticked
from groundplan.intake.suggest.references.shared_rules import Rules
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_LISTED = """
AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF IDR ILS INR ISK JPY KRW MXN MYR NOK
NZD PEN PHP PLN RON RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR
"""
_CODES = frozenset(_LISTED.split())
_SIGNS = {"€": "EUR", "£": "GBP", "US$": "USD"}
_SPELT = {
    r"\b(in|currency:?|währung:?|devise:?|valuta:?|moneda:?) euros?\b": "EUR",
    r"\bus dollars?\b": "USD",
    r"\bpounds? sterling\b|\bbritish pounds?\b": "GBP",
    r"\bswiss francs?\b|\bschweizer franken\b": "CHF",
}
_MOSTLY = 0.9


def is_currency(text: str) -> bool:
    """Is it the code of a currency that trade is done in?"""
    return text.strip().upper() in _CODES


def currency_in(heading: str) -> str:
    """The code of the currency that a heading names; '' for none. A lone `$` is many countries'."""
    for sign, code in _SIGNS.items():
        if sign in heading:
            return code
    told = [word.upper() for word in re.findall(r"[^\W\d_]+", heading.replace("_", " "))]
    found = [word for word in told if word in _CODES]
    return found[0] if len(found) == 1 and len(told) > 1 else ""


def currency_rules(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    """Adds a rule for the currency, and joins the columns of several into one amount."""
    found = each.parts.get("amount") or each.parts.get("unit_price")
    if found is None or "currency" in rules or "amount" not in rules:
        return
    others = _of_other_currencies(found.profile, evidence)
    if others and rules["amount"].column:
        profiles = [found.profile, *others]
        rules["amount"] = ColumnRule(compute=_first_filled(profiles))
        rules["currency"] = ColumnRule(compute=_whose_is_filled(profiles))
        return
    code = currency_in(found.profile.column)
    signed = not code and _signed(found.profile, evidence)
    code = code or _titled(evidence.files[found.profile.file])
    if signed:
        rules["currency"] = ColumnRule(compute=f"currency({ticked(found.profile.column)})")
    elif code:
        rules["currency"] = ColumnRule(value=code)


def _titled(file: StagedFile) -> str:
    """The one currency that the titles over the header tell, or else the file's name."""
    for told in (file.above, (file.name,)):
        found = {code for text in told for code in _codes_in(text)}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _codes_in(title: str) -> set[str]:
    """Codes are in capitals there, and signs count: `Umsätze in EUR`, `Chiffre d'affaires (€)`."""
    signs = {code for sign, code in _SIGNS.items() if sign in title}
    words_told = {code for word, code in _SPELT.items() if re.search(word, title, re.IGNORECASE)}
    return signs | words_told | (_CODES & set(re.findall(r"(?<![^\W_])[A-Z]{3}(?![^\W_])", title)))


def _bare(heading: str) -> str:
    return "".join(word for word in words(heading) if word.upper() not in _CODES)


def _of_other_currencies(own: Profile, evidence: Evidence) -> list[Profile]:
    """Columns named like this one but for the currency, filled where this one is empty."""
    code = currency_in(own.column)
    alike = [
        profile
        for profile in evidence.profiles[own.file].values()
        if profile.column != own.column and profile.numeric and _bare(profile.column)
        if _bare(profile.column) == _bare(own.column)
        if currency_in(profile.column) not in ("", code)
    ]
    if not code or not alike:
        return []
    cells = [f"CAST({quoted(p.column)} IS NOT NULL AS INTEGER)" for p in (own, *alike)]
    row = evidence.connection.execute(
        f"SELECT avg(CAST({' + '.join(cells)} > 1 AS INTEGER)) FROM"
        f" {quoted(evidence.files[own.file].relation)}"
    ).fetchone()
    return alike if row and row[0] is not None and row[0] < 1 - _MOSTLY else []


def _first_filled(profiles: list[Profile]) -> str:
    return f"coalesce({', '.join(f'number({ticked(p.column)})' for p in profiles)})"


def _whose_is_filled(profiles: list[Profile]) -> str:
    *first, last = profiles
    text = f"'{currency_in(last.column)}'"
    for profile in reversed(first):
        code = currency_in(profile.column)
        text = f"if(empty({ticked(profile.column)}), {text}, '{code}')"
    return text


def _signed(profile: Profile, evidence: Evidence) -> bool:
    """Do nearly all cells carry a sign, and not just the dollar's?"""
    cell = quoted(profile.column)
    rows = evidence.connection.execute(
        f"SELECT {currency_sql(cell)} AS code, contains({cell}, '$'), count(*) FROM"
        f" {quoted(evidence.files[profile.file].relation)} WHERE {cell} IS NOT NULL GROUP BY 1, 2"
    ).fetchall()
    every = sum(row[-1] for row in rows)
    told = [row for row in rows if row[0]]
    dollars = all(code == "USD" and sign for code, sign, _ in told)
    return bool(told) and not dollars and sum(row[-1] for row in told) > _MOSTLY * every
