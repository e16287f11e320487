"""Opportunities in every stage, and what others already sell at our accounts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from .catalogue import CATALOGUE, Item
from .companies import Company
from .orders import Order
from .words import COMPETITORS

_CHANNELS = ("direct", "partner")


@dataclass(frozen=True, slots=True)
class Step:
    """A stage: what it means, its probability, how many opportunities are in it."""

    name: str
    outcome: Literal["open", "won", "lost"]
    probability: str
    number: int


STEPS: tuple[Step, ...] = (
    Step("Qualified", "open", "0.1", 62),
    Step("Needs confirmed", "open", "0.25", 54),
    Step("Proposal", "open", "0.5", 46),
    Step("Negotiation", "open", "0.75", 30),
    Step("Verbal yes", "open", "0.9", 14),
    Step("Closed won", "won", "1", 230),
    Step("Closed lost", "lost", "0", 118),
)


def opportunity_rows(
    accounts: list[Company], lines: list[Order], today: date, draw: np.random.Generator
) -> list[dict[str, object]]:
    """The table `opportunities`: won ones are order lines of the past, open ones whitespace."""
    by_key = {company.key: company for company in accounts}
    owned = {(line.account, line.product) for line in lines}
    weights = np.array([company.employees**0.5 for company in accounts])
    weights /= weights.sum()
    rows: list[dict[str, object]] = []
    for step in STEPS:
        for _ in range(step.number):
            if step.outcome == "won":
                row = _won(lines, by_key, today, draw)
            else:
                company = accounts[int(draw.choice(len(accounts), p=weights))]
                row = _wanted(company, step, owned, today, draw)
            rows.append({"opportunity_id": f"O-{5001 + len(rows)}", **row, "stage": step.name})
    return rows


def _won(
    lines: list[Order], by_key: dict[str, Company], today: date, draw: np.random.Generator
) -> dict[str, object]:
    past = False
    while not past:
        line = lines[int(draw.integers(len(lines)))]
        past = line.on < today and line.cents > 800_000
    item = next(item for item in CATALOGUE if item.key == line.product)
    company = by_key[line.account]
    return {
        "account_id": line.account,
        "name": _title(item, "renewal"),
        "product_id": line.product,
        "amount": f"{line.cents // 100}.{line.cents % 100:02d}",
        "probability": "1",
        "opened_on": line.on - timedelta(days=int(draw.integers(30, 200))),
        "close_on": line.on,
        "closed_on": line.on,
        "owner": company.owner,
        "channel": line.channel,
        "kind": "up-sell",
    }


def _wanted(
    company: Company,
    step: Step,
    owned: set[tuple[str, str]],
    today: date,
    draw: np.random.Generator,
) -> dict[str, object]:
    item = _dear_item(draw)
    has_it = (company.key, item.key) in owned
    kind = "up-sell" if has_it else "cross-sell" if draw.random() < 0.8 else "new"
    amount = item.price * (1 + int(draw.poisson(1.2))) * float(draw.uniform(0.85, 1.0))
    rival = COMPETITORS[int(draw.integers(len(COMPETITORS)))] if draw.random() < 0.35 else ""
    return {
        "account_id": company.key,
        "name": _title(item, kind),
        "product_id": "" if draw.random() < 0.06 else item.key,
        "amount": round(amount / 100) * 100,
        "probability": step.probability,
        "owner": company.owner,
        "competitor": rival,
        "channel": _CHANNELS[int(draw.random() < 0.2)],
        "kind": kind,
        **_days(step, today, draw),
    }


def _dear_item(draw: np.random.Generator) -> Item:
    """Nobody opens an opportunity over a case of vials."""
    dear = [item for item in CATALOGUE if item.price >= 3000]
    return dear[int(draw.integers(len(dear)))]


def _title(item: Item, kind: str) -> str:
    what = {"new": "First", "renewal": "More", "up-sell": "More", "cross-sell": "Add"}[kind]
    return f"{what}: {item.name}"


def _days(step: Step, today: date, draw: np.random.Generator) -> dict[str, object]:
    if step.outcome == "lost":
        closed = today - timedelta(days=int(draw.integers(5, 900)))
        opened = closed - timedelta(days=int(draw.integers(20, 240)))
        return {"opened_on": opened, "close_on": closed, "closed_on": closed}
    opened = today - timedelta(days=int(draw.integers(6, 260)))
    # A ninth of the open ones should have been closed by now.
    late = draw.random() < 1 / 9
    ahead = -int(draw.integers(4, 70)) if late else int(draw.integers(7, 400))
    if step.probability in ("0.75", "0.9") and not late:
        ahead = int(draw.integers(5, 110))
    return {"opened_on": opened, "close_on": today + timedelta(days=ahead), "closed_on": ""}


def position_rows(
    accounts: list[Company],
    lines: list[Order],
    today: date,
    draw: np.random.Generator,
) -> list[dict[str, object]]:
    """The table `competitor_positions`: rivals, own production and what can't be used there."""
    owned = {(line.account, line.product) for line in lines}
    rows: list[dict[str, object]] = []
    for company in accounts:
        if draw.random() > 0.6:
            continue
        places = draw.permutation(len(CATALOGUE))[: int(draw.integers(1, 7))]
        free = (CATALOGUE[int(place)] for place in places)
        rows.extend(
            _position(company, item, today, draw)
            for item in free
            if (company.key, item.key) not in owned
        )
    return rows


def _position(
    company: Company, item: Item, today: date, draw: np.random.Generator
) -> dict[str, object]:
    chance = draw.random()
    kind = "competitor" if chance < 0.68 else "in_house" if chance < 0.82 else "not_applicable"
    row: dict[str, object] = {
        "account_id": company.key,
        "product_id": item.key,
        "position": kind,
        "competitor": "",
        "amount": "",
        "renewal_on": "",
    }
    if kind == "competitor":
        row["competitor"] = COMPETITORS[int(draw.integers(len(COMPETITORS)))]
        row["amount"] = round(item.price * float(draw.uniform(0.6, 2.5)) / 100) * 100
        if draw.random() < 0.7:
            row["renewal_on"] = today + timedelta(days=int(draw.integers(-40, 620)))
    return row
