"""What those bring who had bought nothing before: as much as such brought the last time."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from .contracts import Windows
from .history import Watched
from .population import Newcomers, text
from .windows import YEAR

A_YEAR_APART = 14
"""Days by which two windows may miss a year and still have the same season."""

DAMPING = 0.5
"""What part of a trend of arrivals is carried on, as of first purchases."""

DOUBT = 0.3
"""By how much arrivals usually change within a year, as a logarithm: fewer tell less than that."""

MOST = 2.0


def strangers(latest: Watched, expected: Any) -> Newcomers:
    """Those to come who are not in the book yet: they will belong where those belong who came in
    the latest window, of whom each stands for as much as is `expected`."""
    began = latest.begun > 0
    account, part = latest.account[began], text(latest.part)[began]
    return Newcomers(account, part, expected[began], size_of(latest), len(account))


def size_of(latest: Watched) -> float:
    """What a newcomer brought of each product that it began with."""
    return float(latest.begun.sum()) / max(latest.first_products, 1)


def arriving(watched: Sequence[Watched], windows: Windows, ahead: int) -> float:
    """By how much more newcomers will bring than in the latest window, which began `ahead` days
    before the horizon: by how many there were a year before it. 1 where that is not known."""
    latest = windows.cutoffs[0]
    for one, cutoff in zip(watched, windows.cutoffs, strict=True):
        apart = (latest - cutoff).days
        if abs(apart - YEAR) > A_YEAR_APART:
            continue
        now, then = (float((each.begun > 0).sum()) for each in (watched[0], one))
        if now and then:
            belief = DAMPING * DOUBT**2 / (DOUBT**2 + 1 / now + 1 / then)
            grown = float(np.log(now / then)) * ahead / apart * belief
            return float(np.exp(np.clip(grown, -np.log(MOST), np.log(MOST))))
    return 1.0
