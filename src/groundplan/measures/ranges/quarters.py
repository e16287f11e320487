"""Ranges of fiscal quarters that follow one another, each as the fiscal year is ranged."""

from collections.abc import Sequence
from datetime import date
from itertools import count

import duckdb

from groundplan.kernel.progress import Progress, Silent

from .contracts import UNITS, Coverage, Horizon
from .coverage import LookingBack
from .estimate import Foretelling, Foretold
from .ledger import Ledger
from .past import MOST_TURNS, past_of

MOST_ACCOUNTS = 300
"""Accounts are judged one by one on so many: their share is then known to within 5 %."""


def quarters_of(known: date, quarters: Sequence[tuple[date, date]]) -> tuple[Horizon, ...]:
    """The quarter that holds the first day not known, from that day on, and those that follow.

    `quarters` are first and last days, in order, each following the one before.
    """
    ahead = [one for one in quarters if one[1] >= known][:MOST_TURNS]
    starts = [max(start, known) for start, _ in ahead]
    return tuple(
        Horizon(start, end, (start - known).days)
        for start, (_, end) in zip(starts, ahead, strict=True)
    )


def foretell_quarters(
    connection: duckdb.DuckDBPyConnection,
    horizons: Sequence[Horizon],
    begins: date,
    progress: Progress | None = None,
) -> list[tuple[Foretold, tuple[Coverage, ...]]]:
    """What each quarter may bring, and how far such ranges held; the first began on `begins`.

    Reads what `foretell` reads, each day of the past once for all quarters. `progress` is told
    before each quarter of each kind of unit.
    """
    past = past_of(connection, *horizons)
    ledger = Ledger(connection, horizons, begins)
    ahead = [Foretelling(ledger, past, one) for one in horizons]
    back = (
        [
            LookingBack(connection, past, one.seen_from(past.before(one)), MOST_ACCOUNTS)
            for one in horizons
        ]
        if past
        else []
    )
    covered: list[list[Coverage]] = [[] for _ in horizons]
    told = progress or Silent()
    step, steps = count(), len(UNITS) * (len(ahead) + len(back))
    for unit in UNITS:
        for one in ahead:
            told.step("ranges", next(step) / steps)
            one.add(unit)
        for place, looking in enumerate(back):
            told.step("coverage", next(step) / steps)
            covered[place] += looking.judge(unit)
    return [(one.done(), tuple(found)) for one, found in zip(ahead, covered, strict=True)]
