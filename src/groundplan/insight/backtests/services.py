"""Makes a back-test on the snapshot that everybody sees, at once or as a job."""

from datetime import date
from typing import Any
from uuid import UUID

import duckdb

from groundplan.engine.purchases import converted_sql
from groundplan.insight.deeds import BACKTEST
from groundplan.kernel import clock
from groundplan.kernel.errors import InvalidInput, NotAllowed
from groundplan.kernel.progress import Progress
from groundplan.measures.backtest import backtest
from groundplan.organisation.jobs import job_enqueue
from groundplan.people.contracts import SYSTEM, Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.opening import SHARDED, TABLES, open_snapshot
from groundplan.snapshots.selectors import current

from . import files
from .files import Kept
from .rules import told

MOST_MONTHS = 36
READ = ("purchases", "rates")
"""All of the snapshot that a back-test gets to see."""


def backtest_request(*, viewer: Scope, cutoff: date, months: int) -> UUID:
    """Have a worker make it; returns the job's uid.

    Raises NotAllowed, and InvalidInput for what can't be tested.
    """
    _may_run(viewer)
    _check(_shown(), cutoff, months)
    arguments = {"cutoff": cutoff.isoformat(), "months": months, "actor": viewer.actor}
    return job_enqueue(kind=BACKTEST, actor=viewer.actor, arguments=arguments).uid


def backtest_job(progress: Progress, *, cutoff: str, months: int, actor: str) -> dict[str, Any]:
    """The work of the job."""
    day = date.fromisoformat(cutoff)
    kept = backtest_run(viewer=SYSTEM, cutoff=day, months=months, progress=progress, actor=actor)
    return {"accounts": kept.told["accounts"], "verdict": kept.told["verdict"]}


def backtest_run(
    *,
    viewer: Scope,
    cutoff: date,
    months: int,
    progress: Progress | None = None,
    actor: str = "",
) -> Kept:
    """Make it now and keep what it found."""
    _may_run(viewer)
    shown = _shown()
    _check(shown, cutoff, months)
    connection = open_snapshot(shown)
    try:
        _restrict(connection, shown)
        found = backtest(connection, cutoff=cutoff, months=months, progress=progress)
    finally:
        connection.close()
    kept = Kept(
        snapshot=str(shown.uid),
        as_of=shown.as_of.isoformat(),
        ran_at=clock.now().isoformat(),
        actor=actor or viewer.actor,
        told=told(found),
    )
    files.write(kept)
    return kept


def _may_run(viewer: Scope) -> None:
    if not viewer.sees_all:
        raise NotAllowed("Only a leader or an administrator runs a back-test.")


def _shown() -> CurrentSnapshot:
    shown = current()
    if shown is None:
        raise InvalidInput(
            "There is nothing to test.", mend="First: groundplan import, then groundplan analyse."
        )
    return shown


def _check(shown: CurrentSnapshot, cutoff: date, months: int) -> None:
    if not 1 <= months <= MOST_MONTHS:
        raise InvalidInput(f"Choose from 1 to {MOST_MONTHS} months.", field="months")
    if cutoff >= shown.as_of:
        raise InvalidInput(
            f"There are no facts after {cutoff.isoformat()} to compare with.",
            field="cutoff",
            mend=f"Choose a day before {shown.as_of.isoformat()}.",
        )


def _restrict(connection: duckdb.DuckDBPyConnection, shown: CurrentSnapshot) -> None:
    """Leave the purchases alone, in one currency: what else is on file has no date."""
    for name in {*TABLES, *SHARDED} - {*READ}:
        connection.execute(f"DROP VIEW IF EXISTS {name}")
    home = shown.currency.replace("'", "''")
    select = converted_sql("purchases").replace("$currency", f"'{home}'")
    connection.execute(f"CREATE TEMP VIEW converted_purchases AS {select}")
