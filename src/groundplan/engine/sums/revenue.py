"""Sums of a batch by account, credited person and fiscal quarter or month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from groundplan.engine.exact import AMOUNT, Integers, decimals, sums
from groundplan.kernel.periods import Period

from .batches import NOBODY, Bought
from .cells import without

REVENUE = pa.schema(
    [
        ("account_id", pa.int64()),
        ("owner_id", pa.int64()),
        ("quarter_id", pa.int32()),
        ("recognised", AMOUNT),
        ("backlog", AMOUNT),
    ]
)
"""Purchases by account, quarter and the person credited with them (NULL: nobody), in this order;
a quarter is numbered as 20271."""

OWNER_MONTHS = pa.schema(
    [
        ("owner_id", pa.int64()),
        ("month_id", pa.int32()),
        ("recognised", AMOUNT),
        ("backlog", AMOUNT),
    ]
)
"""Purchases by the person credited with them (NULL: nobody) and fiscal month (202701)."""

ELSEWHERE = -1
"""Stands for the owner of an account that isn't in the book."""


@dataclass(frozen=True, slots=True)
class FiscalDays:
    """Every day of the fiscal periods, from the day `first` on, counted from 1970.

    `quarter` and `month` hold for each day its place in `quarters` (20271) and `months` (202701).
    """

    first: int
    quarter: Integers
    month: Integers
    quarters: Integers
    months: Integers

    @classmethod
    def of(cls, periods: Iterable[Period]) -> "FiscalDays":
        """`periods` are those of fiscal years without gaps, at least one."""
        every = sorted(periods)
        quarters = [period for period in every if period.kind == "quarter"]
        months = [period for period in every if period.kind == "month"]
        return cls(
            (months[0].starts_on - date(1970, 1, 1)).days,
            np.repeat(np.arange(len(quarters)), [period.days for period in quarters]),
            np.repeat(np.arange(len(months)), [period.days for period in months]),
            np.array([period.fiscal_year * 10 + period.number for period in quarters], np.int64),
            np.array([period.fiscal_year * 100 + period.number for period in months], np.int64),
        )

    def places_in(self, fiscal_year: int) -> tuple[int, int]:
        """The place of the year's first quarter, and of the one after its last."""
        ends = np.searchsorted(self.quarters, [fiscal_year * 10, fiscal_year * 10 + 10])
        return int(ends[0]), int(ends[1])


@dataclass(frozen=True, slots=True)
class Owners:
    """Who owns each account; both sorted by account, NOBODY for what nobody owns."""

    account: Integers
    person: Integers

    def of(self, accounts: Integers) -> Integers:
        """The owners of `accounts`, ELSEWHERE for one that isn't there."""
        if not len(self.account):
            return np.full(len(accounts), ELSEWHERE, np.int64)
        place = np.minimum(np.searchsorted(self.account, accounts), len(self.account) - 1)
        found: Integers = np.where(self.account[place] == accounts, self.person[place], ELSEWHERE)
        return found


@dataclass(frozen=True, slots=True)
class Revenue:
    """Sums by `subject` (an account, or nothing), person and place of a quarter or month."""

    subject: Integers
    person: Integers
    place: Integers
    recognised: Integers
    backlog: Integers

    def sorted(self) -> "Revenue":
        """By subject, place and person; what is credited to owners alone already is."""
        if not (self.subject[1:] < self.subject[:-1]).any():
            return self
        order = np.lexsort((self.person, self.place, self.subject))
        return Revenue(*(getattr(self, name)[order] for name in self.__slots__))

    def by_quarter(self, days: FiscalDays) -> Any:
        """The table REVENUE, where subjects are accounts and places quarters."""
        quarter = pa.array(days.quarters[self.place], pa.int32())
        return pa.Table.from_arrays([self.subject, *self._columns(quarter)], schema=REVENUE)

    def by_month(self, days: FiscalDays) -> Any:
        """The table OWNER_MONTHS, where places are months."""
        month = pa.array(days.months[self.place], pa.int32())
        return pa.Table.from_arrays(self._columns(month), schema=OWNER_MONTHS)

    def _columns(self, period: Any) -> list[Any]:
        person = without(self.person, NOBODY)
        return [person, period, decimals(self.recognised), decimals(self.backlog)]


