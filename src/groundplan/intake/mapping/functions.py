"""The functions of the mapping language: each makes SQL from terms, none is DuckDB's by name."""

from collections.abc import Callable

from groundplan.intake.mapping.terms import Term, as_boolean, as_number, as_text

_EMPTY = "''"
_LONGEST_TEXT = 4_000
_LONGEST_REPLACEMENT = 100


def _coalesce(*terms: Term) -> Term:
    """The first of several that isn't empty: a number only where all are numbers."""
    if not terms:
        raise TypeError
    if all(term.kind == "number" for term in terms):
        return Term(f"COALESCE({', '.join(term.sql for term in terms)})", "number")
    return _text(f"COALESCE({', '.join(f'NULLIF({as_text(term)}, {_EMPTY})' for term in terms)})")


def _text(sql: str) -> Term:
    return Term(sql, "text")


def _lower(text: Term) -> Term:
    return _text(f"lower({as_text(text)})")


def _upper(text: Term) -> Term:
    return _text(f"upper({as_text(text)})")


def _trim(text: Term) -> Term:
    return _text(f"trim({as_text(text)})")


def _length(text: Term) -> Term:
    return Term(f"CAST(length({as_text(text)}) AS DOUBLE)", "number")


def _empty(text: Term) -> Term:
    return Term(f"(COALESCE(trim({as_text(text)}), '') = '')", "boolean")


def _concat(*texts: Term) -> Term:
    """Joins texts, empty cells as nothing; empty where all are."""
    if not texts:
        raise TypeError
    parts = " || ".join(f"COALESCE({as_text(text)}, '')" for text in texts)
    return _text(f"NULLIF(trim({parts}), '')")


def _replace(text: Term, old: Term, new: Term) -> Term:
    """The length is bounded: replacing in what was replaced grows without end otherwise."""
    if not old.constant or new.constant is None or len(new.constant) > _LONGEST_REPLACEMENT:
        raise TypeError
    return _text(f"left(replace({as_text(text)}, {old.sql}, {new.sql}), {_LONGEST_TEXT})")


def _whole(number: Term) -> str:
    return f"TRY_CAST({as_number(number)} AS INTEGER)"


def _substring(text: Term, start: Term, length: Term | None = None) -> Term:
    """Characters from `start` (the first is 1), `length` of them or all that follow."""
    many = f", {_whole(length)}" if length else ""
    return _text(f"NULLIF(substring({as_text(text)}, {_whole(start)}{many}), '')")


def _split(text: Term, separator: Term, part: Term) -> Term:
    """The part with that number (the first is 1) of a text cut at each separator."""
    if not separator.constant:
        raise TypeError
    return _text(f"NULLIF(trim(split_part({as_text(text)}, {separator.sql}, {_whole(part)})), '')")


def _contains(text: Term, part: Term) -> Term:
    sql = f"COALESCE(contains(lower({as_text(text)}), lower({as_text(part)})), FALSE)"
    return Term(sql, "boolean")


def _starts_with(text: Term, part: Term) -> Term:
    sql = f"COALESCE(starts_with(lower({as_text(text)}), lower({as_text(part)})), FALSE)"
    return Term(sql, "boolean")


def _if(condition: Term, then: Term, otherwise: Term | None = None) -> Term:
    other = otherwise or Term("NULL", then.kind)
    when = f"CASE WHEN {as_boolean(condition)} THEN"
    if then.kind == other.kind == "number":
        return Term(f"{when} {then.sql} ELSE {other.sql} END", "number")
    return _text(f"{when} {as_text(then)} ELSE {_other_text(other)} END")


def _other_text(term: Term) -> str:
    return term.sql if term.sql == "NULL" else as_text(term)


def _number(text: Term) -> Term:
    return Term(as_number(text), "number")


def _round(number: Term, digits: Term | None = None) -> Term:
    places = _whole(digits) if digits else "0"
    return Term(f"round({as_number(number)}, {places})", "number")


def _abs(number: Term) -> Term:
    return Term(f"abs({as_number(number)})", "number")


_SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN", "R$": "BRL", "₺": "TRY",
    "₽": "RUB", "₩": "KRW", "₪": "ILS", "₫": "VND", "₴": "UAH", "฿": "THB", "Kč": "CZK",
}  # fmt: skip


def currency_sql(cell: str) -> str:
    """SQL of the code of the currency that an amount is written with; NULL where it tells none."""
    signs = " ".join(
        f"WHEN contains({cell}, '{sign}') THEN '{code}'" for sign, code in _SIGNS.items()
    )
    code = rf"regexp_extract(upper({cell}), '(?:^|[^A-Z])([A-Z]{{3}})(?:[^A-Z]|$)', 1)"
    return f"CASE {signs} WHEN {code} <> '' THEN {code} WHEN contains({cell}, '$') THEN 'USD' END"


def _currency(text: Term) -> Term:
    return _text(currency_sql(as_text(text)))


FUNCTIONS: dict[str, Callable[..., Term]] = {
    "coalesce": _coalesce,
    "lower": _lower,
    "upper": _upper,
    "trim": _trim,
    "length": _length,
    "empty": _empty,
    "concat": _concat,
    "replace": _replace,
    "substring": _substring,
    "split": _split,
    "contains": _contains,
    "starts_with": _starts_with,
    "if_": _if,
    "number": _number,
    "round": _round,
    "abs": _abs,
    "currency": _currency,
}
