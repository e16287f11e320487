"""Watches what followed in the past, on a sample of the accounts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from groundplan.engine.stages import run_stages

from .contracts import Floats
from .windows import YEAR

SAMPLE = 20_000
"""Accounts whose past is looked at: more would not narrow what is learned from them."""

NEVER = 100_000
USUAL_SILENCE = 4

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Watched:
    """One past window, an entry a unit that bought before its end: `part` is of the account.

    `followed` is of products bought in the base, `first_bought` of others, `sold` came through
    opportunities that were open at the cutoff. A unit that had bought nothing before has NEVER in
    `since`; `first_products` counts how many products such units began with.
    """

    account: npt.NDArray[np.int64]
    part: npt.NDArray[Any]
    bought: Floats
    since: npt.NDArray[np.int64]
    followed: Floats
    first_bought: Floats
    sold: Floats
    first_products: int

    @property
    def begun(self) -> Floats:
        """What units brought that had bought nothing before, and nothing of the others."""
        begun: Floats = np.where(self.since == NEVER, self.first_bought, 0.0)
        return begun


@dataclass(frozen=True, slots=True)
class Daily:
    """What the two halves of the sample bought on each day: `amounts` is 2 x days, up to `last`."""

    last: date
    amounts: Floats


@dataclass(frozen=True, slots=True)
class PartDays:
    """What each part of business brought on each day: `amounts` is parts x days, as in `Daily`."""

    names: list[str]
    amounts: Floats


def known_until(connection: duckdb.DuckDBPyConnection, day: date) -> date:
    """The day from which on nothing is known: `day`, or earlier where the facts end before it.

    Facts that were exported some weeks ago end with a silence longer than twice any before;
    taken for no business, it would pull every range down. Reads `converted_purchases`.
    """
    given = {"day": day, "since": day - timedelta(days=YEAR)}
    run_stages(connection, __package__, ("range_gap",), given)
    ((last_on, longest),) = connection.execute("SELECT * FROM range_gap").fetchall()
    if last_on is None or (day - last_on).days <= max(2 * longest, USUAL_SILENCE):
        return day
    return last_on + timedelta(days=1)  # type: ignore[no-any-return]  # a date of the database


def look_back(connection: duckdb.DuckDBPyConnection) -> date | None:
    """Leave `range_lines` behind: what the sampled accounts bought. Returns the first day of it.

    Reads `accounts`, `products`, `opportunities` and `converted_purchases`: purchases with
    `converted`, their amount in one currency. None without purchases.
    """
    ((accounts,),) = connection.execute("SELECT COUNT(*) FROM accounts").fetchall()
    one_in = max(accounts // SAMPLE, 1)
    names = ("range_sample", "range_deals", "range_bought", "range_sold", "range_lines")
    run_stages(connection, __package__, names, {"one_in": one_in})
    # All of it is fetched: an answer not read to its end keeps the connection busy.
    ((first_day,),) = connection.execute("SELECT MIN(date) FROM range_lines").fetchall()
    return None if first_day is None else date.fromisoformat(str(first_day)[:10])


def daily(connection: duckdb.DuckDBPyConnection, day: date) -> Daily | None:
    """What was bought on each day before `day`. Reads `range_lines`; None where nothing was."""
    run_stages(connection, __package__, ("range_days",), {"day": day})
    rows = connection.sql("SELECT half, date, amount FROM range_days").to_arrow_table()
    if not rows.num_rows:
        return None
    days = rows["date"].cast("int32").to_numpy().astype(np.int64)
    last = (day - _EPOCH).days - 1
    amounts = np.zeros((2, last - int(days.min()) + 1))
    np.add.at(amounts, (rows["half"].to_numpy(), days - days.min()), rows["amount"].to_numpy())
    return Daily(day - timedelta(days=1), amounts)


def daily_parts(connection: duckdb.DuckDBPyConnection, day: date, days: int) -> PartDays:
    """What each category or channel brought on the last so many `days` before `day`.

    Reads `range_parts`.
    """
    given = {"day": day, "since": day - timedelta(days=days)}
    run_stages(connection, __package__, ("range_part_days",), given)
    rows = connection.sql("SELECT part, ago, amount FROM range_part_days").to_arrow_table()
    names, part = np.unique(
        rows["part"].to_numpy(zero_copy_only=False).astype(str), return_inverse=True
    )
    amounts = np.zeros((len(names), days))
    amounts[part, days - rows["ago"].to_numpy()] = rows["amount"].to_numpy()
    return PartDays(names.tolist(), amounts)


def days_since(last_on: Any, day: date) -> npt.NDArray[np.int64]:
    """Days from each date to `day`; NEVER where there is none."""
    numbers = last_on.cast("int32").fill_null(-NEVER).to_numpy().astype(np.int64)
    return np.where(numbers == -NEVER, NEVER, (day - _EPOCH).days - numbers)
