"""The canonical tables of facts and their columns: what every import ends in."""

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "integer", "decimal", "share", "date", "boolean", "currency"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a facts table. `refers_to` names the table whose ids it holds.

    `choices` are the values a closed list takes, the first being the default where the column is
    optional. Type share is a fraction of one; 35 % is 0.35.
    """

    name: str
    type: Type = "text"
    required: bool = False
    refers_to: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A facts table. `key` is the column that holds the source's id, empty where rows have none.

    `extra` tables keep columns they don't know as custom attributes.
    """

    name: str
    key: str
    columns: tuple[Column, ...]
    extra: bool = False

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.required)


def _must(name: str, type_: Type = "text", refers_to: str = "", *choices: str) -> Column:
    return Column(name, type_, required=True, refers_to=refers_to, choices=choices)


def _may(name: str, type_: Type = "text", refers_to: str = "", *choices: str) -> Column:
    return Column(name, type_, refers_to=refers_to, choices=choices)


USERS = Table(
    "users",
    "login",
    (
        _must("login"),
        _must("name"),
        _may("email"),
        _may("role"),
        _may("manager", "text", "users"),
        _may("team"),
        _may("territory"),
        _may("hired_on", "date"),
        _may("weekly_hours", "decimal"),
    ),
)
QUOTAS = Table(
    "quotas",
    "",
    (
        _must("login", "text", "users"),
        _must("period_start", "date"),
        _must("period_end", "date"),
        _must("amount", "decimal"),
        _may("currency", "currency"),
    ),
)
ACCOUNTS = Table(
    "accounts",
    "account_id",
    (
        _must("account_id"),
        _must("name"),
        _may("parent_id", "text", "accounts"),
        _may("industry"),
        _may("region"),
        _may("country"),
        _may("employees", "integer"),
        _may("annual_revenue", "decimal"),
        _may("currency", "currency"),
        _may("owner", "text", "users"),
        _may("segment"),
        _may("website"),
        _may("is_customer", "boolean"),
        _may("revenue_goal", "decimal"),
    ),
    extra=True,
)
CONTACTS = Table(
    "contacts",
    "contact_id",
    (
        _must("contact_id"),
        _must("account_id", "text", "accounts"),
        _must("name"),
        _may("title"),
        _may("department"),
        _may("seniority"),
        _may("email"),
        _may("phone"),
        _may("reports_to_id", "text", "contacts"),
        _may("last_contacted_on", "date"),
        _may("buying_role"),
        _may("stance"),
    ),
    extra=True,
)
PRODUCTS = Table(
    "products",
    "product_id",
    (
        _must("product_id"),
        _must("name"),
        _may("category"),
        _may("is_core", "boolean"),
        _may("list_price", "decimal"),
    ),
    extra=True,
)
PURCHASES = Table(
    "purchases",
    "",
    (
        _must("account_id", "text", "accounts"),
        _may("product_id", "text", "products"),
        _must("date", "date"),
        _must("amount", "decimal"),
        _may("quantity", "decimal"),
        _may("currency", "currency"),
        _may("status", "text", "", "recognised", "backlog"),
        _may("channel", "text", "", "direct", "partner"),
        _may("order_id"),
    ),
)
OPPORTUNITIES = Table(
    "opportunities",
    "opportunity_id",
    (
        _must("opportunity_id"),
        _must("account_id", "text", "accounts"),
        _must("name"),
        _must("stage"),
        _may("product_id", "text", "products"),
        _may("amount", "decimal"),
        _may("currency", "currency"),
        _may("probability", "share"),
        _may("margin", "decimal"),
        _may("opened_on", "date"),
        _may("close_on", "date"),
        _may("closed_on", "date"),
        _may("owner", "text", "users"),
        _may("competitor"),
        _may("channel", "text", "", "direct", "partner"),
        _may("kind"),
    ),
)
INTERACTIONS = Table(
    "interactions",
    "interaction_id",
    (
        _must("account_id", "text", "accounts"),
        _must("date", "date"),
        _must("kind", "text", "", "meeting", "call", "email", "campaign", "other"),
        _may("interaction_id"),
        _may("contact_id", "text", "contacts"),
        _may("login", "text", "users"),
        _may("subject"),
        _may("hours", "decimal"),
    ),
)
COMPETITOR_POSITIONS = Table(
    "competitor_positions",
    "",
    (
        _must("account_id", "text", "accounts"),
        _must("product_id", "text", "products"),
        _must("position", "text", "", "competitor", "in_house", "not_applicable"),
        _may("competitor"),
        _may("amount", "decimal"),
        _may("renewal_on", "date"),
    ),
)
LEADS = Table(
    "leads",
    "lead_id",
    (
        _must("lead_id"),
        _may("account_id", "text", "accounts"),
        _may("name"),
        _must("date", "date"),
        _may("source"),
        _may("product_id", "text", "products"),
        _may("login", "text", "users"),
        _may("status"),
    ),
)
RATES = Table(
    "rates",
    "",
    (_must("currency", "currency"), _must("date", "date"), _must("rate", "decimal")),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        USERS,
        RATES,
        ACCOUNTS,
        CONTACTS,
        PRODUCTS,
        QUOTAS,
        PURCHASES,
        OPPORTUNITIES,
        INTERACTIONS,
        COMPETITOR_POSITIONS,
        LEADS,
    )
}
"""In the order in which they are taken: what a table refers to comes before it."""
