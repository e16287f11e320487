"""What accounts bought: from hidden tastes of accounts and products, an industry's habits, chance.

Nothing here knows how probabilities are estimated later: an account takes a product up because its
hidden taste and the product's meet, orders small at first and at the product's own rhythm, and some
day may stop.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from .catalogue import CATALOGUE, Item
from .companies import Company

YEARS = 3
BACKLOG_DAYS = 150
_TASTES = 5
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Habit:
    """That an account orders a product: since when (years into the window), through whom."""

    company: Company
    item: Item
    start: float
    channel: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order line. `backlog` lines have a delivery day that is still to come."""

    account: str
    product: str
    on: date
    cents: int
    quantity: int
    channel: str
    order: str

    def row(self, today: date) -> dict[str, object]:
        """A row of the table `purchases`."""
        return {
            "account_id": self.account,
            "product_id": self.product,
            "date": self.on,
            "amount": f"{self.cents // 100}.{self.cents % 100:02d}",
            "quantity": self.quantity,
            "status": "backlog" if self.on > today else "recognised",
            "channel": self.channel,
            "order_id": self.order,
        }


def orders(accounts: list[Company], today: date, draw: np.random.Generator) -> list[Order]:
    """Three years of order lines and the backlog, by account and day."""
    wish = affinity(accounts, draw)
    active = draw.random(len(accounts)) > 0.17
    entered = np.where(draw.random(len(accounts)) < 0.22, draw.uniform(0, 2.6, len(accounts)), -2)
    partner = draw.random(len(accounts)) < 0.3
    lines: list[Order] = []
    for place, company in enumerate(accounts):
        if not active[place]:
            continue
        channel = "partner" if partner[place] else "direct"
        starts = _uptake(wish[place], float(entered[place]), draw)
        own: list[Order] = []
        for item, start in zip(CATALOGUE, starts, strict=True):
            if start is not None:
                own.extend(_history(_Habit(company, item, start, channel), today, draw))
        lines.extend(sorted(own, key=lambda line: (line.on, line.product)))
    return lines


def affinity(accounts: list[Company], draw: np.random.Generator) -> _Floats:
    """Accounts x products: the log-odds that an account takes a product up within its life."""
    shelves = sorted({item.category for item in CATALOGUE})
    centres = draw.normal(size=(len(shelves), _TASTES))
    of_shelf = np.array([shelves.index(item.category) for item in CATALOGUE])
    products = 0.9 * centres[of_shelf] + 0.6 * draw.normal(size=(len(CATALOGUE), _TASTES))
    tastes = _tastes(accounts, draw)
    made_for = np.array(
        [[company.industry.letter in item.taste for item in CATALOGUE] for company in accounts]
    )
    price = np.log([item.price for item in CATALOGUE])
    size = np.log([company.employees for company in accounts])
    reach = 0.35 * (size - size.mean())[:, None] - 0.22 * (price - price.mean())[None, :]
    liked = draw.normal(0, 0.5, len(CATALOGUE))[None, :]
    meeting = 1.15 * tastes @ products.T / np.sqrt(_TASTES) * 1.6
    result: _Floats = -2.1 + meeting + np.where(made_for, 1.0, -0.9) + reach + liked
    return result


def _tastes(accounts: list[Company], draw: np.random.Generator) -> _Floats:
    """Hidden tastes; a division shares most of its parent's."""
    tastes = draw.normal(size=(len(accounts), _TASTES))
    place = {company.key: number for number, company in enumerate(accounts)}
    for number, company in enumerate(accounts):
        if company.parent:
            tastes[number] = 0.75 * tastes[place[company.parent]] + 0.5 * tastes[number]
    return tastes


def _uptake(wish: _Floats, entered: float, draw: np.random.Generator) -> list[float | None]:
    """Years after the window's start in which each product is first ordered; None for never."""
    takes = draw.random(len(wish)) < 1 / (1 + np.exp(-wish))
    # Two fifths were owned before the window opens; the rest arrive all through it.
    earlier = draw.random(len(wish)) < 0.4
    when = np.where(earlier, draw.uniform(-1.5, 0, len(wish)), draw.uniform(0, 3.3, len(wish)))
    when = np.maximum(when, entered + draw.exponential(0.25, len(wish)))
    return [float(at) if taken else None for taken, at in zip(takes, when, strict=True)]


def _history(habit: _Habit, today: date, draw: np.random.Generator) -> list[Order]:
    opening = today - timedelta(days=365 * YEARS)
    end = float(YEARS) + BACKLOG_DAYS / 365
    stops = draw.uniform(habit.start, 6) if draw.random() < 0.14 else end
    scale = (habit.company.employees / 700) ** 0.4
    lines = []
    at, placed = habit.start, 0
    while at < min(end, stops):
        ramp = (0.45, 0.7, 0.9)[placed] if placed < 3 else 1.0
        if at >= 0 and _is_known(at, draw):
            on = opening + timedelta(days=int(at * 365))
            lines.append(_line(habit, on, scale * ramp, draw))
        placed += 1
        at += float(draw.gamma(3, 1 / (3 * habit.item.yearly)))
    return lines


def _is_known(at: float, draw: np.random.Generator) -> bool:
    """What is past is known; only part of what will be ordered already is."""
    ahead = at - YEARS
    return ahead <= 0 or bool(draw.random() < 0.42 * (1 - ahead / 0.5))


def _line(habit: _Habit, on: date, scale: float, draw: np.random.Generator) -> Order:
    key, item = habit.company.key, habit.item
    batch = scale * (3.0 if item.price < 1000 else 1.6 if item.price < 5000 else 0.5)
    quantity = 1 + int(draw.poisson(batch))
    discount = float(draw.beta(2, 11)) + (0.04 if quantity > 5 else 0)
    cents = round(item.price * 100 * quantity * (1 - discount))
    return Order(key, item.key, on, cents, quantity, habit.channel, f"SO-{key[2:]}-{on:%y%m}")
