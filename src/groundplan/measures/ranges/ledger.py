"""What is known of every account now, read once for several horizons."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
import numpy as np

from groundplan.engine.arrays import arrays
from groundplan.engine.stages import run_stages

from .contracts import Floats, Horizon, Unit
from .history import days_since
from .population import Deals, text


class Ledger:
    """Reads what was bought, what is booked and what is open.

    `horizons` follow one another; the first is a part of a period that began on `begins`, and what
    was bought in it before is certain. Of the sampled accounts `look_back` must have been read.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, horizons: Sequence[Horizon], begins: date
    ) -> None:
        self._connection, self._start = connection, horizons[0].start
        self._begins = min(begins, self._start)
        given = {"start": self._start, "last": horizons[-1].end}
        run_stages(connection, __package__, ("range_groups", "range_first_size"))
        run_stages(connection, __package__, ("range_ahead",), given)
        self.accounts = arrays(connection, "range_groups")
        size = arrays(connection, "range_first_size")
        expected, purchases = float(size["expected"][0]), float(size["purchases"][0])
        self.first_size = expected / purchases if purchases > 0 else 0.0
        self._asked: tuple[Unit, date] | None = None
        self._rows: dict[str, Any] = {}

    def rows(self, unit: Unit, base_start: date) -> dict[str, Any]:
        """Arrays of all who bought: `account_id`, `part`, `bought` since `base_start`, days `since`
        the last time, and what of the period that runs is `certain`."""
        if self._asked != (unit, base_start):
            given = {
                "unit": unit,
                "base_start": base_start,
                "start": self._start,
                "begins": self._begins,
            }
            run_stages(self._connection, __package__, ("range_units",), given)
            rows = arrays(self._connection, "range_units", but="last_on")
            last_on = self._connection.sql("SELECT last_on FROM range_units").to_arrow_table()
            rows["since"] = days_since(last_on["last_on"], self._start)
            self._asked, self._rows = (unit, base_start), rows
        return self._rows

    def booked(self, unit: Unit, horizon: Horizon) -> Floats:
        """What each of the rows that were read last has booked in the days of a horizon."""
        given = {"unit": unit, "first": horizon.start, "last": horizon.end}
        run_stages(self._connection, __package__, ("range_booked",), given)
        found = arrays(self._connection, "range_booked")
        booked = np.zeros(len(self._rows["account_id"]))
        booked[found["place"]] = found["booked"]
        return booked

    def deals(self, unit: Unit, horizon: Horizon) -> Deals:
        """Open opportunities that are to close in the days of a horizon."""
        first = horizon.start if horizon.ahead else None
        run_stages(
            self._connection,
            __package__,
            ("range_deals_open",),
            {"first": first, "last": horizon.end},
        )
        found = arrays(self._connection, "range_deals_open")
        part = found[unit if unit != "account" else "category"]
        return Deals(found["account_id"], text(part), found["amount"], found["odds"])
