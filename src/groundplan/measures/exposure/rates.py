"""Carries a rate of first purchases from the window it was learned in to the months to come."""

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import numpy.typing as npt

from groundplan.engine.owned import Owned, day_number
from groundplan.engine.stages import run_stages

from .windows import YEAR_MONTHS, Window, learning_window

STEADY = 50.0
"""First purchases that an even spread over the window counts for."""

DAMPING = 0.5
"""What part of a trend is carried on: the steeper ones of the past didn't last."""

DOUBT = 200.0
"""First purchases at which half of a trend is believed."""

MOST_DRIFT = 2.0
SAMPLE = 50_000
MONTH_DAYS = 30.4375
FEWEST_MONTHS = 2


@dataclass(frozen=True, slots=True)
class Exposure:
    """The window that first purchases are counted in, and the `hazard` that makes a rate p of it
    the probability 1 - (1 - p)^hazard for the twelve months to come."""

    window: Window
    hazard: float


@dataclass(frozen=True, slots=True)
class Months:
    """First purchases of customers and the cells they could have bought, the last month first."""

    adopted: npt.NDArray[np.float64]
    exposed: npt.NDArray[np.float64]


def choose_window(connection: duckdb.DuckDBPyConnection, *, as_of: date) -> Window:
    """Choose the window before `as_of`.

    Reads `footprint` and `account_totals`. Where the window is shorter than a year, leaves
    `account_totals` behind with what accounts owned when it began.
    """
    row = connection.execute("SELECT MIN(first_on) FROM account_totals").fetchone()
    window = learning_window(row[0] if row else None, as_of)
    if window.months < YEAR_MONTHS:
        days = {"window_from": window.starts_on}
        run_stages(connection, __package__, ("account_totals",), days)
    return window


def hazard_factor(
    connection: duckdb.DuckDBPyConnection, owned: Owned, window: Window, months: int = YEAR_MONTHS
) -> float:
    """By what the cumulated hazard of `window` is multiplied for the `months` after it.

    A probability p of the window becomes 1 - (1 - p)^factor. The factor is the length of those
    months against the window's, as its season and its course had it, times the drift from the one
    to the other. Reads `account_totals`.
    """
    row = connection.execute("SELECT COUNT(*) FROM account_totals").fetchone()
    accounts = int(row[0]) if row else 0
    buckets = min(1000, -(-1000 * SAMPLE // max(accounts, 1)))
    run_stages(
        connection,
        __package__,
        ("customers_since",),
        {"ends_on": window.ends_on, "buckets": buckets},
    )
    found = _months(connection, owned, window)
    return _length(found, window, months) * drift(found, window, months)


def _months(connection: duckdb.DuckDBPyConnection, owned: Owned, window: Window) -> Months:
    size = max(window.history + 2, 1)
    customers = connection.execute(
        "SELECT account_id, months_ago FROM customers_since ORDER BY account_id"
    ).fetchnumpy()
    since = customers["months_ago"]
    rows, account = owned.rows_of(customers["account_id"])
    days_ago = day_number(window.ends_on) - owned.first[rows] - 1
    before = days_ago >= 0
    days_ago = days_ago[before]
    # Each day is divided once, not each purchase.
    months_ago = (np.arange(days_ago.max(initial=0) + 1) // MONTH_DAYS).astype(np.int64)[days_ago]
    # A customer already: not with this very purchase.
    later = months_ago < since[account[before]]
    counts = np.stack(
        [
            np.bincount(np.minimum(found, size - 1), minlength=size).astype(np.float64)
            for found in (since, months_ago, months_ago[later])
        ]
    )
    # What was known before each month: everything that lies further back.
    known = np.cumsum(counts[:, ::-1], axis=1)[:, ::-1] - counts
    width = float(len(owned.products))
    return Months(counts[2], np.maximum(known[0] * width - known[1], 0))


def _length(found: Months, window: Window, months: int) -> float:
    if months >= window.months:
        return months / window.months
    adopted = float(found.adopted[: window.months].sum())
    early = float(found.adopted[window.months - months : window.months].sum())
    return (early + STEADY * months / window.months) / (adopted + STEADY)


def drift(found: Months, window: Window, months: int) -> float:
    """How the rate will have changed from the window's middle to the middle of what follows.

    By the last third of the history (a year at most) against as much before it; the rest of the
    history must show who owned what. Halved, doubted where few purchases tell, and never more
    than twice or half.
    """
    span = min(YEAR_MONTHS, window.history // 3)
    if span < FEWEST_MONTHS:
        return 1.0
    ends = slice(0, span), slice(span, 2 * span)
    adopted = [float(found.adopted[part].sum()) for part in ends]
    exposed = [float(found.exposed[part].sum()) for part in ends]
    if min(*adopted, *exposed) <= 0:
        return 1.0
    trend = float(np.log(adopted[0] / exposed[0]) - np.log(adopted[1] / exposed[1]))
    steps = (window.months + months) / 2 / span
    belief = DAMPING * min(adopted) / (min(adopted) + DOUBT)
    most = float(np.log(MOST_DRIFT))
    return float(np.exp(np.clip(trend * steps * belief, -most, most)))
