"""Looks back: how many outcomes fell inside the ranges that would have been foretold then."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

import duckdb
import numpy as np

from groundplan.engine.arrays import arrays
from groundplan.engine.stages import run_stages
from groundplan.kernel.progress import Progress, Silent

from .contracts import UNITS, Coverage, Floats, Horizon, Unit, Units, Windows
from .history import NEVER, Watched
from .newcomers import strangers
from .outlook import outlook_of
from .past import Past, past_of
from .population import Deals, Dimension, Population, groups_of, text, unit_of
from .simulate import Outlook, simulate
from .windows import YEAR, windows_apart

MOST_ACCOUNTS = 1_000
"""Accounts are judged one by one on so many: their share is then known to within 3 %."""

MOST_TIMES = 4
"""Groups move together: of one time alone all of them may lie on the same side."""

ACTIVE = 2 * YEAR

JUDGED: tuple[Dimension, ...] = (
    "account",
    "all",
    "person",
    "below",
    "territory",
    "category",
    "channel",
)


def cover(
    connection: duckdb.DuckDBPyConnection, horizon: Horizon, progress: Progress | None = None
) -> tuple[Coverage, ...]:
    """Foretell times before `horizon`, each as long, from what was known before them.

    The latest such time, and up to three earlier ones that overlap no other, as long as a whole
    year lies before each to look back on: today's ranges have that too.

    Judged are accounts that had bought in the two years before, and every category, channel,
    person and territory. Who owns an account is known as of today alone: it says which outcomes
    are added up, and nothing is foretold from it; a tier is found from what came later too, and
    left out. Empty where the history is too short to tell. Reads what `foretell` leaves behind;
    `progress` is told before each kind of unit, this being the second half of the work.
    """
    past = past_of(connection, horizon)
    if past is None:
        return ()
    told = progress or Silent()
    times = times_judged(past, horizon)
    most = MOST_ACCOUNTS // len(times)
    looking = [LookingBack(connection, past, one, most) for one in times]
    found: list[Coverage] = []
    for place, unit in enumerate(UNITS):
        for number, one in enumerate(looking):
            share = (place + number / len(looking)) / len(UNITS)
            told.step("coverage", (1 + share) / 2)
            found += one.judge(unit)
    return together(found)


def times_judged(past: Past, horizon: Horizon) -> list[Horizon]:
    """The times that are judged, the latest first: that one however short the history."""
    apart = windows_apart(horizon)
    latest = past.before(horizon)
    times = [horizon.seen_from(latest - apart * back) for back in range(MOST_TIMES)]
    return times[:1] + [one for one in times[1:] if past.has_year_before(one)]


def together(judged: Iterable[Coverage]) -> tuple[Coverage, ...]:
    """Coverages of the same dimension added up, in the order in which dimensions come first."""
    outcomes, inside = Counter[str](), Counter[str]()
    for one in judged:
        outcomes[one.dimension] += one.outcomes
        inside[one.dimension] += one.inside
    return tuple(Coverage(name, count, inside[name]) for name, count in outcomes.items())


@dataclass(frozen=True, slots=True)
class _Then:
    """One kind of unit at the cutoff: what could be foretold from, and what came of it."""

    population: Population
    outlook: Outlook
    watched: Watched


class LookingBack:
    """Foretells a horizon that is over by now from what was known then, and judges it, one kind of
    unit after the other; `most` accounts are judged one by one."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, past: Past, horizon: Horizon, most: int
    ) -> None:
        self._connection, self._past, self._most = connection, past, most
        self._horizon = horizon
        self._windows = past.windows(horizon)
        self._accounts = arrays(connection, "range_groups")

    def judge(self, unit: Unit) -> Iterator[Coverage]:
        """How many outcomes of each dimension of this kind of unit fell inside; none where the
        history is too short or there was nothing to judge."""
        if self._windows is None:
            return
        then = self._then(unit, self._windows)
        for dimension in JUDGED:
            if unit_of(dimension) == unit:
                judged = self._outcomes(dimension, then)
                inside = [low <= came <= high for low, high, came in judged]
                if inside:
                    yield Coverage(dimension, len(inside), sum(inside))

    def _outcomes(self, dimension: Dimension, then: _Then) -> Iterator[tuple[float, float, float]]:
        came = self._came(dimension, then)
        active = (
            (key, business)
            for key, business in then.population.businesses(dimension)
            if (business.units.since <= ACTIVE).any()
        )
        every = max(len(came) // self._most, 1) if dimension == "account" else 1
        for key, business in islice(active, 0, None, every):
            drawn = simulate(business, then.outlook.of(key), f"{dimension}:{key}")
            yield _cents(drawn.p10), _cents(drawn.p90), _cents(came.get(key, 0.0))

    def _came(self, dimension: Dimension, then: _Then) -> dict[str, float]:
        watched = then.watched
        keys = then.population.groups.of(dimension, watched.account, text(watched.part))
        names, places = np.unique(keys.astype(str), return_inverse=True)
        came = watched.followed + watched.first_bought + watched.sold
        sums = np.bincount(places, came, len(names))
        found: dict[str, float] = dict(zip(names.tolist(), sums.tolist(), strict=True))
        if dimension != "below":
            return found
        below = then.population.groups.below
        return {
            above: sum(found.get(one, 0.0) for one in persons) for above, persons in below.items()
        }

    def _then(self, unit: Unit, windows: Windows) -> _Then:
        seen = outlook_of(self._past, unit, windows, self._horizon)
        watched = self._past.watch(unit, windows, self._horizon.known)
        known = watched.since < NEVER
        nothing = np.zeros(int(known.sum()))
        units = Units(watched.bought[known], watched.since[known], nothing, nothing + 1)
        earlier = self._deals(unit, windows.cutoffs[0], 0.0).amount.sum()
        odds = min(float(seen.latest.sold.sum()) / earlier, 1.0) if earlier > 0 else 0.0
        population = Population(
            groups_of(self._accounts),
            watched.account[known],
            text(watched.part)[known],
            units,
            nothing,
            self._deals(unit, self._horizon.known, odds),
            # Which of them were in the book by then is not known: all count as strangers.
            strangers(seen.latest, seen.again),
        )
        return _Then(population, seen.outlook, watched)

    def _deals(self, unit: Unit, day: date, odds: float) -> Deals:
        run_stages(self._connection, __package__, ("range_deals_then",), {"cutoff": day})
        rows = arrays(self._connection, "range_deals_then")
        part = rows[unit if unit != "account" else "category"]
        chances: Floats = np.full(len(rows["amount"]), odds)
        return Deals(rows["account_id"], text(part), rows["amount"], chances)


def _cents(amount: float) -> float:
    """Sums of floats differ in their last digits, and a range of nothing holds nothing else."""
    return round(amount, 2)
