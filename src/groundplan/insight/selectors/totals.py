"""Whitespace of what the viewer answers for, by segment, category, owner, tier or industry."""

from decimal import Decimal
from typing import Any, Literal

from django.db.models import Count, QuerySet, Sum

from groundplan.insight.contracts import WhitespaceTotal
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.selectors import current

from .results import covered_persons, results_of_owners
from .tables import fetch, small_table, table

Dimension = Literal["segment", "category", "owner", "tier", "industry"]

SEGMENTS = "segment_id, label"
_FIELDS = {
    "segment": ("segment", "segment"),
    "owner": ("account__owner__uid", "account__owner__name"),
    "tier": ("effective_tier", "effective_tier"),
    "industry": ("account__industry", "account__industry"),
}


def whitespace_totals(
    viewer: Scope, dimension: Dimension, shown: CurrentSnapshot | None = None
) -> tuple[WhitespaceTotal, ...]:
    """Totals of the accounts whose owners the viewer answers for, most expected first.

    Every dimension adds up to the same sum, which is what the sum's trace lists: accounts of
    others, on whose team the viewer is, count for their owners. `cells` is known by category only.
    """
    shown = shown or current()
    if shown is None:
        return ()
    persons = covered_persons(viewer)
    found = results_of_owners(viewer, shown, persons)
    if dimension == "category":
        ids = None if persons is None else list(found.values_list("account_id", flat=True))
        totals = _by_category(shown, ids)
    else:
        totals = _by_attribute(shown, found, dimension)
    return tuple(sorted(totals, key=lambda one: (-one.expected, one.label)))


def _by_attribute(
    shown: CurrentSnapshot, found: QuerySet[Any, Any], dimension: Dimension
) -> list[WhitespaceTotal]:
    key, label = _FIELDS[dimension]
    rows = found.order_by().values_list(key, label)
    numbers = {}
    if dimension == "segment":
        numbers = {name: n for n, name in small_table(shown.results, "segments", SEGMENTS)}
    return [
        WhitespaceTotal(str(numbers.get(name, name) or ""), words or "", expected, accounts)
        for name, words, expected, accounts in rows.annotate(
            expected=Sum("whitespace"), accounts=Count("pk")
        )
    ]


def _by_category(shown: CurrentSnapshot, accounts: list[int] | None) -> list[WhitespaceTotal]:
    """Of these accounts; None is all of them, which the analysis has summed up."""
    if accounts is None:
        kept = small_table(shown.results, "whitespace_totals", "dimension, key, cells, expected")
        rows = [row[1:] for row in kept if row[0] == "category"]
    else:
        rows = _of_accounts(shown, accounts)
    return [
        WhitespaceTotal(name or "", name or "", Decimal(expected or 0), cells=cells)
        for name, cells, expected in rows
    ]


def _of_accounts(shown: CurrentSnapshot, accounts: list[int]) -> list[tuple[str, int, Decimal]]:
    """By category for some accounts: all products of their segments less the blocked cells."""
    mine = "IN (SELECT UNNEST($accounts::BIGINT[]))"
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
        {"accounts": accounts},
    )
