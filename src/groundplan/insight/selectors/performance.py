"""Performance to goal for a viewer: by person, team, account or quarter, and where a year lands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from groundplan.book.selectors.labels import account_refs
from groundplan.insight.contracts import Amounts, LandingMonth, PerformanceRow, YearLanding
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.periods import Period, of_kind
from groundplan.organisation.selectors import calendar
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.selectors import current

from .quarters import account_quarters_sql
from .results import visible_ids
from .tables import fetch, small_table, table

By = Literal["owner", "team", "account", "quarter"]
AMOUNTS = "goal, recognised, backlog, weighted, open_amount"
MOST_ACCOUNTS = 500

Cells = Mapping[tuple[str, str], Amounts]
"""Amounts by (key of a row, key of a period)."""


def performance(
    viewer: Scope, *, by: By = "owner", periods: Sequence[str] = (), limit: int = MOST_ACCOUNTS
) -> tuple[PerformanceRow, ...]:
    """Rows for what the viewer covers, over fiscal `periods` (keys of quarters or years).

    Without periods the quarters of the fiscal year of the results. Persons and teams by name,
    accounts by forecast, at most `limit` of them, quarters in time. Credit goes to the person that
    a purchase or opportunity names, else to the account's owner; what nobody is credited with is
    shown to those who see all.
    """
    shown = current()
    if shown is None:
        return ()
    chosen = _periods(shown.last_day, periods)
    if by == "account":
        cells, labels = _by_account(viewer, shown, chosen, limit)
    else:
        cells, labels = _by_person(viewer, shown, chosen, by)
    if by == "quarter":
        return tuple(_quarter(cells, quarter, shown.last_day) for quarter in _quarters(chosen))
    # The calendar is read once, not for every row.
    parts = [(period, _quarters([period])) for period in chosen]
    rows = [_row(key, label, cells, parts, shown.last_day) for key, label in labels.items()]
    if by == "account":
        return tuple(sorted(rows, key=lambda row: (-row.total.forecast, row.label, row.key)))
    return tuple(sorted(rows, key=lambda row: (row.key == "", row.label, row.key)))


def year_lands(
    viewer: Scope, *, fiscal_year: int | None = None, person_id: int | None = None
) -> YearLanding | None:
    """The fiscal year by month for all that the viewer covers, or for one person among them.

    None before the first analysis. Running sums give the line: `so_far.actual` up to the day of
    the results, `so_far.forecast` beyond it.
    """
    shown = current()
    if shown is None:
        return None
    cut = calendar()
    year, *rest = cut.periods(fiscal_year or cut.fiscal_year_of(shown.last_day))
    covered = _covered(viewer)
    if person_id is not None:
        covered = {person_id: covered[person_id]} if person_id in covered else {}
    sums: defaultdict[str, list[Amounts]] = defaultdict(list)
    for owner, month, *amounts in small_table(
        shown.results, "performance_months", f"owner_id, month, {AMOUNTS}"
    ):
        if owner in covered:
            sums[month].append(Amounts(*amounts))
    months: list[LandingMonth] = []
    so_far = Amounts()
    for month in of_kind(rest, "month"):
        here = Amounts.total(sums[month.key])
        so_far = Amounts.total((so_far, here))
        months.append(LandingMonth(month.key, month.label, month.ends_on, here, so_far))
    elapsed = year.elapsed(shown.last_day)
    return YearLanding(year.key, year.label, shown.last_day, elapsed, tuple(months), so_far)


def _periods(day: date, keys: Sequence[str]) -> list[Period]:
    cut = calendar()
    if not keys:
        return of_kind(cut.periods(cut.fiscal_year_of(day)), "quarter")
    return [_period(key) for key in keys]


def _period(key: str) -> Period:
    year = key.removeprefix("FY")[:4]
    if year.isdigit() and 1 < int(year) < 9998:
        for period in calendar().periods(int(year)):
            if period.key == key and period.kind != "month":
                return period
    raise InvalidInput(f"There is no fiscal quarter or year {key}.", field="periods")


def _quarters(periods: Iterable[Period]) -> list[Period]:
    """The quarters that the periods consist of, in time and once each."""
    cut = calendar()
    found: dict[str, Period] = {}
    for period in periods:
        inside = [period]
        if period.kind == "year":
            inside = of_kind(cut.periods(period.fiscal_year), "quarter")
        found |= {quarter.key: quarter for quarter in inside}
    return sorted(found.values())


def _covered(viewer: Scope) -> dict[int | None, tuple[str, str, str, str]]:
    """Person id to (uid, name, team's uid, team's name) of those whose numbers the viewer sees."""
    persons = visible_persons(viewer).values_list("pk", "uid", "name", "team__uid", "team__name")
    found: dict[int | None, tuple[str, str, str, str]] = {
        pk: (str(uid), name, str(team or ""), team_name or "")
        for pk, uid, name, team, team_name in persons
    }
    if viewer.sees_all:
        found[None] = ("", "", "", "")
    return found


def _by_person(
    viewer: Scope, shown: CurrentSnapshot, periods: Sequence[Period], by: By
) -> tuple[Cells, dict[str, str]]:
    covered = _covered(viewer)
    place = 2 if by == "team" else 0
    wanted = {quarter.key for quarter in _quarters(periods)}
    sums: defaultdict[tuple[str, str], list[Amounts]] = defaultdict(list)
    labels: dict[str, str] = {}
    for owner, quarter, *amounts in small_table(
        shown.results, "performance", f"owner_id, quarter, {AMOUNTS}"
    ):
        if quarter in wanted and owner in covered:
            key = "" if by == "quarter" else covered[owner][place]
            labels[key] = covered[owner][place + 1]
            sums[key, quarter].append(Amounts(*amounts))
    return {cell: Amounts.total(parts) for cell, parts in sums.items()}, labels


def _by_account(
    viewer: Scope, shown: CurrentSnapshot, periods: Sequence[Period], limit: int
) -> tuple[Cells, dict[str, str]]:
    quarters = _quarters(periods)
    visible = visible_ids(viewer)
    parameters: dict[str, object] = {"quarters": [quarter.key for quarter in quarters]}
    seen = ""
    if visible is not None:
        seen = " AND account_id IN (SELECT UNNEST($visible::BIGINT[]))"
        parameters["visible"] = visible
    source = account_quarters_sql(shown)
    chosen = f"FROM {source} WHERE quarter IN (SELECT UNNEST($quarters)){seen}"
    best = fetch(
        f"SELECT account_id {chosen} GROUP BY account_id"
        f" ORDER BY SUM(recognised + backlog + weighted) DESC, account_id LIMIT {limit:d}",
        parameters,
    )
    ids = [account for (account,) in best]
    refs = account_refs(ids)
    rows = fetch(
        "SELECT account_id, quarter, SUM(recognised), SUM(backlog), SUM(weighted),"
        f" SUM(open_amount) FROM {source} WHERE quarter IN (SELECT UNNEST($quarters))"
        " AND account_id IN (SELECT UNNEST($ids::BIGINT[])) GROUP BY account_id, quarter",
        {"quarters": parameters["quarters"], "ids": ids},
    )
    cells = {(str(refs[account].uid), key): tuple(sums) for account, key, *sums in rows}
    goals = _account_goals(shown, ids, quarters)
    amounts = {
        (str(refs[account].uid), quarter.key): Amounts(
            goals.get((account, quarter.key), Amounts().goal),
            *cells.get((str(refs[account].uid), quarter.key), ()),
        )
        for account in ids
        for quarter in quarters
    }
    return amounts, {str(refs[account].uid): refs[account].name for account in ids}


def _account_goals(
    shown: CurrentSnapshot, ids: Sequence[int], quarters: Sequence[Period]
) -> dict[tuple[int, str], Any]:
    """Each account's goal for the year by quarter, in proportion to days as quotas are."""
    cut = calendar()
    goals: dict[tuple[int, str], Any] = {}
    for quarter in quarters:
        year = cut.periods(quarter.fiscal_year)[0]
        whole = "CAST(revenue_goal AS DECIMAL(28, 4))"
        rows = fetch(
            f"SELECT account_id, CAST(ROUND({whole} * $after / $days, 4)"
            f" - ROUND({whole} * $before / $days, 4) AS DECIMAL(18, 4))"
            f" FROM {table(shown.folder, 'accounts')} WHERE revenue_goal IS NOT NULL"
            " AND account_id IN (SELECT UNNEST($ids::BIGINT[]))",
            {
                "ids": list(ids),
                "days": year.days,
                "before": (quarter.starts_on - year.starts_on).days,
                "after": (quarter.ends_on - year.starts_on).days + 1,
            },
        )
        goals |= {(account, quarter.key): goal for account, goal in rows}
    return goals


def _row(
    key: str,
    label: str,
    cells: Cells,
    periods: Sequence[tuple[Period, Sequence[Period]]],
    day: date,
) -> PerformanceRow:
    """`periods` come with the quarters that each consists of."""
    parts = tuple(
        Amounts.total(cells.get((key, quarter.key), Amounts()) for quarter in quarters)
        for _, quarters in periods
    )
    elapsed = _elapsed([period for period, _ in periods], day)
    return PerformanceRow(key, label, Amounts.total(parts), parts, elapsed)


def _quarter(cells: Cells, quarter: Period, day: date) -> PerformanceRow:
    total = cells.get(("", quarter.key), Amounts())
    return PerformanceRow(quarter.key, quarter.label, total, (total,), quarter.elapsed(day))


def _elapsed(periods: Sequence[Period], day: date) -> float:
    """The share of the periods' days that is over."""
    days = sum(period.days for period in periods)
    return sum(period.elapsed(day) * period.days for period in periods) / days if days else 0.0
