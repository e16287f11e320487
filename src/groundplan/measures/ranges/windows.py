"""Chooses the days in the past that the horizon is compared with."""

from datetime import date, timedelta

from .contracts import Horizon, Windows

YEAR = 365
STEP = 91
MOST = 8
LEAST_BASE = 60
LEAST_HORIZON = 30


def horizon_of(day: date, years: list[tuple[date, date]]) -> Horizon | None:
    """The rest of the fiscal year from `day` on; the next one where hardly a month remains.

    `years` are the first and last days of fiscal years, in order. None where they do not reach.
    """
    for start, end in years:
        if end >= day and (end - day).days + 1 >= LEAST_HORIZON:
            return Horizon(max(start, day), end)
    return None


def windows_before(day: date, days: int, first_day: date) -> Windows | None:
    """The latest windows of `days` days that end before `day`, with as long a base for each.

    A whole year's base is wanted, so that no season is missed; a shorter history gets a single
    window and what lies before it as its base. None where even that leaves less than two months.
    """
    latest = day - timedelta(days=days)
    known = (latest - first_day).days
    if known < LEAST_BASE:
        return None
    base = min(YEAR, known)
    count = min(MOST, 1 + (known - base) // STEP)
    return Windows(tuple(latest - timedelta(days=STEP * back) for back in range(count)), base, days)
