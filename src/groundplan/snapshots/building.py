"""Writes a snapshot's files: tables of the book, purchases, footprint, manifest."""

import json
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
from django.conf import settings

from groundplan.book.selectors.columns import last_won_on
from groundplan.engine.disk import ShardFile, kept
from groundplan.engine.duck import open_duckdb
from groundplan.engine.layers import ROW_GROUP, SHARD_SIZE, LayerManifest
from groundplan.engine.purchases import parquet_sql, standing, without_rate
from groundplan.engine.stages import run_stages
from groundplan.engine.sums.footprint import write_sums
from groundplan.engine.sums.revenue import Owners
from groundplan.intake.selectors import layers_held, purchase_layers
from groundplan.kernel.periods import Period
from groundplan.kernel.progress import Progress
from groundplan.kernel.steps import step
from groundplan.organisation.selectors import calendar, organisation, today
from groundplan.people.contracts import Scope

from . import rules, tables
from .instants import one_instant
from .loading import load_owners, load_stages, read_accounts, read_rest, register
from .purchasing import Site, days_bought, is_foreign, place_layers, place_won, summing_of
from .relinking import PURCHASES, digest_of, link_last, summed_of
from .selectors import MANIFEST

ACCOUNTS = ("latest_rates", "accounts")
STAGES = (
    "products",
    "persons",
    "opportunity_rates",
    "opportunities",
    "competitor_positions",
    "dated_quotas",
    "quotas",
)
KEPT = ("products", "persons", "opportunities", "competitor_positions", "quotas")

Placed: TypeAlias = tuple[LayerManifest, Future[list[ShardFile]]]
"""Purchases in their place, and the names of their files and of their sums' once those are done."""


def build(folder: Path, *, viewer: Scope, taken_at: datetime, progress: Progress) -> dict[str, Any]:
    """Fill the empty `folder` with the snapshot's files; returns its manifest."""
    scratch = Path(settings.GROUNDPLAN_HOME) / "scratch"
    with closing(open_duckdb(scratch=scratch)) as connection, ThreadPoolExecutor(3) as aside:
        # Layers that are replaced meanwhile keep their files until then.
        with layers_held(), one_instant() as other:
            # The other thread begins to read while this one finds out what is to be summed.
            touched, rest = read_accounts(viewer, today(), other), read_rest(viewer, other)
            site = _site(connection, folder, viewer, taken_at)
            progress.step("Reading accounts", 0.05)
            owners = load_owners(connection, viewer)
            digest = digest_of(site, owners)
            # Summing takes as long as reading the rest of the book, and neither needs the other
            # where there are order lines.
            placed = _place(site, owners, digest, aside)
            step("snapshot.purchases-placed")
            progress.step("Reading the book", 0.2)
            load_stages(connection)
            read = touched.tables()
            register(connection, read)
            accounts = aside.submit(_accounts, site, read, site.parameters)
            register(connection, rest.tables())
        progress.step("Writing tables", 0.5)
        run_stages(connection, tables.__name__, STAGES, site.parameters)
        if placed is None:
            placed = _sums(site, place_won(site), owners, aside)
        purchases, sums = placed
        written = _tables(site, purchases, aside)
        progress.step("Summing purchases", 0.7)
        files = [accounts.result(), *(one.result() for one in written), *sums.result()]
        manifest = _manifest(site, files, _excluded(site, purchases))
        manifest["summed"] = summed_of(purchases, digest)
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return manifest


def _site(
    connection: duckdb.DuckDBPyConnection, folder: Path, viewer: Scope, taken_at: datetime
) -> Site:
    every = tuple(purchase_layers())
    kept = standing([one.layer for one in every])
    layers = tuple(one for one in every if one.layer in kept)
    days = [layer.manifest.last_on for layer in kept]
    if not any(rules.is_recent(today(), day) for day in days):
        # Only then does it matter when an opportunity was last won, which takes a look at all.
        days.append(last_won_on(viewer))
    last = max((day for day in days if day is not None), default=None)
    as_of = rules.as_of(today(), last)
    return Site(connection, folder, layers, as_of, taken_at, organisation().currency)


def _place(site: Site, owners: Owners, digest: str, aside: ThreadPoolExecutor) -> Placed | None:
    """Order lines in their place, summed now or before; None where there are none."""
    linked = link_last(site, digest)
    if linked:
        return linked.purchases, aside.submit(lambda: linked.files)
    return _sums(site, place_layers(site, owners), owners, aside) if site.layers else None


def _sums(
    site: Site, purchases: LayerManifest, owners: Owners, aside: ThreadPoolExecutor
) -> Placed:
    how = summing_of(site, purchases, owners)
    cursor = site.connection.cursor()
    bought = [replace(file, path=f"{PURCHASES}/{file.path}") for file in purchases.files]
    return purchases, aside.submit(lambda: [*bought, *write_sums(cursor, site.folder, how)])


def _accounts(site: Site, read: Mapping[str, Any], parameters: Mapping[str, object]) -> ShardFile:
    """Accounts need no other table than these: they are written while others are read."""
    with site.connection.cursor() as cursor:
        register(cursor, read)
        run_stages(cursor, tables.__name__, ACCOUNTS, parameters)
        path, rows = _copied(cursor, site, "accounts")
    return kept(path, path.name, rows)


def _tables(
    site: Site, purchases: LayerManifest, aside: ThreadPoolExecutor
) -> list[Future[ShardFile]]:
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
    return [_write(site, name, aside) for name in (*KEPT, "periods", "rates")]


def _write(site: Site, name: str, aside: ThreadPoolExecutor) -> Future[ShardFile]:
    path, rows = _copied(site.connection, site, name)
    return aside.submit(kept, path, path.name, rows)


def _copied(cursor: duckdb.DuckDBPyConnection, site: Site, name: str) -> tuple[Path, int]:
    path = site.folder / f"{name}.parquet"
    quoted = str(path).replace("'", "''")
    [(rows,)] = cursor.execute(
        f"COPY (FROM {name}) TO '{quoted}' (FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP})"
    ).fetchall()
    return path, rows


def _periods(site: Site, purchases: LayerManifest) -> list[Period]:
    [found] = site.connection.execute(
        "SELECT least(min(opened_on), min(close_on), min(closed_on)), "
        "greatest(max(opened_on), max(close_on), max(closed_on)), "
        "(SELECT min(period_start) FROM quotas), (SELECT max(period_end) FROM quotas) "
        "FROM opportunities"
    ).fetchall()
    days = [*found, *days_bought(site, purchases)]
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
    if is_foreign(site, purchases):
        relation = parquet_sql(site.folder / "purchases")
        bought = without_rate(site.connection, relation, site.currency)
    return {"purchases": bought, "opportunities": deals}


def _manifest(site: Site, files: list[ShardFile], excluded: dict[str, Any]) -> dict[str, Any]:
    sources = [
        {"source": one.source, "run": one.run_uid, "rows": one.layer.manifest.rows}
        for one in site.layers
    ]
    return {
        "as_of": site.as_of.isoformat(),
        "taken_at": site.taken_at.isoformat(),
        "currency": site.currency,
        "shard_size": SHARD_SIZE,
        "purchases_from": "layers" if site.layers else "opportunities",
        "sources": sources,
        "excluded": excluded,
        "files": [asdict(file) for file in files],
    }
