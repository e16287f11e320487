"""What a column of numbers says of an order, by its heading: its total, tax, freight, discount."""

from collections.abc import Iterable, Mapping
from typing import Literal

from groundplan.intake.suggest.headings.languages import translated
from groundplan.intake.suggest.headings.naming import named, words
from groundplan.intake.tallying.contracts import Said

Role = Literal["total", "discount", "share", "tax", "freight", "refund", ""]
_OTHERS = """
paid due balance outstanding open cost weight quantity qty points refund refunded commission profit
margin count items deposit rate limit unit price number no id date exchange gift tip budget goal
target margin credit weighted expected probability annual recurring available stock received foreign
"""
_NO_TOTAL = frozenset(_OTHERS.split())
_TOTAL = frozenset(
    ("total", "subtotal", "sum", "amount", "net", "gross", "value", "revenue", "untaxed")
)
_TAX = frozenset(("tax", "taxes", "vat", "gst"))
_BESIDE_TAX = frozenset(("excl", "incl", "before", "after", "without", "net", "gross", "subtotal"))
_DISCOUNT = frozenset(
    ("discount", "discounts", "disc", "rebate", "coupon", "reduction", "allowance")
)
_PERCENT = frozenset(("percent", "percentage", "prcnt", "pct", "rate"))
_FREIGHT = frozenset(("shipping", "freight", "postage", "delivery", "handling"))
_BESIDE_FREIGHT = frozenset(("date", "method", "code", "id", "type", "mode", "service", "number"))
_REFUND = frozenset(("refund", "refunds", "refunded"))
_BESIDE_REFUND = """
date at on id no status reason quantity qty count number by tax shipping note type method
before after
"""
_NO_REFUND = frozenset(_BESIDE_REFUND.split())
_GROSS = frozenset(("incl", "gross", "including"))


def role_of(heading: str) -> Role:
    """What a column tells of an order; '' for what has nothing to do with its total."""
    own = words(heading)
    said = {*own, *translated(own)}
    if _REFUND & said:
        return "" if _NO_REFUND & said else "refund"
    if _DISCOUNT & said and not {"before", "after", "excl", "net"} & said:
        return "share" if _PERCENT & said else "discount"
    if _TAX & said and not _BESIDE_TAX & said:
        return "" if _PERCENT & said else "tax"
    if _FREIGHT & said and not _BESIDE_FREIGHT & said:
        return "freight"
    return "total" if _TOTAL & said and not _NO_TOTAL & said else ""


def said_by(names: Mapping[str, str], of_lines: frozenset[str] = frozenset()) -> Said:
    """`names` are columns' headings by the name that a mapping gives them."""

    def of(role: Role) -> tuple[str, ...]:
        return tuple(name for name, heading in names.items() if role_of(heading) == role)

    totals = of("total")
    gross = frozenset(name for name in totals if _says(names[name], _GROSS))
    less = (of("discount"), of("share"), of("tax"), of("freight"), of("refund"))
    return Said(totals, *less, gross, of_lines)


def price_of(headings: Iterable[str]) -> str:
    """The heading that surely names the price of a unit; '' for none."""
    told = [(named("purchases", heading).get("unit_price", 0.0), heading) for heading in headings]
    sure, heading = max(told, default=(0.0, ""))
    return heading if sure > 0.9 and not _says(heading, frozenset(("cost",))) else ""


def _says(heading: str, meant: frozenset[str]) -> bool:
    own = words(heading)
    return bool(meant & {*own, *translated(own)})
