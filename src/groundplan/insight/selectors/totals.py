"""Whitespace of what the viewer may see, by segment, category, owner, tier or industry."""

from decimal import Decimal
from typing import Literal

from django.db.models import Count, Sum

from groundplan.insight.contracts import WhitespaceTotal
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.selectors import current

from .results import results_of, visible_ids
from .tables import fetch, small_table, table

Dimension = Literal["segment", "category", "owner", "tier", "industry"]

_FIELDS = {
    "segment": ("segment", "segment"),
    "owner": ("account__owner__uid", "account__owner__name"),
    "tier": ("effective_tier", "effective_tier"),
    "industry": ("account__industry", "account__industry"),
}


def whitespace_totals(viewer: Scope, dimension: Dimension) -> tuple[WhitespaceTotal, ...]:
    """Totals of the accounts that the viewer may see, most expected first.

    Every dimension adds up to the same sum; `cells` is known by category only.
    """
    shown = current()
    if shown is None:
        return ()
    if dimension == "category":
        found = _by_category(viewer, shown)
    else:
        key, label = _FIELDS[dimension]
        rows = (
            results_of(viewer, shown)
            .order_by()
            .values_list(key, label)
            .annotate(expected=Sum("whitespace"), accounts=Count("pk"))
        )
        found = [
            WhitespaceTotal(str(name or ""), words or "", expected, accounts)
            for name, words, expected, accounts in rows
        ]
    return tuple(sorted(found, key=lambda one: (-one.expected, one.label)))


def _by_category(viewer: Scope, shown: CurrentSnapshot) -> list[WhitespaceTotal]:
    visible = visible_ids(viewer)
    if visible is None:
        rows = [
            row[1:]
            for row in small_table(
                shown.results, "whitespace_totals", "dimension, key, cells, expected"
            )
            if row[0] == "category"
        ]
    else:
        rows = _of_accounts(shown, visible)
    return [
        WhitespaceTotal(name or "", name or "", Decimal(expected or 0), cells=cells)
        for name, cells, expected in rows
    ]


def _of_accounts(shown: CurrentSnapshot, visible: list[int]) -> list[tuple[str, int, Decimal]]:
    """By category for some accounts: all products of their segments less the blocked cells."""
    mine = "IN (SELECT UNNEST($visible::BIGINT[]))"
    opportunities = table(shown.folder, "opportunities")
    return fetch(
        f"""
        WITH place AS (
            SELECT account_id, segment_id FROM {table(shown.results, "account_segments")}
            WHERE account_id {mine}
        ),
        blocked AS (
            SELECT account_id, product_id FROM {table(shown.folder, "footprint")}
            WHERE account_id {mine} AND product_id IS NOT NULL
            UNION
            SELECT account_id, product_id FROM {opportunities}
            WHERE outcome = 'open' AND product_id IS NOT NULL AND account_id {mine}
            UNION
            SELECT account_id, product_id FROM {table(shown.folder, "competitor_positions")}
            WHERE account_id {mine}
        ),
        counted AS (
            SELECT segment_id, product_id, COUNT(*) AS blocked
            FROM blocked JOIN place USING (account_id) GROUP BY segment_id, product_id
        ),
        sizes AS (SELECT segment_id, COUNT(*) AS accounts FROM place GROUP BY segment_id)
        SELECT worth.category,
               SUM(sizes.accounts - COALESCE(counted.blocked, 0)) AS cells,
               CAST(SUM((sizes.accounts - COALESCE(counted.blocked, 0)) * worth.expected)
                    AS DECIMAL(18, 4)) AS expected
        FROM {table(shown.results, "segment_products")} AS worth
        JOIN sizes USING (segment_id)
        LEFT JOIN counted USING (segment_id, product_id)
        GROUP BY worth.category
        """,
        {"visible": visible},
    )
