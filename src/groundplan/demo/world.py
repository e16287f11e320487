"""The demonstration company as tables of facts: the same for the same day, byte for byte."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from groundplan.engine.facts import TABLES

from .cast import CAST, TERRITORIES, mail_of
from .catalogue import product_rows
from .companies import Company, companies
from .contacts import Person, contacts, interaction_rows
from .deals import opportunity_rows, position_rows
from .goals import account_goals, quota_rows
from .orders import Order, orders
from .profiles import Statement, statements

SEED = 20_220_131

Rows = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class World:
    """Everything about the company on `today`: the canonical tables, in the order of facts, and
    the statements that no export carries."""

    today: date
    tables: dict[str, Rows]
    statements: list[Statement]


def world(today: date, seed: int = SEED) -> World:
    """Invent the company as of `today`; about 14,000 order lines, in half a second."""
    accounts = companies(_draw(seed, 1))
    lines = orders(accounts, today, _draw(seed, 2))
    customers = {line.account for line in lines if line.on <= today}
    people = contacts(accounts, customers, _draw(seed, 3))
    goals = account_goals(accounts, lines, today, _draw(seed, 4))
    tables: dict[str, Rows] = {
        "users": _user_rows(today),
        "accounts": [_account_row(company, customers, goals) for company in accounts],
        "contacts": _contact_rows(accounts, people),
        "products": product_rows(),
        "quotas": quota_rows(accounts, lines, today, _draw(seed, 9)),
        "purchases": _purchase_rows(lines, today),
        "opportunities": opportunity_rows(accounts, lines, today, _draw(seed, 5)),
        "interactions": interaction_rows(accounts, people, customers, today, _draw(seed, 6)),
        "competitor_positions": position_rows(accounts, lines, today, _draw(seed, 7)),
    }
    ordered = {name: tables[name] for name in TABLES if name in tables}
    return World(today, ordered, statements(accounts, people, today, _draw(seed, 8)))


def _draw(seed: int, stream: int) -> np.random.Generator:
    """A stream for each topic: a change in one leaves the others as they were."""
    return np.random.Generator(np.random.PCG64([seed, stream]))


def _user_rows(today: date) -> Rows:
    territories = {territory.login: territory.name for territory in TERRITORIES}
    return [
        {
            "login": player.login,
            "name": player.name,
            "email": mail_of(player.login),
            "role": player.role,
            "manager": player.manager,
            "team": player.team,
            "territory": territories.get(player.login, ""),
            "hired_on": today - timedelta(days=int(player.years * 365)),
            "weekly_hours": 40,
        }
        for player in CAST
    ]


def _account_row(company: Company, customers: set[str], goals: dict[str, int]) -> dict[str, object]:
    return {
        **company.row(),
        "is_customer": company.key in customers,
        "revenue_goal": goals.get(company.key, ""),
    }


def _contact_rows(accounts: list[Company], people: list[Person]) -> Rows:
    by_key = {company.key: company for company in accounts}
    return [person.row(by_key[person.account]) for person in people]


def _purchase_rows(lines: list[Order], today: date) -> Rows:
    return [line.row(today) for line in lines]
