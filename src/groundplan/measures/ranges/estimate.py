"""The range of every tier, category, channel, person, team below one, territory; and of all."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np

from groundplan.engine.arrays import arrays
from groundplan.engine.stages import run_stages

from .contracts import UNITS, Business, Floats, Horizon, Range, Unit, Units, Windows
from .donors import Peers, peers_of
from .history import NEVER, Watched, days_since, look_back
from .outlook import outlook_of
from .population import Deals, Dimension, Newcomers, Population, groups_of, text, unit_of
from .simulate import NO_OUTLOOK, Outlook, simulate
from .windows import YEAR, windows_before

DIMENSIONS: tuple[Dimension, ...] = (
    "all",
    "tier",
    "person",
    "below",
    "territory",
    "category",
    "channel",
)


@dataclass(frozen=True, slots=True)
class GroupRange:
    """One group's range and what it is made of, in one currency.

    `certain` is bought in the fiscal year before the as-of day, `booked` bought for the days from
    then on; `weighted` open opportunities by their probability; `continuing` what is expected of
    customers besides, what they own and what is new to them; `first` of those who never bought.
    `key` names the tier, category, channel or territory, the person by its id; `below` is a person
    with everybody below them, whose ranges don't add up to that of all of them.
    """

    dimension: Dimension
    key: str
    certain: float
    booked: float
    continuing: float
    weighted: float
    first: float
    range: Range


@dataclass(frozen=True, slots=True)
class Foretold:
    """The ranges of a horizon, and what single accounts are drawn from.

    `windows` is None where the history is too short to foretell what customers go on buying: then
    ranges are of what is booked, opportunities and whitespace alone. An account that never bought
    is expected to bring `first_share` of its whitespace, in purchases of about `first_size`.
    """

    horizon: Horizon
    windows: Windows | None
    groups: tuple[GroupRange, ...]
    outlook: Outlook
    peers: Peers
    first_share: float
    first_size: float


def foretell(connection: duckdb.DuckDBPyConnection, horizon: Horizon, year_start: date) -> Foretold:
    """Range every group over `horizon`, a part of the fiscal year that begins on `year_start`.

    Reads `accounts`, `persons`, `products`, `opportunities` and `converted_purchases`, and of the
    other measures `account_tiers`, `account_whitespace` and `segment_products`.
    """
    first_day = look_back(connection)
    windows = windows_before(horizon.start, horizon.days, first_day) if first_day else None
    names = ("range_deals_open", "range_groups", "range_first_size")
    run_stages(connection, __package__, names, {"last": horizon.end})
    facts = _Present(connection, horizon, year_start, windows)
    populations: dict[Unit, tuple[Population, Outlook]] = {}
    for unit in UNITS:
        outlook, latest = (
            outlook_of(connection, unit, windows, horizon) if windows else (NO_OUTLOOK, None)
        )
        populations[unit] = facts.population(unit, latest), outlook
    groups = tuple(
        _group(dimension, key, business, populations[unit_of(dimension)][1])
        for dimension in DIMENSIONS
        for key, business in populations[unit_of(dimension)][0].businesses(dimension)
    )
    outlook = populations["account"][1]
    share, size = facts.first_share, facts.first_size
    return Foretold(horizon, windows, groups, outlook, facts.peers, share, size)


class _Present:
    """Reads what there is of every account now."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        horizon: Horizon,
        year_start: date,
        windows: Windows | None,
    ) -> None:
        self._connection, self._horizon = connection, horizon
        self._given = {
            "base_start": windows.watched(horizon.start)[0] if windows else horizon.start,
            "start": horizon.start,
            "last": horizon.end,
            "year_start": min(year_start, horizon.start),
        }
        self._accounts = arrays(connection, "range_groups")
        size = arrays(connection, "range_first_size")
        expected, purchases = float(size["expected"][0]), float(size["purchases"][0])
        self.first_size = expected / purchases if purchases > 0 else 0.0
        self.peers = peers_of(np.empty(0), np.empty(0), np.empty(0, np.int64))
        self.first_share = min(horizon.days / YEAR, 1.0)

    def population(self, unit: Unit, latest: Watched | None) -> Population:
        rows = self._rows(unit)
        known = rows["since"] < NEVER
        units = Units(rows["bought"], rows["since"], rows["booked"], self._white(unit, rows))
        deals = arrays(self._connection, "range_deals_open")
        return Population(
            groups_of(self._accounts),
            rows["account_id"][known],
            text(rows["part"])[known],
            units.some(known),
            rows["certain"][known],
            Deals(
                deals["account_id"], text(deals[unit if unit != "account" else "category"]),
                deals["amount"], deals["odds"],
            ),
            self._newcomers(unit, rows["account_id"][known], latest),
        )  # fmt: skip

    def _rows(self, unit: Unit) -> dict[str, Any]:
        run_stages(self._connection, __package__, ("range_units",), {**self._given, "unit": unit})
        rows = arrays(self._connection, "range_units", but="last_on")
        last_on = self._connection.sql("SELECT last_on FROM range_units").to_arrow_table()
        rows["since"] = days_since(last_on["last_on"], self._horizon.start)
        return rows

    def _white(self, unit: Unit, rows: dict[str, Any]) -> Floats:
        """The whitespace left against that of those who bought as much; not known of parts."""
        if unit != "account":
            return np.ones(len(rows["bought"]))
        at = np.searchsorted(self._accounts["account_id"], rows["account_id"])
        at = np.minimum(at, max(len(self._accounts["account_id"]) - 1, 0))
        white: Floats = self._accounts["whitespace"][at]
        self.peers = peers_of(white, rows["bought"], rows["since"])
        return self.peers.multiple(white, rows["bought"], rows["since"])

    def _newcomers(self, unit: Unit, known: Any, latest: Watched | None) -> Newcomers:
        """What those like them brought the last time, shared out by their whitespace."""
        accounts = self._accounts["account_id"]
        never = ~np.isin(accounts, known)
        white = np.where(never, self._accounts["whitespace"], 0.0)
        sampled = int(self._accounts["sampled"].sum())
        scale = len(accounts) / max(sampled, 1)
        if latest is None or not latest.begun.any():
            nothing = np.zeros(len(accounts)) if latest is not None else white * self.first_share
            return Newcomers(accounts, _same(len(accounts)), nothing, self.first_size)
        size = float(latest.begun.sum()) / max(latest.first_products, 1)
        if unit != "account":
            began = latest.begun > 0
            parts, account = text(latest.part)[began], latest.account[began]
            return Newcomers(account, parts, latest.begun[began] * scale, size)
        then = sampled - len(np.unique(latest.account[latest.since < NEVER]))
        expected = float(latest.begun.sum()) / max(then, 1) * int(never.sum())
        self.first_share = expected / float(white.sum()) if white.sum() > 0 else 0.0
        self.first_size = size
        return Newcomers(accounts, _same(len(accounts)), white * self.first_share, size)


def _same(count: int) -> Any:
    return np.full(count, "", object)


def _group(dimension: Dimension, key: str, business: Business, outlook: Outlook) -> GroupRange:
    drawn = simulate(business, outlook, f"{dimension}:{key}")
    booked = float(business.units.booked.sum())
    weighted = float(np.round(business.deals * business.odds, 4).sum())
    continuing = drawn.mean - business.certain - booked - weighted - business.first
    return GroupRange(
        dimension, key, business.certain, booked, max(continuing, 0.0), weighted, business.first,
        drawn,
    )  # fmt: skip
