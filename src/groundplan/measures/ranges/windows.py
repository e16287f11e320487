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


def windows_before(
    horizon: Horizon, first_day: date, latest: date | None = None, step: int = STEP
) -> Windows | None:
    """The latest windows like `horizon` that end before what is known, with as long a base each.

    `latest` puts the last of them earlier, `step` is how many days lie between them.

    A whole year's base is wanted, so that no season is missed; a shorter history gets a single
    window and what lies before it as its base. None where even that leaves less than two months.
    """
    latest = latest or horizon.known - timedelta(days=horizon.span)
    known = (latest - first_day).days
    if known < LEAST_BASE:
        return None
    base = min(YEAR, known)
    count = min(MOST, 1 + (known - base) // step)
    cutoffs = tuple(latest - timedelta(days=step * back) for back in range(count))
    return Windows(cutoffs, base, horizon.days, horizon.ahead)


def windows_apart(horizon: Horizon) -> timedelta:
    """How far apart times like `horizon` lie that don't overlap and share the windows between."""
    return timedelta(days=STEP * -(-horizon.span // STEP))
