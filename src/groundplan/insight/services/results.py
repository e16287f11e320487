"""Rows for the lists: written and removed in transactions that keep nobody waiting."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Min

from groundplan.database.bulk import table_of
from groundplan.database.sqlite.records import Query
from groundplan.database.staging import Staged, staging
from groundplan.insight.models import AccountResult, AnalysisRun
from groundplan.kernel.progress import Progress
from groundplan.snapshots.locking import publishing
from groundplan.snapshots.selectors import current

BATCH = 12_000
"""Rows a transaction: written in about a tenth of a second. Every batch touches all of the index
by expected revenue, so smaller ones cost half as much again."""


def account_results_write(found: Query, run_id: int, progress: Progress, folder: Path) -> int:
    """Write the rows `found`, one an account in their order, for run `run_id`; returns how many.

    They are made ready in `folder`, since binding values takes longer than writing rows. In order
    of accounts, so that the index of (run, account) grows at its end; in one short transaction a
    batch, so that other writers get their turn.
    """
    with staging(folder) as place:
        staged = place.table(AccountResult, found)
        with place.attached():
            for start in range(0, staged.rows, BATCH):
                with transaction.atomic():
                    _insert(staged, run_id, start)
                progress.step("results", 0.7 + 0.25 * start / staged.rows)
    return staged.rows


def _insert(staged: Staged, run_id: int, start: int) -> None:
    columns = ", ".join(f'"{name}"' for name in staged.columns[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table_of(AccountResult)}" (run_id, {columns})'
            f" SELECT %s, {columns} FROM {staged.relation}"
            " WHERE id >= %s AND id < %s ORDER BY id",
            [run_id, start, start + BATCH],
        )


def old_results_remove() -> int:
    """Remove rows of runs that nobody sees any more, and what killed runs left; returns how many.

    Called by whoever alone may analyse. The tables of a run stay as long as its snapshot, so that
    its numbers can still be explained.
    """
    shown = current()
    seen = (
        AnalysisRun.objects.filter(uid=shown.results_uid) if shown else AnalysisRun.objects.none()
    )
    seen_id = seen.values_list("pk", flat=True).first()
    removed = sum(_rows_remove(run_id) for run_id in _runs_with_rows() if run_id != seen_id)
    AnalysisRun.objects.filter(finished_at=None).exclude(pk__in=seen).delete()
    unnamed_results_remove()
    return removed


def _runs_with_rows() -> Iterator[int]:
    """Found by the rows, not the runs: a run goes with its snapshot, its rows don't go with it."""
    last = 0
    while True:
        rows = AccountResult.objects.filter(run_id__gt=last)
        last = rows.aggregate(first=Min("run_id"))["first"]
        if last is None:
            return
        yield last


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
