"""What ranges say to a viewer. Of other people's groups nothing is told."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from groundplan.engine.purchases import converted_sql
from groundplan.insight.models import AccountResult
from groundplan.insight.selectors.tables import fetch, shards, table
from groundplan.measures.ranges import Range
from groundplan.measures.ranges.contracts import Business, Units
from groundplan.measures.ranges.simulate import simulate
from groundplan.organisation.selectors import calendar
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.selectors import current

from . import files
from .contracts import CoverageLine, Cut, Parts, RangeLine, Ranges

STORED = Decimal("0.0001")

PERSONS: tuple[Cut, ...] = ("person", "below")
EVERY_CUT: tuple[Cut, ...] = ("all", "tier", *PERSONS, "territory", "category", "channel")


def cuts_of(viewer: Scope) -> tuple[Cut, ...]:
    """The ways of cutting revenue whose groups the viewer may see."""
    if viewer.sees_all:
        return EVERY_CUT
    return PERSONS if viewer.sees_reports else PERSONS[:1]


def kept_of(shown: CurrentSnapshot, period: str = "") -> files.Kept | None:
    """The ranges of a fiscal year or quarter by its key, or of the year that ranges are of; None
    while they are being foretold, and of a period that is over or too far ahead."""
    if period in files.quarters_kept(shown.results):
        return files.read(shown.results, period)
    if not files.is_there(shown.results):
        return None
    year = files.read(shown.results)
    return year if period in ("", _year_of(year)) else None


def periods_kept(shown: CurrentSnapshot) -> tuple[str, ...]:
    """The keys of the periods that have ranges: the fiscal year's, then the quarters'."""
    if not files.is_there(shown.results):
        return ()
    year = _year_of(files.read(shown.results))
    return (year, *files.quarters_kept(shown.results))


def _year_of(kept: files.Kept) -> str:
    return f"FY{calendar().fiscal_year_of(kept.horizon.end)}"


def ranges_of(viewer: Scope, cut: Cut, period: str = "") -> Ranges | None:
    """The ranges of one cut; None where `kept_of` has none, and of what may not be seen.

    Whoever sees only some persons' accounts sees the ranges of those persons.
    """
    shown = current()
    kept = kept_of(shown, period) if shown and cut in cuts_of(viewer) else None
    if kept is None:
        return None
    labels = _labels(viewer, cut)
    lines = [
        _line(cut, row, labels[row["key"]] if labels else (row["key"], row["key"]))
        for row in kept.groups
        if row["dimension"] == cut and (labels is None or row["key"] in labels)
    ]
    return Ranges(
        kept.horizon.start,
        kept.horizon.end,
        kept.base > 0,
        tuple(sorted(lines, key=lambda line: -line.p50) if cut != "tier" else lines),
        tuple(CoverageLine(one.dimension, one.outcomes, one.inside) for one in kept.coverage),
    )


def person_range(
    viewer: Scope,
    shown: CurrentSnapshot,
    person_id: int | None,
    cut: Cut = "person",
    period: str = "",
) -> RangeLine | None:
    """The range of one person, with `below` together with everybody below them, or with None of
    everybody; None where `kept_of` has none, and of what the viewer may not see."""
    kept = kept_of(shown, period)
    if kept is None or (person_id is None and not viewer.sees_all):
        return None
    cut = "all" if person_id is None else cut
    key, named = "all", ("all", "all")
    if person_id is not None:
        persons = visible_persons(viewer).filter(pk=person_id).values_list("uid", "name")
        key, named = str(person_id), next(((str(uid), name) for uid, name in persons), ("", ""))
    rows = (row for row in kept.groups if row["dimension"] == cut)
    found = next((row for row in rows if str(row["key"]) == key), None)
    return _line(cut, found, named) if found and named[0] else None


def account_range(shown: CurrentSnapshot, account_id: int, period: str = "") -> RangeLine | None:
    """The range of one account that the caller may see; None where `kept_of` has none.

    Drawn anew each time from what is kept: the same facts give the same range.
    """
    kept = kept_of(shown, period)
    if kept is None:
        return None
    business, parts = _business(shown, kept, account_id)
    drawn = simulate(business, kept.outlook, f"account:{account_id}")
    return RangeLine(
        "account", "", "", _money(drawn.p10), _money(drawn.p50), _money(drawn.p90),
        _filled(parts, drawn),
    )  # fmt: skip


def horizon_end(shown: CurrentSnapshot) -> date:
    """The last day that the ranges kept beside these results are of."""
    return files.read(shown.results).horizon.end


def account_coverage(shown: CurrentSnapshot) -> CoverageLine | None:
    """How many accounts' outcomes fell inside such ranges; None where nothing could be judged."""
    found = (one for one in files.read(shown.results).coverage if one.dimension == "account")
    return next((CoverageLine(one.dimension, one.outcomes, one.inside) for one in found), None)


