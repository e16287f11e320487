"""Foretells ranges of revenue beside the results that everybody sees."""

from datetime import date
from typing import Any

import duckdb

from groundplan.engine.disk import folder_at_once
from groundplan.engine.purchases import convert_purchases
from groundplan.insight.ranges import files
from groundplan.kernel.periods import Period, covering, of_kind
from groundplan.kernel.progress import Progress, Silent
from groundplan.measures.ranges import (
    cover,
    foretell,
    foretell_quarters,
    horizon_of,
    known_until,
    quarters_of,
)
from groundplan.organisation.selectors import calendar
from groundplan.people.contracts import SYSTEM, Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.opening import open_snapshot
from groundplan.snapshots.selectors import current

RESULTS_READ = {
    "segment_products": "segment_products",
    "account_whitespace": "account_whitespace",
    "account_tiers": "tiers",
    "whitespace_totals": "whitespace_totals",
}


def ranges_foretell(progress: Progress | None = None, *, viewer: Scope = SYSTEM) -> dict[str, Any]:
    """Foretell the ranges of the results that are shown: the work of the job `ranges`.

    They appear in the folder of the results all at once. Returns a JSON object with the
    `results` and how many `groups` have a range; does nothing where it was done before.
    """
    told = progress or Silent()
    shown = current()
    if shown is None or not shown.results.is_dir() or files.is_there(shown.results):
        return {"results": str(shown.results_uid) if shown else "", "groups": 0}
    years = _years(shown)
    told.step("ranges", 0.0)
    connection = open_snapshot(shown)
    try:
        _open_results(connection, shown)
        horizon = horizon_of(known_until(connection, shown.as_of), years)
        if horizon is None:
            return {"results": str(shown.results_uid), "groups": 0}
        year_start = next(start for start, end in years if start <= horizon.start <= end)
        found = foretell(connection, horizon, year_start, told)
        covered = cover(connection, horizon, told)
    finally:
        connection.close()
    with folder_at_once(shown.results / files.FOLDER) as folder:
        files.write(folder, found, covered, year_start)
    told.step("done", 1.0)
    return {"results": str(shown.results_uid), "groups": len(found.groups)}


def quarters_foretell(
    progress: Progress | None = None, *, viewer: Scope = SYSTEM
) -> dict[str, Any]:
    """Foretell the quarter that runs and those that follow it: the work of the job `quarters`.

    It takes longer than the year's ranges and comes after them. Returns a JSON object with the
    `results` and the keys of the `quarters`; does nothing where it was done before.
    """
    told = progress or Silent()
    shown = current()
    if shown is None or not shown.results.is_dir() or files.quarters_kept(shown.results):
        return {"results": str(shown.results_uid) if shown else "", "quarters": []}
    told.step("ranges", 0.0)
    connection = open_snapshot(shown)
    try:
        _open_results(connection, shown)
        known = known_until(connection, shown.as_of)
        ahead = [one for one in _quarters(known) if one.ends_on >= known]
        horizons = quarters_of(known, [(one.starts_on, one.ends_on) for one in ahead])
        found = foretell_quarters(connection, horizons, ahead[0].starts_on, told)
    finally:
        connection.close()
    keys = [one.key for one in ahead[: len(found)]]
    if files.quarters_kept(shown.results):
        # Somebody else foretold them meanwhile: the same facts give the same ranges.
        return {"results": str(shown.results_uid), "quarters": keys}
    with folder_at_once(shown.results / files.QUARTERS) as folder:
        for quarter, (one, covered) in zip(ahead, found, strict=False):
            (folder / quarter.key).mkdir()
            files.write(folder / quarter.key, one, covered, quarter.starts_on)
    told.step("done", 1.0)
    return {"results": str(shown.results_uid), "quarters": keys}


def _open_results(connection: duckdb.DuckDBPyConnection, shown: CurrentSnapshot) -> None:
    convert_purchases(connection, shown.currency)
    for view, file in RESULTS_READ.items():
        quoted = str(shown.results / f"{file}.parquet").replace("'", "''")
        connection.execute(f"CREATE VIEW {view} AS FROM read_parquet('{quoted}')")


def _quarters(known: date) -> list[Period]:
    """The quarters of the fiscal year with that day and of the one after it."""
    cut = calendar()
    year = cut.fiscal_year_of(known)
    return of_kind([*cut.periods(year), *cut.periods(year + 1)], "quarter")


def _years(shown: CurrentSnapshot) -> list[tuple[date, date]]:
    """The fiscal year of the snapshot's last day and the one after it."""
    cut = calendar()
    this = covering(cut, shown.last_day, shown.last_day)[0]
    return [(one.starts_on, one.ends_on) for one in (this, cut.periods(this.fiscal_year + 1)[0])]
