"""Runs the measures on a snapshot and shows everybody the results at once."""

from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings

from groundplan.book.selectors.naming import product_names
from groundplan.engine.disk import folder_at_once
from groundplan.engine.owned import read_owned
from groundplan.insight.models import AnalysisRun, Characteristic, InsightSettings
from groundplan.insight.running import (
    Asked,
    Found,
    OrderAside,
    account_range,
    account_rows,
    measure,
    measure_totals,
    write_tables,
)
from groundplan.kernel import clock
from groundplan.kernel.ids import uuid7
from groundplan.kernel.progress import Progress, Silent
from groundplan.kernel.steps import step
from groundplan.measures.ordering import OrderChoice
from groundplan.measures.segments import CandidateScore
from groundplan.measures.tiers import Characteristic as Rule
from groundplan.people.contracts import SYSTEM, Scope
from groundplan.snapshots.contracts import PublishedSnapshot
from groundplan.snapshots.locking import publishing
from groundplan.snapshots.opening import SHARDED, TABLES, open_snapshot, require
from groundplan.snapshots.services import pointer_move, snapshot_publish, snapshots_collect

from .results import account_results_write, old_results_remove, unnamed_results_remove

RESULTS = "results"


def analyse(progress: Progress | None = None, *, viewer: Scope = SYSTEM) -> dict[str, Any]:
    """Publish the facts as they are now and analyse them: the work of the job `analyse`.

    Returns a JSON object with `snapshot`, `results` and `accounts`. What everybody saw stays
    until all of it is complete.
    """
    told = progress or Silent()
    # One at a time: an analysis that began earlier must not show its older snapshot last.
    with publishing(Path(settings.GROUNDPLAN_HOME) / RESULTS, wait=True):
        snapshot = snapshot_publish(viewer=viewer, progress=told)
        run = analysis_run(snapshot=snapshot, progress=told, viewer=viewer)
        # Everybody sees the new results by now: nobody waits for the old ones to go.
        old_results_remove()
        snapshots_collect(viewer=viewer)
        unnamed_results_remove()
    return {
        "snapshot": str(snapshot.uid),
        "results": str(run.uid),
        "accounts": run.summary["accounts"],
    }


def analysis_run(
    *, snapshot: PublishedSnapshot, progress: Progress | None = None, viewer: Scope = SYSTEM
) -> AnalysisRun:
    """Run the measures on `snapshot` with the parameters in force, keep and show the results.

    Tables go to a folder that appears whole, rows for the lists in short transactions; nobody
    sees either before the pointer moves. Killed at any step it leaves what was shown before.
    """
    told = progress or Silent()
    home = Path(settings.GROUNDPLAN_HOME)
    uid, started_at = uuid7(), clock.now()
    folder = home / RESULTS / str(uid)
    asked = _asked(snapshot)
    run = AnalysisRun(
        uid=uid, snapshot_id=snapshot.snapshot_id, started_at=started_at, folder=f"{RESULTS}/{uid}"
    )
    with closing(open_snapshot(snapshot)) as connection:
        require(connection, (*TABLES, *SHARDED))
        owned, before = read_owned(connection), _order_before()
        with OrderAside(connection, owned, as_of=asked.as_of, before=before) as order:
            found = measure(connection, owned, asked, order, told)
            told.step("results", 0.7)
            run.parameters, run.summary = _parameters(asked, found), _summary(found)
            run.save()
            step("analysis.run-recorded")
            _keep((connection, order, snapshot.shard_size), run, folder, told)
    step("analysis.tables-written")
    run.finished_at = clock.now()
    run.save(update_fields=["finished_at"])
    pointer_move(snapshot=snapshot, results_uid=uid, viewer=viewer)
    told.step("done", 1.0)
    return run


def _keep(
    left: tuple[duckdb.DuckDBPyConnection, OrderAside, int],
    run: AnalysisRun,
    folder: Path,
    told: Progress,
) -> None:
    """Write rows, tables and the order, each by a thread: they go through the database's driver,
    DuckDB and a second connection of it."""
    connection, order, shard_size = left
    rows, accounts = account_rows(connection), account_range(connection)
    with (
        closing(rows.connection),
        folder_at_once(folder) as partial,
        ThreadPoolExecutor(1) as aside,
    ):
        writing = [
            order.write(partial, accounts, shard_size),
            aside.submit(_keep_tables, connection, partial),
        ]
        try:
            account_results_write(rows, run.pk, told, partial)
            step("analysis.rows-written")
        finally:
            # Whatever happens, nobody may write into a folder that is being removed.
            wait(writing)
        for each in writing:
            each.result()


def _keep_tables(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    measure_totals(connection)
    write_tables(connection, folder)


def _asked(snapshot: PublishedSnapshot) -> Asked:
    chosen = InsightSettings.objects.filter(pk=1).first() or InsightSettings(pk=1)
    products = {str(product.uid): pk for pk, product in product_names().items()}
    rules = tuple(
        Rule(
            row.name,
            row.attribute,
            row.operator,
            _value(row.operator, row.value, products),
            row.weight,
        )
        for row in Characteristic.objects.filter(active=True)
    )
    return Asked(
        as_of=snapshot.as_of,
        last_day=snapshot.last_day,
        currency=snapshot.currency,
        segment_by=tuple(chosen.segment_by),
        characteristics=rules,
        tier_by="count" if chosen.tier_by == "count" else "score",
        a_from=chosen.tier_a_from,
        b_from=chosen.tier_b_from,
    )


def _order_before() -> OrderChoice | None:
    """What the latest run chose; its recipe stands while facts have hardly changed since."""
    summary = (
        AnalysisRun.objects.exclude(finished_at=None)
        .order_by("-started_at")
        .values_list("summary", flat=True)
        .first()
    )
    known = (summary or {}).get("order")
    return OrderChoice.of_json(known) if known else None


def _value(operator: str, value: Any, products: dict[str, int]) -> Any:
    """Products are kept by their address and measured by their number."""
    if operator != "owns_product":
        return value
    return [products.get(str(one), one) for one in value or ()]


def _parameters(asked: Asked, found: Found) -> dict[str, Any]:
    return {
        "as_of": asked.as_of.isoformat(),
        "currency": asked.currency,
        "segment_by": list(asked.segment_by),
        "characteristics": [asdict(rule) for rule in found.tiering.characteristics],
        "default_characteristics": found.tiering.is_default,
        "thresholds": asdict(found.tiering.thresholds),
    }


def _summary(found: Found) -> dict[str, Any]:
    choice = found.segments
    return {
        "accounts": found.accounts,
        "tiers": found.tiers,
        "whitespace": str(found.whitespace),
        "segments": {
            "attributes": list(choice.chosen.attributes),
            "automatic": choice.automatic,
            "strength": choice.strength,
            "gain": choice.gain,
            "tried": [_tried(score) for score in choice.scores],
        },
        "exposure": {
            "window_from": found.exposure.window.starts_on.isoformat(),
            "months": found.exposure.window.months,
            "hazard": found.exposure.hazard,
        },
        "order": asdict(found.order),
    }


def _tried(score: CandidateScore) -> dict[str, Any]:
    return {
        "attributes": list(score.candidate.attributes),
        "segments": score.segments,
        "log_likelihood": score.log_likelihood,
        "adopted": int(score.adopted or 0),
        "exposed": int(score.exposed or 0),
        "strength": score.strength,
    }
