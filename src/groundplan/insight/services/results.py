"""Rows for the lists: written and removed in transactions that keep nobody waiting."""

import shutil
from pathlib import Path

import duckdb
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Min

from groundplan.insight.models import AccountResult, AnalysisRun
from groundplan.kernel.progress import Progress
from groundplan.organisation.bulk import rows_insert
from groundplan.snapshots.locking import publishing
from groundplan.snapshots.selectors import current

BATCH = 4_000
"""Rows a transaction: written in well under a tenth of a second."""

COLUMNS = (
    "run_id",
    "account_id",
    "tier",
    "score",
    "segment",
    "owned_products",
    "revenue_12m",
    "revenue_prior_12m",
    "recognised",
    "backlog",
    "weighted",
    "whitespace",
    "expected",
    "goal",
    "last_purchase_on",
)


def account_results_write(
    results: duckdb.DuckDBPyConnection, run_id: int, progress: Progress
) -> int:
    """Copy the table `account_rows` of `results` into the database for run `run_id`.

    In order of accounts, so that the index of (run, account) grows at its end; in one short
    transaction a batch, so that other writers get their turn. Returns how many.
    """
    counted = results.execute("SELECT COUNT(*) FROM account_rows").fetchone()
    total = counted[0] if counted else 0
    reading = results.execute(f"SELECT {run_id:d}, * FROM account_rows")
    written = 0
    while rows := reading.fetchmany(BATCH):
        with transaction.atomic():
            rows_insert(AccountResult, COLUMNS, [rows])
        written += len(rows)
        progress.step("results", 0.7 + 0.25 * written / total)
    return written


def old_results_remove() -> int:
    """Remove rows of runs that nobody sees any more, and what killed runs left; returns how many.

    Called by whoever alone may analyse. The tables of a run stay as long as its snapshot, so that
    its numbers can still be explained.
    """
    shown = current()
    gone = AnalysisRun.objects.all()
    if shown is not None:
        gone = gone.exclude(uid=shown.results_uid)
    removed = 0
    for run in gone.order_by("pk"):
        removed += _rows_remove(run.pk)
        if run.finished_at is None:
            run.delete()
    unnamed_results_remove()
    return removed


def leftovers_remove() -> None:
    """Remove what killed analyses left, unless one is under way, which does so itself."""
    with publishing(Path(settings.GROUNDPLAN_HOME) / "results", wait=False) as alone:
        if alone:
            old_results_remove()


def _rows_remove(run_id: int) -> int:
    rows = AccountResult.objects.filter(run_id=run_id)
    ends = rows.aggregate(first=Min("account_id"), last=Max("account_id"))
    if ends["first"] is None:
        return 0
    removed = 0
    for start in range(ends["first"], ends["last"] + 1, BATCH):
        batch = rows.filter(account_id__gte=start, account_id__lt=start + BATCH)
        with transaction.atomic():
            removed += batch.delete()[0]
    return removed


def unnamed_results_remove() -> None:
    """Remove folders of results that no run names: their snapshot went, or their writer was killed.

    Whoever analyses holds the lock, so none of them is somebody's work under way.
    """
    folder = Path(settings.GROUNDPLAN_HOME) / "results"
    if not folder.is_dir():
        return
    named = {str(uid) for uid in AnalysisRun.objects.values_list("uid", flat=True)}
    for path in folder.iterdir():
        if path.is_dir() and path.name not in named:
            shutil.rmtree(path, ignore_errors=True)
