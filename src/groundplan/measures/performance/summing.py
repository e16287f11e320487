"""Adds up one shard's purchases: by account, person and quarter, and by person and month."""

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from groundplan.engine.exact import Integers, decimals, sums, unscaled

NOBODY = 0
"""Stands for no person while numbers are added up; ids begin at one."""

_ELSEWHERE = -1


@dataclass(frozen=True, slots=True)
class Days:
    """Every day of the fiscal periods: `quarter` and `month` are places in the lists of ids.

    Arrays begin with the day `first`, counted from 1970; a day outside is nobody's.
    """

    first: int
    quarter: Integers
    month: Integers
    quarters: Integers
    months: Integers

    def known(self, days: Integers) -> Any:
        return (days >= self.first) & (days < self.first + len(self.quarter))


def days_of(connection: duckdb.DuckDBPyConnection) -> Days:
    """Read the table `days`."""
    rows = _columns(
        connection,
        "SELECT date_diff('day', DATE '1970-01-01', day), quarter_id, month_id FROM days",
    )
    if not len(rows[0]):
        return Days(0, *(np.empty(0, np.int64),) * 4)
    first = int(rows[0].min())
    arrays = []
    for ids in rows[1:]:
        known, places = np.unique(ids, return_inverse=True)
        by_day = np.zeros(int(rows[0].max()) - first + 1, np.int64)
        by_day[rows[0] - first] = places
        arrays.append((by_day, known))
    return Days(first, arrays[0][0], arrays[1][0], arrays[0][1], arrays[1][1])


@dataclass(frozen=True, slots=True)
class Shard:
    """The accounts from `first` on: who owns each; _ELSEWHERE where there is no such account."""

    first: int
    owners: Integers
    days: Days


def shard_of(connection: duckdb.DuckDBPyConnection, first_account: int, last_account: int) -> Shard:
    account, owner = _columns(
        connection,
        f"SELECT account_id, coalesce(owner_id, {NOBODY}) FROM accounts"
        f" WHERE account_id BETWEEN {first_account:d} AND {last_account:d}",
    )
    owners = np.full(last_account - first_account + 1, _ELSEWHERE, np.int64)
    owners[account - first_account] = owner
    return Shard(first_account, owners, days_of(connection))


@dataclass(frozen=True, slots=True)
class _Lines:
    """Purchases or opportunities, two amounts each; accounts and quarters as places."""

    account: Integers
    person: Integers
    quarter: Integers
    amounts: tuple[Integers, Integers]


def sum_shard(connection: duckdb.DuckDBPyConnection, shard: Shard) -> tuple[Any, Any]:
    """`account_quarters` and `owner_months` of the shard's `shard_purchases` as Arrow tables."""
    bought, month = _bought(connection, shard)
    return _quarters(shard, bought, _offered(connection, shard)), _months(shard, bought, month)


def _bought(connection: duckdb.DuckDBPyConnection, shard: Shard) -> tuple[_Lines, Integers]:
    rows = connection.sql(
        f"SELECT account_id - {shard.first:d} AS account, coalesce(owner_id, {NOBODY}) AS person,"
        " CAST(date AS DATE) AS date, status = 'backlog' AS later,"
        " CAST(converted AS DECIMAL(18, 4)) AS amount FROM shard_purchases"
        " WHERE converted IS NOT NULL"
    ).to_arrow_table()
    account, person = (rows[name].to_numpy() for name in ("account", "person"))
    day = rows["date"].cast(pa.int32()).to_numpy().astype(np.int64)
    later, amount = rows["later"].to_numpy(), unscaled(rows["amount"])
    owner = shard.owners[account]
    kept = shard.days.known(day) & (owner != _ELSEWHERE)
    if not kept.all():
        account, person, day, owner = (one[kept] for one in (account, person, day, owner))
        later, amount = later[kept], amount[kept]
    at = day - shard.days.first
    amounts = np.where(later, 0, amount), np.where(later, amount, 0)
    credited = np.where(person == NOBODY, owner, person)
    return _Lines(account, credited, shard.days.quarter[at], amounts), shard.days.month[at]


