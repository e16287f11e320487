"""Importing the workload, and publishing and analysing it, against plain grouping by DuckDB.

Imported only once Django is ready.
"""

from dataclasses import replace
from pathlib import Path

import duckdb

from groundplan.insight.services import analyse
from groundplan.intake.mapping.toml import mapping_from_toml
from groundplan.intake.services import import_run
from groundplan.people.contracts import SYSTEM
from groundplan.snapshots.opening import account_purchases
from groundplan.snapshots.selectors import current
from groundplan.snapshots.services import snapshot_publish

from .measuring import Measured, percentile, seconds_of

HERE = Path(__file__).parent
IMPORTS = (
    ("users.csv", "products.csv"),
    ("accounts.csv",),
    ("contacts.csv",),
    ("opportunities.csv",),
    ("purchases.csv",),
)
HISTORIES = 50


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
    """Publishing and analysing; the yardstick is taken before and after, the better one counts.

    It groups the purchases as the layer keeps them, sorted and in columns, which is the harder
    yardstick; with `csv`, the same from the file that was imported is told beside it.
    """
    published = snapshot_publish()
    source = f"read_parquet('{published.folder}/purchases/*.parquet')"
    before = _grouped(source, "account_id, product_id")
    publishing = seconds_of(snapshot_publish)
    whole = seconds_of(analyse)
    yardstick = min(before, _grouped(source, "account_id, product_id"))
    grouping = "DuckDB groups purchases to account x product"
    from_file: list[Measured] = []
    if csv is not None:
        file = _grouped(f"read_csv('{csv}')", "account_ext_id, product_ext_id")
        told = f"{file / yardstick:.1f} x"
        from_file = [Measured(f"{grouping}, from the imported file", f"{file:.2f} s", told)]
    return [
        Measured(grouping, f"{yardstick:.2f} s", "1.0 x"),
        *from_file,
        Measured("publish", f"{publishing:.2f} s", f"{publishing / yardstick:.1f} x"),
        Measured("publish and analyse", f"{whole:.2f} s", f"{whole / yardstick:.1f} x"),
        _histories(),
    ]


def _grouped(source: str, by: str) -> float:
    def group() -> None:
        with duckdb.connect() as connection:
            connection.execute(
                f"CREATE TEMP TABLE grouped AS SELECT {by}, sum(amount) AS amount "
                f"FROM {source} GROUP BY {by}"
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
