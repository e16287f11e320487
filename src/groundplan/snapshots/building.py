"""Writes a snapshot's files: tables of the book, purchases, footprint, manifest."""

import json
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from django.conf import settings

from groundplan.book.selectors.columns import last_won_on, merged_accounts
from groundplan.engine.disk import sha256_of
from groundplan.engine.duck import open_duckdb
from groundplan.engine.footprint import Footprints, write_footprint
from groundplan.engine.layers import (
    ROW_GROUP,
    SHARD_SIZE,
    LayerManifest,
    ShardFile,
    link_layer,
    write_layer,
)
from groundplan.engine.purchases import (
    effective_sql,
    parquet_sql,
    standing,
    untouched,
    without_rate,
)
from groundplan.engine.stages import run_stages
from groundplan.intake.selectors import LayerOfPurchases, purchase_layers
from groundplan.kernel.periods import Period
from groundplan.kernel.progress import Progress
from groundplan.kernel.steps import step
from groundplan.organisation.selectors import calendar, organisation, today
from groundplan.people.contracts import Scope

from . import rules, tables
from .loading import load_accounts, load_rest
from .reading import one_instant
from .selectors import MANIFEST

STAGES = (
    "latest_rates",
    "accounts",
    "products",
    "persons",
    "opportunity_rates",
    "opportunities",
    "competitor_positions",
    "dated_quotas",
    "quotas",
)
KEPT = ("accounts", "products", "persons", "opportunities", "competitor_positions", "quotas")


@dataclass(frozen=True, slots=True)
class Site:
    """Where a snapshot is being built, from what and for which day."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    layers: tuple[LayerOfPurchases, ...]
    as_of: date
    currency: str

    @property
    def parameters(self) -> dict[str, object]:
        return {"as_of": self.as_of, "currency": self.currency, "today": today()}


def build(folder: Path, *, viewer: Scope, taken_at: datetime, progress: Progress) -> dict[str, Any]:
    """Fill the empty `folder` with the snapshot's files; returns its manifest."""
    scratch = Path(settings.GROUNDPLAN_HOME) / "scratch"
    with closing(open_duckdb(scratch=scratch)) as connection, ThreadPoolExecutor(1) as aside:
        with one_instant():
            site = _site(connection, folder, viewer)
            progress.step("Reading accounts", 0.05)
            load_accounts(connection, viewer)
            # The footprint takes as long as reading the rest of the book, and neither needs the
            # other where there are order lines.
            bought = _from_layers(site, aside) if site.layers else None
            step("snapshot.purchases-placed")
            progress.step("Reading the book", 0.2)
            load_rest(connection, viewer, today())
        progress.step("Writing tables", 0.5)
        run_stages(connection, tables.__name__, STAGES, site.parameters)
        purchases, footprint = bought or _from_won(site, aside)
        files = _tables(site, purchases)
        progress.step("Summing purchases", 0.7)
        files += _named("purchases", purchases.files) + _named("footprint", footprint.result())
        manifest = _manifest(site, taken_at, files, _excluded(site, purchases))
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return manifest


def _site(connection: duckdb.DuckDBPyConnection, folder: Path, viewer: Scope) -> Site:
    every = tuple(purchase_layers())
    kept = standing([one.layer for one in every])
    layers = tuple(one for one in every if one.layer in kept)
    days = [layer.manifest.last_on for layer in kept] + [last_won_on(viewer)]
    last = max((day for day in days if day is not None), default=None)
    return Site(connection, folder, layers, rules.as_of(today(), last), organisation().currency)


def _from_layers(
    site: Site, aside: ThreadPoolExecutor
) -> tuple[LayerManifest, "Future[list[ShardFile]]"]:
    """Put the purchases that hold in place and start to sum them."""
    layers = [one.layer for one in site.layers]
    target = site.folder / "purchases"
    if untouched(layers) and not _strays(site, layers[0].folder):
        target.mkdir()
        manifest = layers[0].manifest
        link_layer(layers[0].folder, target, manifest.files)
    else:
        rows = (
            f"SELECT * FROM ({effective_sql(layers, merged_accounts())}) AS holding "
            "WHERE account_id IN (SELECT account_id FROM book_accounts)"
        )
        manifest = write_layer(site.connection, rows, target)
    return manifest, _footprint(site, manifest, aside)


