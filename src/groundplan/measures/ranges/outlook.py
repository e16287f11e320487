"""What past windows say of the horizon: look-alikes, seasons, and what moves everybody alike."""

from datetime import date

import numpy as np

from .contracts import Floats, Horizon, Unit, Windows
from .donors import donors_of, independent, uncertain_mean
from .history import NEVER, Daily, Watched
from .leaning import leans
from .past import Past
from .simulate import Outlook
from .windows import STEP, YEAR

QUARTER = 91
USUAL_SHIFT = 0.04
"""How far a quarter's revenue moves as a whole where the history is too short to tell."""

USUAL_WEIGHT = 4
LARGEST_SHIFT = 0.6

LASTING, DOUBTED = 0.8, 0.3
"""Of a growth that was seen, so much is taken to go on; so much of it is doubted either way."""

UNSEEN_SEASONS = 0.4
"""How far seasons may move what a base of hardly any days foretells; nothing for a whole year."""


def outlook_of(
    past: Past, unit: Unit, windows: Windows, horizon: Horizon
) -> tuple[Outlook, Watched]:
    """The outlook for units of one kind, and the latest window as it was watched."""
    watched = [past.watch(unit, windows, cutoff) for cutoff in windows.cutoffs]
    donors = []
    for one in watched:
        known = one.since < NEVER
        owned, new = one.followed[known], one.first_bought[known]
        donors.append(donors_of(one.bought[known], one.since[known], owned, new))
    days = past.daily(horizon.known)
    growth = float(np.mean([_growth(one, windows) for one in watched]))
    lasting = np.exp((LASTING - 1) * growth)
    scales = [season(days, horizon, cutoff) * lasting for cutoff in windows.cutoffs]
    shifts = (
        shared_shift(days, horizon.span),
        uncertain_mean(donors, STEP, horizon.days),
        DOUBTED * growth,
        UNSEEN_SEASONS * (1 - windows.base / YEAR),
    )
    told = independent(len(donors), STEP, horizon.days)
    own = leans(watched, donors, told) if unit != "account" else {}
    return Outlook(donors, scales, float(np.linalg.norm(shifts)), own), watched[0]


def _growth(watched: Watched, windows: Windows) -> float:
    """By how much a day in the window brought more than one in the base, as a logarithm."""
    before = float(watched.bought.sum()) / windows.base
    after = float((watched.followed + watched.first_bought + watched.sold).sum()) / windows.days
    return float(np.clip(np.log(after / before), -1, 1)) if before > 0 and after > 0 else 0.0


def season(days: Daily | None, horizon: Horizon, cutoff: date) -> float:
    """How much more a day brings in the horizon than in a window as long from `cutoff` on.

    By what the same days of the last full years brought, as far as these agree; 1 where there are
    not two of them.
    """
    if days is None or horizon.days >= YEAR:
        return 1.0
    years = min(days.amounts.shape[1] // YEAR, 3)
    if years < 2:
        return 1.0
    by_year = days.amounts.sum(axis=0)[-YEAR * years :].reshape(years, YEAR)
    if (by_year.sum(axis=1) <= 0).any():
        return 1.0
    level = by_year / _trend(by_year)
    # Place 0 is the first day not known: the history ends on the day before it.
    places = np.arange(horizon.days) + horizon.ahead
    now = level[:, places % YEAR].sum(axis=1)
    then = level[:, (places + (cutoff - horizon.known).days) % YEAR].sum(axis=1)
    if not ((now > 0) & (then > 0)).all():
        return 1.0
    return float(np.exp(_agreed(np.log(now / then))))


def _agreed(of_years: Floats) -> float:
    """Their mean, drawn towards nothing by how far they differ (James and Stein): of years that
    contradict each other nothing is left."""
    mean, doubt = of_years.mean(), of_years.var(ddof=1) / len(of_years)
    return float(mean * max(1 - doubt / mean**2, 0.0)) if mean else 0.0


def _trend(by_year: Floats) -> Floats:
    """How growth from year to year raises each day of a year against the year's middle.

    Without that, the end of a growing year passed for its season, and what follows upon it, which
    is like its beginning, was foretold too little: what grows goes on from where it is.
    """
    sums = np.log(by_year.sum(axis=1))
    growth = (sums[-1] - sums[0]) / (len(sums) - 1)
    trend: Floats = np.exp(growth * (np.arange(YEAR) / YEAR - 0.5))
    return trend


def shared_shift(days: Daily | None, length: int) -> float:
    """The standard deviation, as a share, of what moves all revenue alike up to `length` days on.

    Two random halves of the accounts move together from quarter to quarter only by what they
    share, so their covariance is free of what single accounts do. A move of a quarter that lasts
    grows with the square root of the time. Seasons are taken out where there are two years.
    """
    scale = np.sqrt(length / QUARTER)
    quarters = days.amounts.shape[1] // QUARTER if days else 0
    changes = _changes(days.amounts, quarters) if days and quarters > 2 else None
    if changes is None:
        return float(USUAL_SHIFT * scale)
    free = _without_seasons(changes) if changes.shape[1] >= 7 else _centred(changes)
    freedom = max(changes.shape[1] - (4 if changes.shape[1] >= 7 else 1), 1)
    seen = max(float((free[0] * free[1]).sum()), 0.0)
    variance = (seen + USUAL_WEIGHT * USUAL_SHIFT**2) / (freedom + USUAL_WEIGHT)
    return float(min(np.sqrt(variance) * scale, LARGEST_SHIFT))


def _changes(amounts: Floats, quarters: int) -> Floats | None:
    latest = amounts[:, -quarters * QUARTER :].reshape(2, quarters, QUARTER).sum(axis=2)
    return np.diff(np.log(latest), axis=1) if (latest > 0).all() else None


def _centred(changes: Floats) -> Floats:
    centred: Floats = changes - changes.mean(axis=1, keepdims=True)
    return centred


def _without_seasons(changes: Floats) -> Floats:
    places = np.arange(changes.shape[1]) % 4
    free = changes.copy()
    for place in range(4):
        free[:, places == place] -= changes[:, places == place].mean(axis=1, keepdims=True)
    return free
