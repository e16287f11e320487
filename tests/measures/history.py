"""An invented history of purchases, months long, for tests of what is learned from the past."""

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np
import pyarrow as pa
from tests.duck import empty_duckdb

FIRST_DAY = date(2023, 1, 1)


@dataclass(frozen=True)
class History:
    """`growth` a month; `wave` is how far the seasons swing."""

    accounts: int = 150
    months: int = 36
    seed: int = 1
    growth: float = 1.0
    wave: float = 0.0

    @property
    def end(self) -> date:
        """The first day not known yet."""
        return FIRST_DAY + timedelta(days=int(self.months * 30.4))


def connection(history: History) -> duckdb.DuckDBPyConnection:
    """The tables of a snapshot and of the measures before, as ranges read them."""
    random = np.random.default_rng(history.seed)
    size = np.exp(random.normal(6, 1.2, history.accounts))
    busy = random.beta(1.2, 1.5, history.accounts) * 2
    month = np.arange(history.months)
    level = history.growth**month * (1 + history.wave * np.sin(month * np.pi / 6))
    account, at = np.nonzero(random.poisson(busy[:, None], (history.accounts, history.months)))
    days = (at * 30.4).astype(int) + random.integers(0, 30, len(at))
    bought = pa.table(
        {
            "account_id": account + 1,
            "product_id": 1 + (account * 7 + random.geometric(0.3, len(at))) % 12,
            "date": np.datetime64(FIRST_DAY) + days.astype("timedelta64[D]"),
            "amount": random.gamma(1.5, size[account]) * level[at],
        }
    )
    database = empty_duckdb()
    database.register("bought", bought)
    database.execute(
        "CREATE TABLE converted_purchases AS SELECT account_id, product_id,"
        " CAST(date AS DATE) AS date, CAST(amount AS DECIMAL(18, 4)) AS converted,"
        " CASE WHEN account_id % 3 = 0 THEN 'partner' ELSE 'direct' END AS channel FROM bought"
    )
    database.execute(
        f"CREATE TABLE accounts AS SELECT range AS account_id, 1 + range % 5 AS owner_id"
        f" FROM range(1, {history.accounts + 1})"
    )
    for statement in _AROUND:
        database.execute(statement)
    return database


_AROUND = (
    (
        "CREATE TABLE products AS SELECT range AS product_id, 'Category ' || range % 4 AS category"
        " FROM range(1, 13)"
    ),
    (
        "CREATE TABLE persons AS SELECT range AS person_id, 'Territory ' || range % 2 AS territory,"
        " CASE WHEN range IN (2, 3) THEN '/1/' || range || '/' ELSE '/' || range || '/' END AS path"
        " FROM range(1, 6)"
    ),
    (
        "CREATE TABLE opportunities (opportunity_id BIGINT, account_id BIGINT, product_id BIGINT,"
        " outcome VARCHAR, probability DOUBLE, amount DECIMAL(18, 4), opened_on DATE,"
        " close_on DATE,"
        " closed_on DATE, channel VARCHAR)"
    ),
    (
        "CREATE TABLE account_tiers AS SELECT account_id,"
        " CASE WHEN account_id < 30 THEN 'A' ELSE 'B' END AS tier FROM accounts"
    ),
    (
        "CREATE TABLE account_whitespace AS SELECT account_id,"
        " 10.0 * (account_id % 4) AS whitespace"
        " FROM accounts"
    ),
    (
        "CREATE TABLE segment_products AS SELECT 1 AS segment_id, 1 AS product_id,"
        " 20.0 AS expected, 0.1 AS probability, 100 AS accounts, 40 AS owners"
    ),
)
