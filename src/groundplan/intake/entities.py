"""How each facts table is kept: its kind, its columns in the database, what they refer to."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "person",
    "account",
    "contact",
    "product",
    "opportunity",
    "interaction",
    "lead",
    "quota",
    "position",
]


@dataclass(frozen=True, slots=True)
class Entity:
    """A facts table that is merged row by row.

    `columns` maps a canonical column to the database's, `refers` those that hold another row to
    its kind, `words` those whose text stands for a row of a short list. `natural` are database
    columns that tell rows apart where no source key does. `own` is the column that refers to the
    same kind.
    """

    table: str
    kind: Kind
    columns: dict[str, str]
    refers: dict[str, Kind]
    words: dict[str, Literal["category", "team", "stage"]]
    natural: tuple[str, ...] = ()
    own: str = ""
    has_uid: bool = True
    attributes: bool = False

    @property
    def keyed(self) -> bool:
        return not self.natural or self.kind == "person"


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


ENTITIES: dict[str, Entity] = {
    entity.table: entity
    for entity in (
        Entity(
            "users",
            "person",
            _same("login", "name", "email", "territory", "hired_on", "weekly_hours")
            | {"role": "title", "manager": "manager_id", "team": "team_id"},
            {"manager": "person"},
            {"team": "team"},
            natural=("login",),
            own="manager",
        ),
        Entity(
            "accounts",
            "account",
            _same("name", "parent_id", "industry", "region", "country", "employees", "currency")
            | _same("annual_revenue", "segment", "website", "is_customer", "revenue_goal")
            | {"owner": "owner_id"},
            {"parent_id": "account", "owner": "person"},
            {},
            own="parent_id",
            attributes=True,
        ),
        Entity(
            "contacts",
            "contact",
            _same("account_id", "name", "title", "department", "seniority", "email", "phone")
            | _same("last_contacted_on", "buying_role", "stance", "reports_to_id"),
            {"account_id": "account", "reports_to_id": "contact"},
            {},
            own="reports_to_id",
            attributes=True,
        ),
        Entity(
            "products",
            "product",
            _same("name", "is_core", "list_price") | {"category": "category_id"},
            {},
            {"category": "category"},
            attributes=True,
        ),
        Entity(
            "quotas",
            "quota",
            _same("period_start", "period_end", "amount", "currency") | {"login": "person_id"},
            {"login": "person"},
            {},
            natural=("person_id", "period_start", "period_end"),
            has_uid=False,
        ),
        Entity(
            "opportunities",
            "opportunity",
            _same("account_id", "name", "product_id", "amount", "currency", "probability")
            | _same("margin", "opened_on", "close_on", "closed_on", "competitor", "channel", "kind")
            | {"owner": "owner_id", "stage": "stage_id"},
            {"account_id": "account", "product_id": "product", "owner": "person"},
            {"stage": "stage"},
        ),
        Entity(
            "interactions",
            "interaction",
            _same("account_id", "date", "kind", "contact_id", "subject", "hours")
            | {"login": "person_id"},
            {"account_id": "account", "contact_id": "contact", "login": "person"},
            {},
            has_uid=False,
        ),
        Entity(
            "competitor_positions",
            "position",
            _same("account_id", "product_id", "position", "competitor", "amount", "renewal_on"),
            {"account_id": "account", "product_id": "product"},
            {},
            natural=("account_id", "product_id"),
            has_uid=False,
        ),
        Entity(
            "leads",
            "lead",
            _same("account_id", "name", "date", "source", "product_id", "status")
            | {"login": "person_id"},
            {"account_id": "account", "product_id": "product", "login": "person"},
            {},
            has_uid=False,
        ),
    )
}

PURCHASES_REFER: dict[str, Kind] = {"account_id": "account", "product_id": "product"}

TABLE_OF: dict[Kind, str] = {entity.kind: entity.table for entity in ENTITIES.values()}


def refers(table: str) -> dict[str, Kind]:
    """The columns of a table that refer to rows of a kind, those of its own kind left out."""
    if table == "purchases":
        return PURCHASES_REFER
    entity = ENTITIES.get(table)
    if entity is None:
        return {}
    return {name: kind for name, kind in entity.refers.items() if name != entity.own}
