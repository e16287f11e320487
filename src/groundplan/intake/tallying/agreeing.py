"""Which way of adding up lines agrees with what columns say of whole orders."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from groundplan.intake.tallying.contracts import Agreement, OrderSum, Said, Way

AGREED = 0.95
_FEWEST, _FEWEST_TOLD = 8, 2
_SAMPLE = 300
_ROUNDED = 0.006
_CLOSE = 0.0005
_MOST_RATES = 4
_HIGHEST_RATE = 1.35


def agreement(orders: Sequence[OrderSum], said: Said) -> Agreement | None:
    """How the orders' sums agree best with their totals; None where too little is told.

    A way on which lines are more than the order brought is preferred where it holds for the orders
    that have what is taken off: so a column that repeats the sum before a discount doesn't hide
    the discount. What a line itself tells is surer than a share of what its order does. Else the
    way of fewest parts.
    """
    some = orders[:_SAMPLE]
    found = [each for way in _ways(some, said) if (each := _measured(some, way)) is not None]
    found.sort(key=lambda one: (-one.share, one.way.parts))
    agreed = [one for one in found if one.share >= AGREED]
    reduced = [one for one in agreed if one.way.reduces and _holds_where_told(some, one.way)]
    reduced.sort(key=lambda one: (one.way.discount not in said.of_lines, _spread(one.way, said)))
    best = next(iter(reduced or agreed or found), None)
    told = _measured(orders, best.way) if best else None
    before = next((one.way.total for one in agreed if not one.way.parts), "")
    return replace(told, before=before) if told else None


def _holds_where_told(orders: Sequence[OrderSum], way: Way) -> bool:
    """Does a way hold for the orders that what is taken off makes a difference to, be they ever
    so few? A rate or a number of pieces is too little to make one."""
    whole = replace(way, discount="", share="", net="")
    told = [o for o in orders if (sum_ := expected(o, whole)) is not None and not adds_up(o, sum_)]
    fits = [o for o in told if (sum_ := expected(o, way)) is not None and adds_up(o, sum_)]
    return len(told) >= _FEWEST_TOLD and len(fits) >= AGREED * len(told)


def _spread(way: Way, said: Said) -> int:
    """How many of its parts have to be summed over an order's lines."""
    return len(said.of_lines & {way.tax, way.freight})


def expected(told: OrderSum, way: Way) -> float | None:
    """What the lines of an order sum to if it goes that way; None where the order doesn't tell."""
    names = (way.total, way.discount, way.share, way.tax, way.freight)
    total, discount, share, tax, freight = (told.told.get(name, 0.0) for name in names)
    if way.total not in told.told or share >= 100:
        return None
    if way.net:
        return total
    return (total - tax - freight + abs(discount)) / (1 - share / 100)


def near(one: float, other: float, lines: int) -> bool:
    """The same but for cents that rounding makes on each line."""
    return abs(abs(one) - abs(other)) <= 0.01 + _ROUNDED * lines + _CLOSE * abs(other)


def is_repeated(orders: Iterable[Sequence[float]]) -> bool:
    """Is an amount that of the whole order, the same on each of its lines? `orders` are the
    amounts of orders' lines: hardly any has two of different sizes, though orders differ."""
    several = [amounts for amounts in orders if len(amounts) > 1]
    same = [amounts for amounts in several if len(set(amounts)) == 1]
    kinds = {amounts[0] for amounts in same}
    return len(several) >= _FEWEST and len(same) >= AGREED * len(several) and len(kinds) > 5


def holds_its_total(orders: Iterable[Sequence[float]]) -> bool:
    """Is one line of each order the sum of its others, so that all would count twice?"""
    several = [amounts for amounts in orders if len(amounts) > 2]
    double = [amounts for amounts in several if _is_double(amounts)]
    return len(several) >= _FEWEST and len(double) >= AGREED * len(several)


def _is_double(amounts: Sequence[float]) -> bool:
    largest = max(amounts, key=abs)
    others = [amount for amount in amounts if amount]
    rest = sum(others) - largest
    return len(others) > 2 and near(largest, rest, len(others))


def _ways(orders: Sequence[OrderSum], said: Said) -> Iterator[Way]:
    discounts = ["", *_at_work(orders, said.discounts)]
    taxes, freights = ["", *_at_work(orders, said.taxes)], ["", *_at_work(orders, said.freights)]
    for total in said.totals:
        for discount, tax, freight in product(discounts, taxes, freights):
            yield Way(total, discount=discount, tax=tax, freight=freight)
        for share, tax in product(_at_work(orders, said.shares), taxes):
            yield Way(total, share=share, tax=tax)
        for tax in taxes[1:]:
            if total in said.gross:
                yield Way(total, tax=tax, net=total)
            for net in said.totals:
                if net != total and _includes(orders, total, net, tax):
                    yield Way(total, tax=tax, net=net)


def _at_work(orders: Sequence[OrderSum], names: Iterable[str]) -> list[str]:
    """The columns that have something else than 0 in more than single orders."""
    fewest = max(2, 0.01 * len(orders))
    return [name for name in names if sum(bool(o.told.get(name)) for o in orders) >= fewest]


def _includes(orders: Sequence[OrderSum], total: str, net: str, tax: str) -> bool:
    told = [o for o in orders if {total, net, tax} <= o.told.keys() and o.told[tax]]
    adds = [o for o in told if near(o.told[net] + o.told[tax], o.told[total], 1)]
    return len(told) >= 0.5 * len(orders) and len(adds) >= AGREED * len(told)


def _measured(orders: Sequence[OrderSum], way: Way) -> Agreement | None:
    """How many orders a way holds for; without a column of tax, also by a few rates of it."""
    asked = [(o, sum_) for o in orders if (sum_ := expected(o, way)) is not None]
    asked = [(o, sum_) for o, sum_ in asked if sum_ or o.taken]
    if len(asked) < max(_FEWEST, 0.3 * len(orders)):
        return None
    wrong = [(o, sum_) for o, sum_ in asked if not adds_up(o, sum_)]
    if not (way.tax or way.reduces) and len(wrong) > (1 - AGREED) * len(asked):
        wrong = _beside_rates(wrong, asked)
    several = sum(o.lines > 1 for o, _ in asked)
    against = max(wrong, key=lambda one: one[0].lines, default=(None, 0))[0]
    return Agreement(way, 1 - len(wrong) / len(asked), len(asked), several, against)


def adds_up(told: OrderSum, sum_: float) -> bool:
    """Do an order's lines add up to `sum_`, those that are taken or all of them?"""
    return near(told.taken, sum_, told.lines) or near(told.every, sum_, told.lines)


def _beside_rates(
    wrong: list[tuple[OrderSum, float]], asked: list[tuple[OrderSum, float]]
) -> list[tuple[OrderSum, float]]:
    """The orders whose total no rate of tax explains, where few rates explain nearly all."""
    often = Counter(rate for o, sum_ in wrong if (rate := _rate(o, sum_)))
    rates = {rate for rate, _ in often.most_common(_MOST_RATES)}
    left = [(o, sum_) for o, sum_ in wrong if _rate(o, sum_) not in rates]
    return left if len(left) <= (1 - AGREED) * len(asked) else wrong


def _rate(told: OrderSum, sum_: float) -> float:
    """By how much a total is more than its lines, as tax makes it; 0 for what no tax makes."""
    rate = round(sum_ / told.taken, 2) if told.taken else 0.0
    return rate if 1 < rate <= _HIGHEST_RATE else 0.0
