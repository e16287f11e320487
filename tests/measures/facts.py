"""Small tables of facts for tests of measures, in the layout of a snapshot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import duckdb
from tests.duck import empty_duckdb

AS_OF = date(2026, 11, 1)
YEAR_AGO = date(2025, 11, 1)

TABLES = {
    "accounts": (
        "account_id BIGINT, owner_id BIGINT, industry VARCHAR, region VARCHAR, country VARCHAR,"
        " segment VARCHAR, employees BIGINT, annual_revenue DECIMAL(18, 4), is_customer BOOLEAN,"
        " revenue_goal DECIMAL(18, 4), attributes VARCHAR, contacts INTEGER,"
        " last_interaction_on DATE"
    ),
    "products": ("product_id BIGINT, category VARCHAR, is_core BOOLEAN, list_price DECIMAL(18, 4)"),
    "opportunities": (
        "opportunity_id BIGINT, account_id BIGINT, product_id BIGINT, owner_id BIGINT,"
        " outcome VARCHAR, probability DOUBLE, amount DECIMAL(18, 4), close_on DATE"
    ),
    "competitor_positions": "account_id BIGINT, product_id BIGINT, position VARCHAR",
    "quotas": "person_id BIGINT, period_start DATE, period_end DATE, amount DECIMAL(18, 4)",
    "periods": (
        "key VARCHAR, kind VARCHAR, fiscal_year INTEGER, number INTEGER, starts_on DATE,"
        " ends_on DATE"
    ),
    "purchases": (
        "account_id BIGINT, product_id BIGINT, date DATE, amount DECIMAL(18, 4), status VARCHAR,"
        " owner_id BIGINT"
    ),
}

FOOTPRINT = """
CREATE OR REPLACE TABLE footprint AS
SELECT account_id, product_id, MIN(date) AS first_on, MAX(date) AS last_on,
    MAX(CASE WHEN status = 'recognised' AND date <= $as_of THEN date END) AS recognised_on,
    COUNT(*) AS purchases,
    CAST(SUM(amount) AS DECIMAL(18, 4)) AS amount,
    CAST(SUM(CASE WHEN status = 'recognised' AND date >= $year_ago AND date < $as_of
        THEN amount ELSE 0 END)
        AS DECIMAL(18, 4)) AS amount_12m,
    CAST(SUM(CASE WHEN status = 'recognised' AND date >= $two_ago AND date < $year_ago
        THEN amount ELSE 0 END)
        AS DECIMAL(18, 4)) AS amount_prior_12m,
    CAST(SUM(CASE WHEN date < first_date + INTERVAL 12 MONTH THEN amount ELSE 0 END)
        AS DECIMAL(18, 4)) AS first_12m_amount
FROM (SELECT *, MIN(date) OVER (PARTITION BY account_id, product_id) AS first_date FROM purchases)
GROUP BY account_id, product_id
"""


TOTALS = """
CREATE OR REPLACE TABLE account_totals AS
SELECT account_id, SUM(amount_12m) AS revenue_12m, SUM(amount_prior_12m) AS revenue_prior_12m,
    COUNT(product_id) AS owned_products,
    COUNT(CASE WHEN first_on < $year_ago THEN product_id END) AS owned_before,
    MAX(CASE WHEN first_on < $year_ago THEN 1 ELSE 0 END) AS bought_before,
    MIN(first_on) AS first_on, MAX(last_on) AS last_on, MAX(recognised_on) AS recognised_on,
    CAST(0 AS DECIMAL(18, 4)) AS year_recognised, CAST(0 AS DECIMAL(18, 4)) AS year_backlog
FROM footprint GROUP BY account_id
"""


@dataclass(frozen=True)
class Bought:
    """A purchase; `on` may be before, within or after the year that ends at AS_OF."""

    account: int
    product: int | None
    on: date
    amount: Decimal = Decimal(100)
    status: str = "recognised"
    owner: int | None = None


@dataclass
class Facts:
    """What a test's book holds; accounts and products are numbered from 1."""

    accounts: int = 0
    products: int = 0
    purchases: list[Bought] = field(default_factory=list)
    industries: dict[int, str] = field(default_factory=dict)
    employees: dict[int, int] = field(default_factory=dict)
    owners: dict[int, int] = field(default_factory=dict)
    attributes: dict[int, str] = field(default_factory=dict)
    categories: dict[int, str] = field(default_factory=dict)
    open: list[tuple[int, int | None]] = field(default_factory=list)
    positions: list[tuple[int, int, str]] = field(default_factory=list)


def days_ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def connection(facts: Facts) -> duckdb.DuckDBPyConnection:
    """A database with the tables of a snapshot that holds `facts`."""
    database = empty_duckdb()
    for name, columns in TABLES.items():
        database.execute(f"CREATE TABLE {name} ({columns})")
    numbers = range(1, facts.accounts + 1)
    rows = [
        (
            number,
            facts.owners.get(number),
            facts.industries.get(number),
            facts.employees.get(number),
            facts.attributes.get(number, "{}"),
        )
        for number in numbers
    ]
    insert(
        database,
        "accounts (account_id, owner_id, industry, employees, attributes, contacts)",
        [(*row, 0) for row in rows],
    )
    names = [(one, facts.categories.get(one, "All")) for one in range(1, facts.products + 1)]
    insert(database, "products (product_id, category)", names)
    bought = [
        (one.account, one.product, one.on, one.amount, one.status, one.owner)
        for one in facts.purchases
    ]
    insert(database, "purchases", bought)
    deals = [
        (place, account, product, None, "open", 0.5, Decimal(100), AS_OF)
        for place, (account, product) in enumerate(facts.open)
    ]
    insert(database, "opportunities", deals)
    insert(database, "competitor_positions", facts.positions)
    windows = {"as_of": AS_OF, "year_ago": YEAR_AGO, "two_ago": date(2024, 11, 1)}
    database.execute(FOOTPRINT, windows)
    database.execute(TOTALS, {"year_ago": YEAR_AGO})
    return database


def insert(
    database: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[object]]
) -> None:
    found = list(rows)
    if found:
        marks = f"({', '.join('?' for _ in found[0])})"
        values = [value for row in found for value in row]
        database.execute(f"INSERT INTO {table} VALUES {', '.join([marks] * len(found))}", values)