def revenue_of(bought: Bought, days: FiscalDays, owners: Owners) -> tuple[Revenue, Revenue]:
    """The sums of a batch by account, person and quarter, and by person and month (subject 0).

    A purchase is its own person's, else its account's owner's. What lies outside the fiscal
    periods, and what was bought by an account that isn't in the book, is left out.
    """
    units, unit = _units(bought, owners)
    day = bought.day.astype(np.int64) - days.first
    kept = (day >= 0) & (day < len(days.quarter)) & (units.person != ELSEWHERE)[unit]
    halves = _halves(bought)
    if not kept.all():
        unit, day = unit[kept], day[kept]
        halves = halves[0][kept], None if halves[1] is None else halves[1][kept]
    size = len(days.quarters)
    there, found = _by_place(unit * size + days.quarter[day], len(units.person) * size, halves)
    at, place = np.divmod(there, size)
    by_account = Revenue(units.account[at], units.person[at], place, *found)
    return by_account.sorted(), _by_month(units, unit, days, day, halves)


def _by_month(
    units: "_Units", unit: Integers, days: FiscalDays, day: Integers, halves: "_Halves"
) -> Revenue:
    people, person = np.unique(units.person, return_inverse=True)
    size = len(days.months)
    there, found = _by_place(person[unit] * size + days.month[day], len(people) * size, halves)
    at, place = np.divmod(there, size)
    return Revenue(np.zeros_like(there), people[at], place, *found)


def together(parts: Sequence[Revenue]) -> Revenue:
    """The sums of several that may hold the same person and place, by place and person."""
    person, place = (_joined(parts, name) for name in ("person", "place"))
    people, at = np.unique(person, return_inverse=True)
    cell = place * len(people) + at
    amounts = _joined(parts, "recognised"), _joined(parts, "backlog")
    size = (int(place.max()) + 1) * len(people) if len(place) else 0
    there, found = _by_place(cell, size, amounts)
    count = max(len(people), 1)
    return Revenue(np.zeros_like(there), people[there % count], there // count, *found)


def _joined(parts: Sequence[Revenue], name: str) -> Integers:
    columns = [getattr(one, name) for one in parts]
    return np.concatenate(columns) if columns else np.empty(0, np.int64)


_Halves = tuple[Integers, Integers | None]
"""Recognised and backlog amounts; None where there is none of the latter."""


@dataclass(frozen=True, slots=True)
class _Units:
    """Who purchases are credited to: first each account with its owner, then accounts with
    others."""

    account: Integers
    person: Integers


def _units(bought: Bought, owners: Owners) -> tuple[_Units, Integers]:
    """The units of a batch, and the place of each purchase's among them."""
    starts = np.concatenate([[0], np.flatnonzero(bought.account[1:] != bought.account[:-1]) + 1])
    account = bought.account[starts]
    owner = owners.of(account)
    unit = np.repeat(np.arange(len(account)), np.diff(starts, append=len(bought.account)))
    if bought.person is None:
        return _Units(account, owner), unit
    others = np.flatnonzero((bought.person != NOBODY) & (bought.person != owner[unit]))
    pairs = np.stack([unit[others], bought.person[others]])
    distinct, places = np.unique(pairs, axis=1, return_inverse=True)
    unit[others] = len(account) + places.reshape(-1)
    there = owner[distinct[0]] != ELSEWHERE
    return (
        _Units(
            np.concatenate([account, account[distinct[0]]]),
            np.concatenate([owner, np.where(there, distinct[1], ELSEWHERE)]),
        ),
        unit,
    )


def _halves(bought: Bought) -> _Halves:
    if bought.backlog is None:
        return bought.amount, None
    return bought.amount * ~bought.backlog, bought.amount * bought.backlog


def _by_place(
    cell: Integers, size: int, halves: _Halves
) -> tuple[Integers, tuple[Integers, Integers]]:
    there = np.flatnonzero(np.bincount(cell, minlength=size))
    recognised, backlog = halves
    return there, (
        sums(cell, recognised, size)[there],
        np.zeros_like(there) if backlog is None else sums(cell, backlog, size)[there],
    )
