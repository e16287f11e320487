"""What is left to sell in all, by segment, owner and category."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from groundplan.insight.models import AccountResult, AnalysisRun
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons
from groundplan.snapshots.contracts import CurrentSnapshot

from . import choosing, reading
from .contracts import Choice
from .painting import Painter
from .rules import ZERO, total

AT_ONCE = 2_000
MOST_ACCOUNTS = 20_000
"""Adding up categories account by account takes a second beyond this many."""


@dataclass(frozen=True, slots=True)
class Total:
    """What accounts together have left to sell. `key` is the segment's id, the owner's uid or the
    category's name, empty for accounts or products without one."""

    key: str
    label: str
    accounts: int | None
    whitespace: Decimal


@dataclass(frozen=True, slots=True)
class Segmentation:
    """How accounts are grouped, and what that foretells better than one group would.

    `gain` is a share of the held-out deviance, None where it wasn't measured.
    """

    attributes: tuple[str, ...]
    automatic: bool
    segments: int
    gain: float | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Each adds up the same accounts, those whose owners the viewer covers."""

    segments: tuple[Total, ...]
    owners: tuple[Total, ...]
    categories: tuple[Total, ...]


def covered(viewer: Scope, current: CurrentSnapshot) -> QuerySet[AccountResult, AccountResult]:
    """Results of the accounts whose owners the viewer covers; of all for who sees all."""
    found = choosing.matching(viewer, current, Choice())
    if viewer.sees_all:
        return found
    return found.filter(account__owner__in=visible_persons(viewer).values("pk"))


def whitespace_totals(viewer: Scope, current: CurrentSnapshot) -> Totals:
    """Sums over the viewer's accounts; categories are left out above MOST_ACCOUNTS."""
    found = covered(viewer, current)
    summed = {"accounts": Count("pk"), "whitespace": Sum("whitespace")}
    ids = reading.segment_ids(current)
    segments = found.values_list("segment").annotate(**summed).order_by("-whitespace")
    owners = (
        found.values_list("account__owner__uid", "account__owner__name")
        .annotate(**summed)
        .order_by("-whitespace")
    )
    return Totals(
        tuple(Total(str(ids.get(name, "")), name, n, _sum(s)) for name, n, s in segments),
        tuple(Total(str(uid or ""), name or "", n, _sum(s)) for uid, name, n, s in owners),
        tuple(_categories(viewer, current, found)),
    )


def segmentation(current: CurrentSnapshot) -> Segmentation | None:
    """How the current results group accounts; None where the run didn't say."""
    run = AnalysisRun.objects.filter(uid=current.results_uid).first()
    told: dict[str, Any] = (run.summary if run else {}).get("segments") or {}
    if not told:
        return None
    return Segmentation(
        attributes=tuple(told.get("attributes") or ()),
        automatic=bool(told.get("automatic", True)),
        segments=len(reading.segment_ids(current)),
        gain=told.get("gain"),
    )


def _categories(
    viewer: Scope, current: CurrentSnapshot, found: QuerySet[AccountResult, AccountResult]
) -> Iterator[Total]:
    if viewer.sees_all:
        sums = reading.category_totals(current)
    elif found.count() <= MOST_ACCOUNTS:
        sums = _summed(current, found)
    else:
        return
    for name, whitespace in sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])):
        yield Total(name, name, None, whitespace)


def _summed(
    current: CurrentSnapshot, found: QuerySet[AccountResult, AccountResult]
) -> dict[str, Decimal]:
    products = reading.categories(current)
    sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    following = ""
    while True:
        lines, following = choosing.page(found, following, AT_ONCE)
        ids = [line.account_id for line in lines]
        segments = reading.segments_of(current, ids)
        estimates = reading.estimates_of(current, sorted(set(segments.values())))
        columns = [(product,) for product, _category in products]
        painter = Painter(columns, reading.marks_of(current, ids), estimates)
        rows = [painter.row(account, segments.get(account)) for account in ids]
        for place, (_product, category) in enumerate(products):
            sums[category] += total((row[place] for row in rows), "whitespace")
        if not following:
            return dict(sums)


def _sum(value: Decimal | None) -> Decimal:
    return ZERO if value is None else value
