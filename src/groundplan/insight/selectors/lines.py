"""The snapshot's order lines and open opportunities as SQL: whose they are, and of which part."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from groundplan.engine.purchases import converted_sql
from groundplan.snapshots.contracts import CurrentSnapshot

from .tables import shards, table

Query = tuple[str, dict[str, Any]]
"""A SELECT and its parameters."""
Dimension = Literal["category", "channel", "tier", "base"]
DIMENSIONS: tuple[Dimension, ...] = ("category", "channel", "tier", "base")
Decided = tuple[tuple[int, str], ...]
"""Accounts with the tier that a person set."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Facts of these accounts, or else those credited to these persons; everybody's if neither."""

    accounts: tuple[int, ...] | None = None
    persons: tuple[int, ...] | None = None

    def about(self, table: str, credited: str) -> str:
        if self.accounts is not None:
            return f"{table}.account_id IN (SELECT unnest($accounts::BIGINT[]))"
        if self.persons is not None:
            return f"{credited} IN (SELECT unnest($persons::BIGINT[]))"
        return "TRUE"

    def parameters(self) -> dict[str, Any]:
        if self.accounts is not None:
            return {"accounts": list(self.accounts)}
        return {} if self.persons is None else {"persons": list(self.persons)}


def purchases_sql(shown: CurrentSnapshot, whose: Whose) -> Query:
    """Order lines in the organisation's currency.

    Columns: account_id, product_id, channel, date, amount (NULL without a rate), status, order_id,
    file, line, run_id. A line is credited to its own person, else to the owner of its account.
    """
    files = shards(shown, shown.folder / "purchases", whose.accounts)
    sql = f"""
        WITH rates AS (SELECT * FROM {table(shown.folder, "rates")})
        SELECT deal.account_id, deal.product_id, deal.channel, deal.date,
               deal.converted AS amount, deal.status, deal.order_id, deal.file, deal.line,
               deal.run_id
        FROM ({converted_sql(files)}) AS deal
        JOIN {table(shown.folder, "accounts")} AS account
          ON account.account_id = deal.account_id
        WHERE {whose.about("deal", "coalesce(deal.owner_id, account.owner_id)")}
    """
    return sql, {"currency": shown.currency, **whose.parameters()}


def opportunities_sql(shown: CurrentSnapshot, whose: Whose) -> Query:
    """Open opportunities, their day at least the snapshot's: one that should have closed counts on
    the snapshot's day."""
    sql = f"""
        SELECT deal.account_id, deal.opportunity_id, deal.product_id, deal.channel, deal.stage,
               deal.close_on, greatest(deal.close_on, $last_day) AS counted_on, deal.amount,
               deal.probability,
               CAST(deal.probability * deal.amount AS DECIMAL(18, 4)) AS weighted
        FROM {table(shown.folder, "opportunities")} AS deal
        WHERE deal.outcome = 'open' AND {whose.about("deal", "deal.owner_id")}
    """
    return sql, {"last_day": shown.last_day, **whose.parameters()}


def cut(
    shown: CurrentSnapshot,
    facts: Query,
    by: Collection[Dimension],
    *,
    begins: date,
    decided: Decided = (),
) -> Query:
    """The facts with a column `of_<dimension>` for each of `by`, empty where it isn't known.

    Category is the product's, channel the fact's own, tier the account's now, as a person decided
    it or else as computed. Base is customer for whom bought before the day `begins`, and for whom
    never bought what the book says; everybody else is a prospect.
    """
    sql, parameters = facts
    columns = "".join(f", {_columns(one)} AS of_{one}" for one in by)
    joins = " ".join(_joins(shown, one) for one in by)
    more: dict[str, Any] = {}
    if "base" in by:
        more["begins"] = begins
    if "tier" in by:
        more["decided"] = [account for account, _tier in decided]
        more["decided_tiers"] = [tier for _account, tier in decided]
    return f"SELECT fact.*{columns} FROM ({sql}) AS fact {joins}", {**parameters, **more}


def _columns(dimension: Dimension) -> str:
    return {
        "category": "coalesce(product.category, '')",
        "channel": "coalesce(fact.channel, '')",
        "tier": "coalesce(decided.tier, tiered.tier, '')",
        "base": (
            "CASE WHEN coalesce(total.first_on < $begins, cut_account.is_customer, FALSE)"
            " THEN 'customer' ELSE 'prospect' END"
        ),
    }[dimension]


def _joins(shown: CurrentSnapshot, dimension: Dimension) -> str:
    on = "ON {0}.account_id = fact.account_id"
    if dimension == "category":
        products = table(shown.folder, "products")
        return f"LEFT JOIN {products} AS product ON product.product_id = fact.product_id"
    if dimension == "tier":
        decided = (
            "SELECT unnest($decided::BIGINT[]) AS account_id,"
            " unnest($decided_tiers::VARCHAR[]) AS tier"
        )
        return (
            f"LEFT JOIN {table(shown.results, 'tiers')} AS tiered {on.format('tiered')}"
            f" LEFT JOIN ({decided}) AS decided {on.format('decided')}"
        )
    if dimension == "base":
        return (
            f"LEFT JOIN {table(shown.folder, 'account_totals')} AS total {on.format('total')}"
            f" LEFT JOIN {table(shown.folder, 'accounts')} AS cut_account"
            f" {on.format('cut_account')}"
        )
    return ""
