"""The range of every tier, category, channel, person, team below one, territory; and of all."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np

from groundplan.kernel.progress import Progress, Silent

from .contracts import UNITS, Business, Floats, Horizon, Range, Unit, Units, Windows
from .donors import Peers, peers_of
from .history import NEVER
from .ledger import Ledger
from .newcomers import size_of, strangers
from .outlook import Seen, outlook_of
from .past import Past, past_of
from .population import Dimension, Newcomers, Population, groups_of, text, unit_of
from .simulate import NO_OUTLOOK, Outlook, simulate
from .windows import YEAR

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


def foretell(
    connection: duckdb.DuckDBPyConnection,
    horizon: Horizon,
    year_start: date,
    progress: Progress | None = None,
) -> Foretold:
    """Range every group over `horizon`, a part of the fiscal year that begins on `year_start`.

    `progress` is told before each kind of unit; this is the first half of the work. Reads
    `accounts`, `persons`, `products`, `opportunities` and `converted_purchases`, and of the other
    measures `account_tiers`, `account_whitespace` and `segment_products`.
    """
    told = progress or Silent()
    past = past_of(connection, horizon)
    found = Foretelling(Ledger(connection, (horizon,), year_start), past, horizon)
    for place, unit in enumerate(UNITS):
        told.step("ranges", place / len(UNITS) / 2)
        found.add(unit)
    return found.done()


class Foretelling:
    """Ranges every group over one horizon, one kind of unit after the other."""

    def __init__(self, ledger: Ledger, past: Past | None, horizon: Horizon) -> None:
        self._past, self._horizon = past, horizon
        self._windows = past.windows(horizon) if past else None
        self._present = _Present(ledger, horizon, self._windows)
        self._groups: list[GroupRange] = []
        self._outlook = NO_OUTLOOK

    def add(self, unit: Unit) -> None:
        """Range the groups whose units are of this kind."""
        seen, outlook = None, NO_OUTLOOK
        if self._past and self._windows:
            seen = outlook_of(self._past, unit, self._windows, self._horizon)
            outlook = seen.outlook
        population = self._present.population(unit, seen)
        self._groups += [
            _group(dimension, key, business, outlook)
            for dimension in DIMENSIONS
            if unit_of(dimension) == unit
            for key, business in population.businesses(dimension)
        ]
        if unit == "account":
            self._outlook = outlook

    def done(self) -> Foretold:
        """What was found, once every kind was added."""
        here = self._present
        return Foretold(
            self._horizon, self._windows, tuple(self._groups), self._outlook,
            here.peers, here.first_share, here.first_size,
        )  # fmt: skip


class _Present:
    """Makes of what is known of every account what a horizon is drawn from."""

    def __init__(self, ledger: Ledger, horizon: Horizon, windows: Windows | None) -> None:
        self._ledger, self._horizon = ledger, horizon
        self._base_start = windows.looks_back_to(horizon.known) if windows else horizon.known
        self._accounts = ledger.accounts
        self.first_size = ledger.first_size
        self.peers = peers_of(np.empty(0), np.empty(0), np.empty(0, np.int64))
        self.first_share = min(horizon.days / YEAR, 1.0)

    def population(self, unit: Unit, seen: Seen | None) -> Population:
        rows = self._ledger.rows(unit, self._base_start)
        booked = self._ledger.booked(unit, self._horizon)
        # What was bought by now is no part of a time that has not begun.
        certain = np.zeros(len(booked)) if self._horizon.ahead else rows["certain"]
        return Population(
            groups_of(self._accounts),
            rows["account_id"],
            text(rows["part"]),
            Units(rows["bought"], rows["since"], booked, self._white(unit, rows)),
            certain,
            self._ledger.deals(unit, self._horizon),
            self._newcomers(unit, rows["account_id"], seen),
        )

    def _white(self, unit: Unit, rows: dict[str, Any]) -> Floats:
        """The whitespace left against that of those who bought as much; not known of parts."""
        if unit != "account":
            return np.ones(len(rows["bought"]))
        at = np.searchsorted(self._accounts["account_id"], rows["account_id"])
        at = np.minimum(at, max(len(self._accounts["account_id"]) - 1, 0))
        white: Floats = self._accounts["whitespace"][at]
        self.peers = peers_of(white, rows["bought"], rows["since"])
        return self.peers.multiple(white, rows["bought"], rows["since"])

    def _newcomers(self, unit: Unit, known: Any, seen: Seen | None) -> Newcomers:
        """As much as came the last time: from those in the book, shared out by their whitespace, at
        the rate of such; what that leaves from strangers."""
        accounts = self._accounts["account_id"]
        never = ~np.isin(accounts, known)
        white = np.where(never, self._accounts["whitespace"], 0.0)
        if seen is None or not seen.again.any():
            nothing = np.zeros(len(accounts)) if seen else white * self.first_share
            return Newcomers(accounts, _same(len(accounts)), nothing, self.first_size)
        latest, sampled = seen.latest, int(self._accounts["sampled"].sum())
        again = seen.again * len(accounts) / max(sampled, 1)
        if unit != "account":
            return strangers(latest, again)
        then = sampled - len(np.unique(latest.account[latest.since < NEVER]))
        of_book = float(seen.again.sum()) / max(then, 1) * int(never.sum())
        of_book = min(of_book, float(again.sum())) if white.any() else 0.0
        self.first_share = of_book / float(white.sum()) if white.any() else 0.0
        self.first_size = size_of(latest)
        known_ones = Newcomers(
            accounts, _same(len(accounts)), white * self.first_share, self.first_size
        )
        return known_ones.with_(strangers(latest, again * (1 - of_book / float(again.sum()))))


def _same(count: int) -> Any:
    return np.full(count, "", object)


def _group(dimension: Dimension, key: str, business: Business, outlook: Outlook) -> GroupRange:
    drawn = simulate(business, outlook.of(key), f"{dimension}:{key}")
    booked = float(business.units.booked.sum())
    weighted = float(np.round(business.deals * business.odds, 4).sum())
    continuing = drawn.mean - business.certain - booked - weighted - business.first
    return GroupRange(
        dimension, key, business.certain, booked, max(continuing, 0.0), weighted, business.first,
        drawn,
    )  # fmt: skip