def _offered(connection: duckdb.DuckDBPyConnection, shard: Shard) -> _Lines:
    last = shard.first + len(shard.owners) - 1
    rows = connection.sql(
        f"SELECT account_id - {shard.first:d} AS account, coalesce(owner_id, {NOBODY}) AS person,"
        " quarter_id, CAST(weighted AS DECIMAL(18, 4)) AS weighted,"
        " CAST(open_amount AS DECIMAL(18, 4)) AS open_amount FROM opportunity_lines"
        f" WHERE account_id BETWEEN {shard.first:d} AND {last:d}"
    ).to_arrow_table()
    quarter = np.searchsorted(shard.days.quarters, rows["quarter_id"].to_numpy())
    amounts = unscaled(rows["weighted"]), unscaled(rows["open_amount"])
    return _Lines(rows["account"].to_numpy(), rows["person"].to_numpy(), quarter, amounts)


def _quarters(shard: Shard, bought: _Lines, offered: _Lines) -> Any:
    """One row an account, quarter and credited person, in this order."""
    quarters = shard.days.quarters
    parts = [*_cells(shard, bought), *_cells(shard, offered)]
    people = np.unique(np.concatenate([person for _, person, _ in parts]))
    keys = [cell * len(people) + np.searchsorted(people, person) for cell, person, _ in parts]
    distinct, places = np.unique(np.concatenate(keys), return_inverse=True)
    halves = np.split(places, [sum(map(len, keys[:2]))])
    amounts = []
    for half, of in zip(halves, (parts[:2], parts[2:]), strict=True):
        for column in (0, 1):
            values = np.concatenate([part[2][column] for part in of])
            amounts.append(decimals(sums(half, values, len(distinct))))
    person, cell = people[distinct % len(people)], distinct // len(people)
    names = [f"FY{number // 10}-Q{number % 10}" for number in quarters.tolist()]
    named = pa.DictionaryArray.from_arrays(pa.array(cell % len(quarters), pa.int32()), pa.array(
        names, pa.string()
    ))  # fmt: skip
    account = shard.first + cell // len(quarters)
    columns = [pa.array(account), pa.array(person, mask=person == NOBODY), named, *amounts]
    names_of = ("account_id", "owner_id", "quarter", *_AMOUNTS, "weighted", "open_amount")
    return pa.Table.from_arrays(columns, names=list(names_of))


_AMOUNTS = ("recognised", "backlog")


def _cells(
    shard: Shard, lines: _Lines
) -> list[tuple[Integers, Integers, tuple[Integers, Integers]]]:
    """(account and quarter as one number, person, amounts): the owners' own, then the others'.

    Nearly every line is its account's owner's: those are added up by place, the rest is kept.
    """
    size = len(shard.owners) * len(shard.days.quarters)
    cell = lines.account * len(shard.days.quarters) + lines.quarter
    own = lines.person == shard.owners[lines.account]
    kept = [cell, *lines.amounts] if own.all() else [one[own] for one in (cell, *lines.amounts)]
    there = np.flatnonzero(np.bincount(kept[0], minlength=size))
    first, second = (sums(kept[0], amount, size)[there] for amount in kept[1:])
    owner = shard.owners[there // max(len(shard.days.quarters), 1)]
    others = lines.amounts[0][~own], lines.amounts[1][~own]
    return [(there, owner, (first, second)), (cell[~own], lines.person[~own], others)]


def _months(shard: Shard, bought: _Lines, month: Integers) -> Any:
    """One row a credited person and month."""
    months = shard.days.months
    others = bought.person != shard.owners[bought.account]
    people = np.unique(np.concatenate([shard.owners, bought.person[others]]))
    # A line's person is nearly always found through its account: there are fewer of those.
    place = np.searchsorted(people, shard.owners)[bought.account]
    place[others] = np.searchsorted(people, bought.person[others])
    keys, size = place * len(months) + month, len(people) * len(months)
    there = np.flatnonzero(np.bincount(keys, minlength=size))
    person = people[there // max(len(months), 1)]
    amounts = [decimals(sums(keys, amount, size)[there]) for amount in bought.amounts]
    columns = [pa.array(person, mask=person == NOBODY), months[there % max(len(months), 1)]]
    return pa.Table.from_arrays([*columns, *amounts], names=["owner_id", "month_id", *_AMOUNTS])


def _columns(connection: duckdb.DuckDBPyConnection, select: str) -> list[Integers]:
    table = connection.sql(select).to_arrow_table()
    return [column.to_numpy().astype(np.int64) for column in table.columns]
