"""Refunds that have a column of their own, on lines that still say what was sold at first."""

from collections.abc import Callable, Sequence

from groundplan.intake.tallying.agreeing import adds_up, expected, near
from groundplan.intake.tallying.contracts import OrderSum, Refund, Said, Way

_MOSTLY = 0.8
_CENT = 0.0051


def refund_of(orders: Sequence[OrderSum], said: Said, way: Way) -> Refund | None:
    """The column of refunds, where lines of orders that have one still sum to all that was sold.
    Where no column tells the tax that is in them, only what was given back as a whole is sure."""
    for name in said.refunds:
        told = [order for order in orders if order.told.get(name)]
        whole = [o for o in told if (sum_ := expected(o, way)) is not None and adds_up(o, sum_)]
        if told and len(whole) >= _MOSTLY * len(told):
            return Refund(name, _tax_on_top(orders, said, way), len(told))
        full = [order for order in told if _all_back(order, name, way)]
        if full and not (way.tax or way.reduces):
            return Refund(name, "", len(full), len(told) - len(full), whole=True)
    return None


def _all_back(told: OrderSum, refund: str, way: Way) -> bool:
    """Was all that was paid given back, though its lines still sum to something?"""
    paid = abs(told.told.get(way.total, 0.0))
    return paid > 0 and bool(told.taken) and abs(told.told[refund]) > paid - _CENT


def less_refunds(refund: Refund, way: Way, number: Callable[[str], str]) -> str:
    """What refunds leave of each unit of a line's amount, taken off goods before freight."""
    paid = "".join(
        f" {sign} {number(name)}" for sign, name in (("-", way.freight), ("+", refund.tax)) if name
    )
    whole, back = f"({number(way.total)}{paid})", f"abs({number(refund.amount)})"
    if refund.whole:
        return f"if({back} > 0 and {back} + {_CENT} > abs({number(way.total)}), 0, 1)"
    return f"if({back} > 0 and {back} >= {whole}, 0, coalesce(1 - {back} / {whole}, 1))"


def _tax_on_top(orders: Sequence[OrderSum], said: Said, way: Way) -> str:
    """The tax that another total has beside this one; '' where none has."""
    for tax in said.taxes if not way.tax else ():
        for total in said.totals:
            for freight in ("", *said.freights):
                told = [
                    o for o in orders if {total, way.total, tax} <= o.told.keys() and o.told[tax]
                ]
                beside = [o.told[tax] + o.told.get(freight, 0.0) for o in told]
                adds = [
                    o
                    for o, more in zip(told, beside, strict=True)
                    if near(o.told[way.total] + more, o.told[total], 1)
                ]
                if total != way.total and told and len(adds) >= _MOSTLY * len(told):
                    return tax
    return ""
