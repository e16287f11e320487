"""Every account's ranked whitespace and tier, for lists as long as the book."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.opening import reader
from groundplan.snapshots.selectors import current

from .results import results_of, visible_ids
from .runs import shown_run
from .tables import fetch, table

AT_A_TIME = 10_000


@dataclass(frozen=True, slots=True)
class RankedCell:
    """A product that an account doesn't own, by its place among the account's whitespace.

    `owners` of the `accounts` in `segment` own it; of `exposed` that didn't a year ago `adopted`
    bought it since.
    """

    account_id: int
    product_id: int
    rank: int
    probability: float
    amount: Decimal
    expected: Decimal
    segment: str
    accounts: int
    owners: int
    exposed: int
    adopted: int


@dataclass(frozen=True, slots=True)
class TierRow:
    """An account's tier: `computed` by the characteristics it meets, `tier` as it counts."""

    account_id: int
    uid: UUID
    account: str
    tier: str
    computed: str
    score: float
    because: tuple[str, ...]


def ranked_whitespace(
    viewer: Scope, *, top: int, account_id: int | None = None
) -> Iterator[RankedCell]:
    """The `top` whitespace products of each account that the viewer may see, best first.

    One range of accounts at a time, so that memory stays bounded. Empty before the first
    analysis and for an account that the viewer may not see.
    """
    shown = current()
    if shown is None:
        return
    visible = visible_ids(viewer)
    if account_id is not None:
        visible = [account_id] if visible is None or account_id in visible else []
    span = fetch(
        f"SELECT min(account_id), max(account_id) FROM {table(shown.results, 'account_segments')}"
    )[0]
    if span[0] is None or visible == []:
        return
    for first in range(span[0], span[1] + 1, AT_A_TIME):
        yield from _ranked(shown, top, visible, first)


def _ranked(
    shown: CurrentSnapshot, top: int, visible: list[int] | None, first: int
) -> list[RankedCell]:
    last = first + AT_A_TIME - 1
    parameters: dict[str, object] = {"first": first, "last": last, "top": top}
    seen = ""
    if visible is not None:
        parameters["visible"] = [one for one in visible if first <= one <= last]
        seen = " AND s.account_id IN (SELECT UNNEST($visible::BIGINT[]))"
    return [RankedCell(*row) for row in fetch(_ranking(shown, seen), parameters)]


def _ranking(shown: CurrentSnapshot, seen: str) -> str:
    """The kept top of each account, which its own purchases put in order; beyond it segment ranks,
    with gaps where the account owns the product or something stands in the way."""
    results, facts = shown.results, shown.folder
    return f"""
        WITH blocked AS (
            SELECT account_id, product_id FROM {table(facts, "footprint")}
            WHERE account_id BETWEEN $first AND $last
            UNION ALL
            SELECT account_id, product_id FROM {table(facts, "opportunities")}
            WHERE outcome = 'open' AND account_id BETWEEN $first AND $last
            UNION ALL
            SELECT account_id, product_id FROM {table(facts, "competitor_positions")}
            WHERE account_id BETWEEN $first AND $last
        ),
        kept AS (
            SELECT account_id, product_id, rank FROM {table(results, "whitespace_top")}
            WHERE account_id BETWEEN $first AND $last
        )
        SELECT s.account_id, p.product_id,
            row_number() OVER (
                PARTITION BY s.account_id ORDER BY t.rank NULLS LAST, p.rank
            ) AS place,
            p.probability, p.amount, p.expected, g.label,
            p.accounts::BIGINT, p.owners::BIGINT, p.exposed::BIGINT, p.adopted::BIGINT
        FROM {table(results, "account_segments")} AS s
        JOIN {table(results, "segment_products")} AS p ON p.segment_id = s.segment_id
        JOIN {table(results, "segments")} AS g ON g.segment_id = s.segment_id
        LEFT JOIN kept AS t ON t.account_id = s.account_id AND t.product_id = p.product_id
        ANTI JOIN blocked AS b ON b.account_id = s.account_id AND b.product_id = p.product_id
        WHERE s.account_id BETWEEN $first AND $last{seen}
        QUALIFY place <= $top
        ORDER BY s.account_id, place
    """


def tier_rows(viewer: Scope) -> Iterator[TierRow]:
    """The tier of each account that the viewer may see, with the characteristics it meets."""
    shown, run = current(), shown_run()
    if shown is None or run is None:
        return
    names = [rule["name"] for rule in run.parameters["characteristics"]]
    rows = results_of(viewer, shown).order_by("effective_tier", "-score", "account_id")
    columns = ("account_id", "account__uid", "account__name", "effective_tier", "tier", "score")
    found = iter(rows.values_list(*columns).iterator(AT_A_TIME))
    while batch := list(islice(found, AT_A_TIME)):
        matched = _matched(shown, [row[0] for row in batch])
        for row in batch:
            bits = matched.get(row[0], 0)
            met = tuple(name for place, name in enumerate(names) if bits >> place & 1)
            pk, uid, account, tier, computed, score = row
            yield TierRow(pk, uid, account, tier, computed, score, met)


def _matched(shown: CurrentSnapshot, ids: list[int]) -> dict[int, Any]:
    with reader() as cursor:
        rows = cursor.execute(
            f"SELECT account_id, matched FROM {table(shown.results, 'tiers')}"
            " WHERE account_id IN (SELECT UNNEST($ids::BIGINT[]))",
            {"ids": ids},
        ).fetchall()
    return dict(rows)


def fiscal_years() -> tuple[str, ...]:
    """Keys of the fiscal years that revenue, pipeline or goals of the current results fall into."""
    shown = current()
    if shown is None:
        return ()
    years = fetch(f"SELECT DISTINCT left(quarter, 6) FROM {table(shown.results, 'performance')}")
    return tuple(sorted(year for (year,) in years))
