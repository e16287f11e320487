"""What people and accounts are held to: quotas a quarter, revenue goals a year."""

from datetime import date, timedelta

import numpy as np

from groundplan.kernel.periods import FiscalCalendar, of_kind

from .cast import CAST
from .companies import Company
from .orders import Order

CALENDAR = FiscalCalendar(start_month=2)
_SEASON = (0.23, 0.24, 0.25, 0.28)
GROWTH = 1.06


def yearly(lines: list[Order], upto: date) -> dict[str, int]:
    """Cents an account bought in the 365 days up to `upto`."""
    since = upto - timedelta(days=365)
    sums: dict[str, int] = {}
    for line in lines:
        if since < line.on <= upto:
            sums[line.account] = sums.get(line.account, 0) + line.cents
    return sums


def account_goals(
    accounts: list[Company], lines: list[Order], today: date, draw: np.random.Generator
) -> dict[str, int]:
    """A year's revenue goal for nearly all customers and some prospects, in whole thousands."""
    bought = yearly(lines, today)
    goals = {}
    for company in accounts:
        stretch, asked = float(draw.uniform(0.98, 1.3)), float(draw.random())
        base = bought.get(company.key, 0) / 100
        if base and asked < 0.93:
            goals[company.key] = max(5, round(base * stretch / 1000)) * 1000
        elif not base and asked < 0.3:
            goals[company.key] = int(draw.integers(5, 40)) * 1000
    return goals


def quota_rows(
    accounts: list[Company], lines: list[Order], today: date, draw: np.random.Generator
) -> list[dict[str, object]]:
    """A quota for every account manager and quarter of last, this and next fiscal year."""
    owner = {company.key: company.owner for company in accounts}
    bought: dict[str, int] = {}
    for account, cents in yearly(lines, today).items():
        bought[owner[account]] = bought.get(owner[account], 0) + cents
    year = CALENDAR.fiscal_year_of(today)
    rows: list[dict[str, object]] = []
    for player in CAST:
        if player.role != "member":
            continue
        base = bought.get(player.login, 0) / 100 * float(draw.uniform(0.86, 1.1))
        for offset in (-1, 0, 1):
            for quarter in of_kind(CALENDAR.periods(year + offset), "quarter"):
                share = base * GROWTH**offset * _SEASON[quarter.number - 1]
                rows.append(
                    {
                        "login": player.login,
                        "period_start": quarter.starts_on,
                        "period_end": quarter.ends_on,
                        "amount": round(share / 5000) * 5000,
                    }
                )
    return rows
