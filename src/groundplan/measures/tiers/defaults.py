"""A sensible set of characteristics and thresholds, from whatever facts there are."""

import math
from collections.abc import Mapping, Sequence

from .contracts import Characteristic, Thresholds

Spread = Mapping[str, float | None]

_KNOWN = 0.3
FEWEST, MOST = 0.02, 0.8
"""A rule that hardly any account meets, or nearly every one, tells accounts apart badly."""


def default_characteristics(spread: Spread) -> list[Characteristic]:
    """Rules of weight one, from the row of the stage fact_spread: size, spend, breadth, growth,
    recency, pipeline, core products and contacts, as far as they are known."""
    accounts = spread["accounts"] or 0
    if not accounts:
        return []
    rules = [*_by_size(spread, accounts), *_by_purchases(spread), *_by_work(spread)]
    return [rule for rule in rules if rule is not None]


def _by_size(spread: Spread, accounts: float) -> list[Characteristic | None]:
    rules: list[Characteristic | None] = []
    for attribute, words in (("employees", "employees"), ("annual_revenue", "annual revenue")):
        known = (spread[f"{attribute}_known"] or 0) / accounts
        if known >= _KNOWN:
            rules.append(_from(attribute, spread[f"{attribute}_high"], words))
    return rules


def _by_purchases(spread: Spread) -> list[Characteristic | None]:
    if not spread["buyers"]:
        return []
    rules = [
        _from("revenue_12m", spread["revenue_12m_high"], "bought in twelve months"),
        _from("owned_products", spread["owned_products_high"], "products owned", least=2),
        _recent(spread["days_since_purchase_low"]),
    ]
    if spread["with_core"]:
        rules.append(_from("core_products", spread["core_products_high"], "core products owned"))
    if spread["growth_known"]:
        rules.append(Characteristic("Grew by more than 10 %", "growth", "over_growth", 0.1))
    return rules


def _by_work(spread: Spread) -> list[Characteristic | None]:
    rules: list[Characteristic | None] = []
    if spread["with_open"]:
        name = "Has an open opportunity"
        rules.append(Characteristic(name, "open_opportunities", "at_least", 1))
    if spread["with_contacts"]:
        rules.append(_from("contacts", spread["contacts_high"], "contacts", least=2))
    if spread["touched"]:
        name = "In touch within 60 days"
        rules.append(Characteristic(name, "days_since_interaction", "at_most", 60))
    return rules


def _from(
    attribute: str, level: float | None, words: str, least: float = 1
) -> Characteristic | None:
    if level is None:
        return None
    value = max(round_down(level), least)
    return Characteristic(f"At least {value:,.0f} {words}", attribute, "at_least", value)


def _recent(median_days: float | None) -> Characteristic | None:
    if median_days is None:
        return None
    days = min(max(30, math.ceil(median_days / 30) * 30), 360)
    name = f"Bought within {days} days"
    return Characteristic(name, "days_since_purchase", "at_most", days)


def round_down(level: float) -> float:
    """To two digits that a person would choose; at least what it was rounded from allows."""
    if level < 1:
        return 0
    step = 10.0 ** max(math.floor(math.log10(level)) - 1, 0)
    return math.floor(level / step) * step


def default_thresholds(
    weights: Sequence[float], reached: Mapping[float, int], by: str = "score"
) -> Thresholds:
    """A for more than half of the weight, B for what two rules give, C for none or one.

    `reached` counts accounts by score (or by rules met). Where fewer than one account in twenty
    would be A, A begins lower: at the highest sum that one in twenty reaches, but above B.
    """
    counted = by == "count"
    units = [1.0 for _ in weights] if counted else sorted(w for w in weights if w > 0)
    if not units:
        return Thresholds(1.0, 1.0, "count" if counted else "score")
    two = sum(units[:2])
    if len(units) < 3:
        return Thresholds(two, two, "count" if counted else "score")
    least = two + units[0]
    a_from = max(min(_more_than_half(units), _twentieth(reached)), least)
    return Thresholds(a_from, two, "count" if counted else "score")


def _more_than_half(units: Sequence[float]) -> float:
    """The least sum above half of `units` (sorted); between two sums where they differ."""
    if units[0] == units[-1]:
        return (len(units) // 2 + 1) * units[0]
    return sum(units) / 2 + units[0] / 2


def _twentieth(reached: Mapping[float, int]) -> float:
    """The highest sum that at least one account in twenty reaches."""
    wanted = sum(reached.values()) / 20
    seen = 0
    for value in sorted(reached, reverse=True):
        seen += reached[value]
        if seen >= wanted:
            return value
    return 0.0