def _from_won(
    site: Site, aside: ThreadPoolExecutor
) -> tuple[LayerManifest, "Future[list[ShardFile]]"]:
    """Won opportunities stand in where nobody has order lines."""
    run_stages(site.connection, tables.__name__, ["won_purchases"])
    manifest = write_layer(site.connection, "won_purchases", site.folder / "purchases")
    return manifest, _footprint(site, manifest, aside)


def _strays(site: Site, folder: Path) -> bool:
    """Whether a layer has purchases of accounts that were archived or merged since."""
    found = site.connection.execute(
        f"SELECT 1 FROM (SELECT DISTINCT account_id FROM {parquet_sql(folder)}) AS bought "
        "ANTI JOIN book_accounts AS held ON held.account_id = bought.account_id LIMIT 1"
    )
    return bool(found.fetchall())


def _footprint(
    site: Site, manifest: LayerManifest, aside: ThreadPoolExecutor
) -> "Future[list[ShardFile]]":
    how = Footprints(site.as_of, site.currency, _foreign(site, manifest))
    cursor = site.connection.cursor()
    source, target = site.folder / "purchases", site.folder / "footprint"
    return aside.submit(write_footprint, cursor, source, target, how)


def _foreign(site: Site, manifest: LayerManifest) -> bool:
    return not set(manifest.currencies) <= {"", site.currency}


def _tables(site: Site, purchases: LayerManifest) -> list[ShardFile]:
    found = _periods(site, purchases)
    rows = [
        {
            "key": period.key,
            "kind": period.kind,
            "fiscal_year": period.fiscal_year,
            "number": period.number,
            "starts_on": period.starts_on,
            "ends_on": period.ends_on,
        }
        for period in found
    ]
    site.connection.register("periods", pa.Table.from_pylist(rows))
    return [_write(site, name) for name in (*KEPT, "periods", "rates")]


def _write(site: Site, name: str) -> ShardFile:
    path = site.folder / f"{name}.parquet"
    quoted = str(path).replace("'", "''")
    [(rows,)] = site.connection.execute(
        f"COPY (FROM {name}) TO '{quoted}' (FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP})"
    ).fetchall()
    return ShardFile(path.name, sha256_of(path), rows)


def _periods(site: Site, purchases: LayerManifest) -> list[Period]:
    [found] = site.connection.execute(
        "SELECT least(min(opened_on), min(close_on), min(closed_on)), "
        "greatest(max(opened_on), max(close_on), max(closed_on)), "
        "(SELECT min(period_start) FROM quotas), (SELECT max(period_end) FROM quotas) "
        "FROM opportunities"
    ).fetchall()
    days = [*found, purchases.first_on, purchases.last_on]
    return rules.periods(calendar(), site.as_of, [day for day in days if day is not None])


def _excluded(site: Site, purchases: LayerManifest) -> dict[str, Any]:
    """What no number can count, by currency: there is no rate on its day."""
    rows = site.connection.execute(
        "SELECT raw.currency, count(*), CAST(sum(raw.amount) AS VARCHAR) "
        "FROM book_opportunities AS raw JOIN opportunities AS kept USING (opportunity_id) "
        "WHERE raw.amount IS NOT NULL AND kept.amount IS NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    deals = {code: {"rows": count, "amount": amount} for code, count, amount in rows}
    bought: dict[str, dict[str, object]] = {}
    if _foreign(site, purchases):
        relation = parquet_sql(site.folder / "purchases")
        bought = without_rate(site.connection, relation, site.currency)
    return {"purchases": bought, "opportunities": deals}


def _named(folder: str, files: list[ShardFile] | tuple[ShardFile, ...]) -> list[ShardFile]:
    return [ShardFile(f"{folder}/{file.path}", file.sha256, file.rows) for file in files]


def _manifest(
    site: Site, taken_at: datetime, files: list[ShardFile], excluded: dict[str, Any]
) -> dict[str, Any]:
    sources = [
        {"source": one.source, "run": one.run_uid, "rows": one.layer.manifest.rows}
        for one in site.layers
    ]
    return {
        "as_of": site.as_of.isoformat(),
        "taken_at": taken_at.isoformat(),
        "currency": site.currency,
        "shard_size": SHARD_SIZE,
        "purchases_from": "layers" if site.layers else "opportunities",
        "sources": sources,
        "excluded": excluded,
        "files": [asdict(file) for file in files],
    }
