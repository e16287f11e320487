"""Importing the workload, and publishing and analysing it, against plain grouping by DuckDB.

Imported only once Django is ready.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb

from groundplan.insight.services import analysis_run, old_results_remove
from groundplan.intake.mapping.toml import mapping_from_toml
from groundplan.intake.services import import_run
from groundplan.people.contracts import SYSTEM
from groundplan.snapshots.opening import account_purchases
from groundplan.snapshots.selectors import current
from groundplan.snapshots.services import snapshot_publish, snapshots_collect

from .measuring import Measured, forget_peak, peak_memory, percentile, seconds_of

HERE = Path(__file__).parent
IMPORTS = (
    ("users.csv", "products.csv"),
    ("accounts.csv",),
    ("contacts.csv",),
    ("opportunities.csv",),
    ("purchases.csv",),
)
HISTORIES = 50
GROUPING = "DuckDB groups purchases to account x product"
AMOUNT = "sum(amount)"
CELLS = (
    "min(date), max(date), max(date) FILTER (status = 'recognised'), count(*), sum(amount),"
    " sum(amount) FILTER (date >= DATE '2025-11-01'),"
    " sum(amount) FILTER (date >= DATE '2024-11-01' AND date < DATE '2025-11-01')"
)
"""What a footprint keeps of each cell, but for its first year: that takes a second pass."""


def measure_imports(folder: Path) -> list[Measured]:
    """Rows a second through the import that everybody uses, one kind of file after another."""
    whole = mapping_from_toml((HERE / "workload.toml").read_text(encoding="utf-8"))
    lines = []
    for names in IMPORTS:
        tables = tuple(table for table in whole.tables if table.file in names)
        imported = import_run(
            viewer=SYSTEM,
            source=whole.source,
            paths=[folder / name for name in names],
            mapping=replace(whole, tables=tables),
        )
        for table, count in imported.tables.items():
            speed = count.read / imported.seconds if imported.seconds else 0.0
            told = f"{count.accepted:,} of {count.read:,} rows, {speed:,.0f} rows/s"
            lines.append(Measured(f"import {table}", told))
    return lines


def measure_analysis(csv: Path | None = None) -> list[Measured]:
    """Publishing and analysing; yardsticks are taken before and after, the better ones count.

    Publishing is measured twice: as after an import of purchases, when they are summed, and as
    after an edit, when the last snapshot's sums are taken over.

    The yardstick sums the amounts of purchases as the layer keeps them, sorted and in columns,
    which is the hardest one. Told beside it: the same of what a footprint keeps of each cell, and,
    with `csv`, of the amounts as they stand in the file that was imported.
    """
    source = f"read_parquet('{snapshot_publish().folder}/purchases/*.parquet')"
    before = _yardsticks(source, csv)
    _, again, again_peak = _timed(snapshot_publish)
    with patch("groundplan.snapshots.building.link_last", return_value=None):
        published, publishing, publish_peak = _timed(snapshot_publish)
    _, analysing, peak = _timed(lambda: analysis_run(snapshot=published))
    _, tidying, _ = _timed(old_results_remove)
    after = _yardsticks(source, csv)
    best = {what: min(seconds, after[what]) for what, seconds in before.items()}
    yardstick = best[GROUPING]
    lines = [
        *(Measured(w, f"{took:.2f} s", f"{took / yardstick:.1f} x") for w, took in best.items()),
        _against(yardstick, "publish, with the footprint (budget 3 x)", publishing, publish_peak),
        _against(yardstick, "analyse what was published (budget 6 x, 4 GiB)", analysing, peak),
        *_both(best, publishing + analysing),
        _against(yardstick, "publish again, with the last sums", again, again_peak),
        _against(yardstick, "publish again and analyse", again + analysing, peak),
        Measured("remove the results before, once the new ones are seen", f"{tidying:.2f} s"),
        _histories(),
    ]
    snapshots_collect()
    return lines


def _yardsticks(source: str, csv: Path | None) -> dict[str, float]:
    """Seconds that DuckDB alone takes to group purchases, by what it groups."""
    found = {
        GROUPING: _grouped(source, "account_id, product_id", AMOUNT),
        f"{GROUPING}, with days, counts and years": _grouped(
            source, "account_id, product_id", CELLS
        ),
    }
    if csv is not None:
        file = f"read_csv('{csv}')"
        found[f"{GROUPING}, from the imported file"] = _grouped(
            file, "account_ext_id, product_ext_id", AMOUNT
        )
    return found


def _both(yardsticks: dict[str, float], seconds: float) -> list[Measured]:
    """Publishing and analysing against each yardstick."""
    return [
        Measured(
            what.replace(GROUPING, "publish and analyse (budget 5 x)", 1),
            f"{seconds:.2f} s",
            f"{seconds / yardstick:.1f} x",
        )
        for what, yardstick in yardsticks.items()
    ]


def _timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What `work` yields, the seconds that it took and the GiB that this process held at most."""
    forget_peak()
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start, peak_memory()


def _against(yardstick: float, what: str, seconds: float, peak: float) -> Measured:
    told = f"{seconds:.2f} s, {peak:.2f} GiB at most"
    return Measured(what, told, f"{seconds / yardstick:.1f} x")


def _grouped(source: str, by: str, sums: str) -> float:
    def group() -> None:
        with duckdb.connect() as connection:
            connection.execute(
                f"CREATE TEMP TABLE grouped AS SELECT {by}, {sums} FROM {source} GROUP BY {by}"
            )

    return min(seconds_of(group) for _ in range(3))


def _histories() -> Measured:
    shown = current()
    assert shown is not None
    account_purchases(shown, 1)
    times = [
        1000 * seconds_of(lambda account=account: account_purchases(shown, account))  # type: ignore[misc]
        for account in range(1, HISTORIES * 97, 97)
    ]
    told = f"p50 {percentile(times, 0.5):.1f} ms, p95 {percentile(times, 0.95):.1f} ms"
    return Measured("every purchase of one account", told)
