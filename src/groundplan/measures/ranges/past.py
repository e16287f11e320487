"""The time before, from which a horizon is foretold and another judged."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from groundplan.engine.arrays import arrays
from groundplan.engine.stages import run_stages

from .contracts import Floats, Horizon, Unit, Windows
from .history import (
    NEVER,
    Daily,
    PartDays,
    Watched,
    daily,
    daily_parts,
    days_since,
    look_back,
)
from .windows import STEP, YEAR, windows_before

MOST_TURNS = 5
STAGES = ("range_owned", "range_base", "range_followed", "range_seen", "range_came")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was read of one cutoff: everybody who bought, and what came of it in every turn."""

    account: npt.NDArray[np.int64]
    part: npt.NDArray[Any]
    bought: Floats
    since: npt.NDArray[np.int64]
    came: dict[str, Any]


class Past:
    """Watches what followed a day in the past, for several horizons that follow one another.

    Of several horizons the days are kept to one grid, so that each is read once for all of them.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, first_day: date, *horizons: Horizon
    ) -> None:
        self._connection, self._first_day = connection, first_day
        self._spans = [horizon.span for horizon in horizons]
        self._latest = horizons[0].known - timedelta(days=self._spans[0])
        self._step = max([STEP, *(horizon.days for horizon in horizons[1:])])
        self._grid = self._step if len(horizons) > 1 else 1
        self._unit: Unit | None = None
        self._seen: dict[tuple[date, date], _Seen] = {}
        self._daily: dict[date, Daily | None] = {}
        self._part_days: dict[date, PartDays] = {}

    def windows(self, horizon: Horizon) -> Windows | None:
        """The windows that a horizon is foretold from; None where the history is too short."""
        return windows_before(horizon, self._first_day, self.before(horizon), self._step)

    def has_year_before(self, horizon: Horizon) -> bool:
        """Whether a whole year lies before the windows that a horizon is foretold from."""
        windows = self.windows(horizon)
        return windows is not None and windows.base == YEAR

    def before(self, horizon: Horizon) -> date:
        """The last day from which a horizon could be foretold whose end is known by now."""
        earliest = horizon.known - timedelta(days=horizon.span)
        steps = -((earliest - self._latest).days // self._grid)
        return self._latest - timedelta(days=steps * self._grid)

    def watch(self, unit: Unit, windows: Windows, cutoff: date) -> Watched:
        """What followed one cutoff, by `unit`. Of another unit nothing is remembered."""
        seen = self._read(unit, windows.looks_back_to(cutoff), cutoff)
        turn = self._spans.index(windows.ahead + windows.days)
        mine = seen.came["turn"] == turn
        places = seen.came["place"][mine]

        def spread(name: str) -> Floats:
            found = np.zeros(len(seen.account))
            found[places] = seen.came[name][mine]
            return found

        never = seen.since[places] == NEVER
        products = int(seen.came["first_products"][mine][never].sum())
        return Watched(
            seen.account, seen.part, seen.bought, seen.since,
            spread("followed"), spread("first_bought"), spread("sold"), products,
        )  # fmt: skip

    def daily(self, day: date) -> Daily | None:
        """What was bought on each day before `day`."""
        if day not in self._daily:
            self._daily[day] = daily(self._connection, day)
        return self._daily[day]

    def daily_parts(self, unit: Unit, day: date) -> PartDays:
        """What each part brought on the days of `daily`."""
        self._turn_to(unit)
        days = self.daily(day)
        length = days.amounts.shape[1] if days else 0
        if day not in self._part_days:
            self._part_days[day] = daily_parts(self._connection, day, length)
        return self._part_days[day]

    def _read(self, unit: Unit, start: date, cutoff: date) -> _Seen:
        self._turn_to(unit)
        if (start, cutoff) not in self._seen:
            self._seen[start, cutoff] = self._run(start, cutoff)
        return self._seen[start, cutoff]

    def _turn_to(self, unit: Unit) -> None:
        if unit != self._unit:
            self._seen.clear()
            self._part_days.clear()
            self._unit = unit
            run_stages(self._connection, __package__, ("range_parts",), {"unit": unit})

    def _run(self, start: date, cutoff: date) -> _Seen:
        days = self._spans + self._spans[-1:] * (MOST_TURNS - len(self._spans))
        ends = {f"end_{turn}": cutoff + timedelta(days=one) for turn, one in enumerate(days)}
        given = {"start": start, "cutoff": cutoff, **ends}
        run_stages(self._connection, __package__, STAGES, given)
        rows = self._connection.sql("SELECT * FROM range_seen ORDER BY place").to_arrow_table()
        account, part, bought = (
            rows[name].to_numpy(zero_copy_only=False) for name in ("account_id", "part", "bought")
        )
        since = days_since(rows["last_on"], cutoff)
        return _Seen(account, part, bought, since, arrays(self._connection, "range_came"))


def past_of(connection: duckdb.DuckDBPyConnection, *horizons: Horizon) -> Past | None:
    """The past of horizons that follow one another from the first day not known on.

    None without purchases.
    """
    first_day = look_back(connection)
    return Past(connection, first_day, *horizons) if first_day else None