def _business(
    shown: CurrentSnapshot, kept: files.Kept, account_id: int
) -> tuple[Business, dict[str, float]]:
    certain, booked, bought, since = _bought(shown, kept, account_id)
    deals = fetch(
        "SELECT CAST(amount AS DOUBLE), CAST(coalesce(probability, 0) AS DOUBLE)"
        f" FROM {table(shown.folder, 'opportunities')} WHERE account_id = $account"
        f" AND outcome = 'open' AND amount IS NOT NULL AND {closing_sql(kept)}",
        {"account": account_id, **closing(kept)},
    )
    amounts, odds = (np.array([deal[place] for deal in deals], float) for place in (0, 1))
    white = AccountResult.objects.filter(run__uid=shown.results_uid, account=account_id)
    whitespace = float(white.values_list("whitespace", flat=True).first() or 0)
    customer = since is not None
    days = np.array([since] if customer else [], np.int64)
    spent = np.array([bought] if customer else [])
    ahead = np.array([booked] if customer else [])
    multiple = kept.peers.multiple(np.full(len(days), whitespace), spent, days)
    first = 0.0 if customer else whitespace * kept.first_share
    business = Business(
        certain, Units(spent, days, ahead, multiple), amounts, odds, first, kept.first_size
    )
    weighted = float(np.round(amounts * odds, 4).sum())
    return business, {"certain": certain, "booked": booked, "weighted": weighted, "first": first}


def _bought(
    shown: CurrentSnapshot, kept: files.Kept, account_id: int
) -> tuple[float, float, float, int | None]:
    """Certain, booked and base amounts of the account, and days since it last bought."""
    known, horizon = kept.horizon.known, kept.horizon
    lines = shards(shown, shown.folder / "purchases", [account_id])
    ((certain, booked, bought, since),) = fetch(
        f"WITH rates AS (SELECT * FROM {table(shown.folder, 'rates')})"
        " SELECT coalesce(sum(converted) FILTER (WHERE date >= $begins AND date < $known), 0),"
        " coalesce(sum(converted) FILTER (WHERE date BETWEEN $first AND $last), 0),"
        " coalesce(sum(converted) FILTER (WHERE date >= $base AND date < $known), 0),"
        " date_diff('day', max(date) FILTER (WHERE date < $known), $known)"
        f" FROM ({converted_sql(lines)}) WHERE account_id = $account",
        {
            "account": account_id,
            "currency": shown.currency,
            "known": known,
            "first": horizon.start,
            "last": horizon.end,
            "begins": min(kept.begins, horizon.start),
            "base": known - timedelta(days=kept.base),
        },
    )
    return float(certain), float(booked), float(bought), since


def closing_sql(kept: files.Kept) -> str:
    """Which open opportunities are to close in a range's days: one that is overdue, or without a
    day, in those that come next."""
    if kept.horizon.ahead:
        return "close_on BETWEEN $first AND $last"
    return "(close_on IS NULL OR close_on <= $last)"


def closing(kept: files.Kept) -> dict[str, date]:
    """The parameters of `closing_sql`."""
    first = {"first": kept.horizon.start} if kept.horizon.ahead else {}
    return {**first, "last": kept.horizon.end}


def _labels(viewer: Scope, cut: Cut) -> dict[str, tuple[str, str]] | None:
    """The uid and name of each person that may be seen, by id as it was kept."""
    if cut not in PERSONS:
        return None
    persons = visible_persons(viewer).values_list("pk", "uid", "name")
    return {str(pk): (str(uid), name) for pk, uid, name in persons}


def _line(cut: Cut, row: dict[str, Any], named: tuple[str, str]) -> RangeLine:
    p10, p50, p90 = (_money(row[name]) for name in ("p10", "p50", "p90"))
    return RangeLine(cut, *named, p10, p50, p90, _parts(row))


def _parts(row: dict[str, Any]) -> Parts:
    names = ("certain", "booked", "continuing", "weighted", "first")
    return Parts(*(_money(row[name]) for name in names))


def _filled(parts: dict[str, float], drawn: Range) -> Parts:
    continuing = max(drawn.mean - sum(parts.values()), 0.0)
    return _parts({**parts, "continuing": continuing})


def _money(amount: float) -> Decimal:
    return Decimal(repr(amount)).quantize(STORED)
