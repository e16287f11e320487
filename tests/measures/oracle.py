"""The measures again, slowly and in plain Python: what the SQL has to agree with."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from groundplan.measures.whitespace.estimate import AMOUNT_STRENGTH, PRODUCT_STRENGTH

from .facts import AS_OF, YEAR_AGO, Bought, Facts

Cell = tuple[int, int]


@dataclass
class Pair:
    """What an account bought of a product."""

    purchases: list[Bought]

    @property
    def first_on(self) -> date:
        return min(one.on for one in self.purchases)

    @property
    def first_year(self) -> float:
        first = min(one.on for one in self.purchases)
        end = first.replace(year=first.year + 1)
        return float(sum(one.amount for one in self.purchases if one.on < end))


def pairs_of(facts: Facts) -> dict[Cell, Pair]:
    found: defaultdict[Cell, list[Bought]] = defaultdict(list)
    for one in facts.purchases:
        if one.product is not None:
            found[one.account, one.product].append(one)
    return {cell: Pair(bought) for cell, bought in found.items()}


def quantile(values: list[float], share: float) -> float:
    """Linear between the two nearest, as PERCENTILE_CONT."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def estimates(
    facts: Facts, now: dict[int, int], past: dict[int, int], strength: float
) -> dict[Cell, tuple[float, float]]:
    """(segment, product) to unrounded probability and amount."""
    pairs = pairs_of(facts)
    segments = sorted({*now.values(), *past.values()})
    products = range(1, facts.products + 1)
    before = {cell for cell, pair in pairs.items() if pair.first_on < YEAR_AGO}
    exposed = {
        (segment, product): sum(
            past[account] == segment and (account, product) not in before for account in past
        )
        for segment in segments
        for product in products
    }
    adopted: defaultdict[Cell, int] = defaultdict(int)
    for (account, product), pair in pairs.items():
        if YEAR_AGO <= pair.first_on < AS_OF:
            adopted[past[account], product] += 1
    first_years = _first_years(pairs, products, now)
    result = {}
    total = sum(exposed.values())
    mean = sum(adopted.values()) / total if total else 0.0
    every = [value for values in first_years.values() for value in values]
    for product in products:
        bought = sum(adopted[segment, product] for segment in segments)
        could = sum(exposed[segment, product] for segment in segments)
        rate = (bought + PRODUCT_STRENGTH * mean) / (could + PRODUCT_STRENGTH)
        mine = [v for segment in segments for v in first_years.get((segment, product), [])]
        usual = sum(mine) / len(mine) if mine else sum(every) / len(every) if every else 0.0
        for segment in segments:
            here = first_years.get((segment, product), [])
            result[segment, product] = (
                (adopted[segment, product] + strength * rate)
                / (exposed[segment, product] + strength),
                (sum(here) + AMOUNT_STRENGTH * usual) / (len(here) + AMOUNT_STRENGTH),
            )
    return result


def _first_years(
    pairs: dict[Cell, Pair], products: range, now: dict[int, int]
) -> dict[Cell, list[float]]:
    """(segment now, product) to first years, between nothing and the product's cap."""
    found: defaultdict[Cell, list[float]] = defaultdict(list)
    for product in products:
        mine = {account: pair for (account, one), pair in pairs.items() if one == product}
        over = {a: p for a, p in mine.items() if p.first_on <= YEAR_AGO}
        if not mine:
            continue
        cap = quantile([pair.first_year for pair in (over or mine).values()], 0.95)
        for account, pair in (over if len(over) >= 5 else mine).items():
            found[now[account], product].append(min(max(pair.first_year, 0.0), cap))
    return found


def blocked(facts: Facts) -> set[Cell]:
    """Cells that aren't whitespace."""
    deals = {(account, product) for account, product in facts.open if product is not None}
    taken = {(account, product) for account, product, _ in facts.positions}
    return {*pairs_of(facts), *deals, *taken}


def expected(probability: float, amount: Decimal) -> Decimal:
    """Exact, then rounded once, halves upwards."""
    return (Decimal(repr(probability)) * amount).quantize(Decimal("0.0001"), ROUND_HALF_UP)
