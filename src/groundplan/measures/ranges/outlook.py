"""What past windows say of the horizon: look-alikes, seasons, and what moves everybody alike."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .contracts import Floats, Horizon, Unit, Windows
from .donors import donors_of, independent, uncertain_mean
from .history import NEVER, Daily, Watched
from .leaning import leans
from .newcomers import arriving
from .past import Past
from .seasons import own_seasons, season
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


@dataclass(frozen=True, slots=True)
class Seen:
    """What the past tells: the `outlook` for units of one kind, and the `latest` window as it was
    watched. `again` is what those will bring who had bought nothing before, where each of its
    units did then."""

    outlook: Outlook
    latest: Watched
    again: Floats


def outlook_of(past: Past, unit: Unit, windows: Windows, horizon: Horizon) -> Seen:
    """The outlook for units of one kind, from all windows."""
    watched = [past.watch(unit, windows, cutoff) for cutoff in windows.cutoffs]
    donors = []
    for one in watched:
        known = one.since < NEVER
        owned, new = one.followed[known], one.first_bought[known]
        donors.append(donors_of(one.bought[known], one.since[known], owned, new))
    days = past.daily(horizon.known)
    growth = float(np.mean([_growth(one, windows) for one in watched]))
    lasting = np.exp((LASTING - 1) * _of_customers(growth, watched, windows))
    seasons = [season(days, horizon, cutoff) for cutoff in windows.cutoffs]
    shifts = (
        shared_shift(days, horizon.span),
        uncertain_mean(donors, STEP, horizon.days),
        DOUBTED * growth,
        UNSEEN_SEASONS * (1 - windows.base / YEAR),
    )
    told = independent(len(donors), STEP, horizon.days)
    parts = past.daily_parts(unit, horizon.known) if unit != "account" else None
    own, *in_windows = own_seasons(days, parts, horizon, windows.cutoffs)
    leaning = leans(watched, donors, told, own, in_windows) if parts else {}
    scales = [one * lasting for one in seasons]
    outlook = Outlook(donors, scales, float(np.linalg.norm(shifts)), leaning)
    more = seasons[0] * arriving(watched, windows, (horizon.known - windows.cutoffs[0]).days)
    swing = own.of(watched[0].part) - in_windows[0].of(watched[0].part)
    return Seen(outlook, watched[0], watched[0].begun * more * np.exp(swing))


def _growth(watched: Watched, windows: Windows) -> float:
    """By how much a day in the window brought more than one in the base, as a logarithm."""
    return _log_ratio(watched, windows, watched.followed + watched.first_bought + watched.sold)


def _of_customers(growth: float, watched: Sequence[Watched], windows: Windows) -> float:
    """What of a growth the customers made who were known when it began: what newcomers brought is
    no growth of theirs, and nothing of it is to be taken back from them."""
    known = (one.followed + one.first_bought + one.sold - one.begun for one in watched)
    pairs = zip(watched, known, strict=True)
    own = float(np.mean([_log_ratio(one, windows, came) for one, came in pairs]))
    return float(np.clip(own, min(growth, 0.0), max(growth, 0.0)))


def _log_ratio(watched: Watched, windows: Windows, came: Floats) -> float:
    before = float(watched.bought.sum()) / windows.base
    after = float(came.sum()) / windows.days
    return float(np.clip(np.log(after / before), -1, 1)) if before > 0 and after > 0 else 0.0


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
