"""Puts the purchases that hold into a snapshot and sums them."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.parquet as pq

from groundplan.book.selectors.columns import merged_accounts
from groundplan.engine.layers import LayerManifest, link_layer, write_layer
from groundplan.engine.purchases import effective_sql, parquet_sql, untouched
from groundplan.engine.stages import run_stages
from groundplan.engine.sums.footprint import Summing
from groundplan.engine.sums.revenue import ELSEWHERE, FiscalDays, Owners
from groundplan.intake.selectors import LayerOfPurchases
from groundplan.organisation.selectors import calendar, today

from . import rules, tables
from .contracts import last_day


@dataclass(frozen=True, slots=True)
class Site:
    """Where a snapshot is being built, from what and for which day."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    layers: tuple[LayerOfPurchases, ...]
    as_of: date
    taken_at: datetime
    currency: str

    @property
    def parameters(self) -> dict[str, object]:
        return {"as_of": self.as_of, "currency": self.currency, "today": today()}


def place_layers(site: Site, owners: Owners) -> LayerManifest:
    """Put the order lines that hold in place; a layer that holds as it is gets a second name."""
    layers = [one.layer for one in site.layers]
    target = site.folder / "purchases"
    if untouched(layers) and not _has_strays(layers[0].folder, owners):
        target.mkdir()
        manifest = layers[0].manifest
        link_layer(layers[0].folder, target, manifest.files)
        return manifest
    rows = (
        f"SELECT * FROM ({effective_sql(layers, merged_accounts())}) AS holding "
        "WHERE account_id IN (SELECT account_id FROM book_owners)"
    )
    return write_layer(site.connection, rows, target)


def place_won(site: Site) -> LayerManifest:
    """Won opportunities stand in where nobody has order lines; reads the book's tables."""
    run_stages(site.connection, tables.__name__, ["won_purchases"])
    return write_layer(site.connection, "won_purchases", site.folder / "purchases")


def summing_of(site: Site, purchases: LayerManifest, owners: Owners) -> Summing:
    """How the purchases are to be summed."""
    cut = calendar()
    periods = rules.periods(cut, site.as_of, days_bought(site, purchases))
    return Summing(
        as_of=site.as_of,
        currency=site.currency,
        foreign=is_foreign(site, purchases),
        days=FiscalDays.of(periods),
        owners=owners,
        fiscal_year=cut.fiscal_year_of(last_day(site.as_of, site.taken_at)),
    )


def is_foreign(site: Site, manifest: LayerManifest) -> bool:
    """Whether something was bought in another currency than the organisation's."""
    return not set(manifest.currencies) <= {"", site.currency}


def days_bought(site: Site, purchases: LayerManifest) -> list[date]:
    """The first and the last day of purchases that can get a period.

    One mistyped year must not take the periods of all the others.
    """
    earliest, latest = rules.reach(site.as_of)
    days = [day for day in (purchases.first_on, purchases.last_on) if day is not None]
    if all(earliest <= day <= latest for day in days):
        return days
    with site.connection.cursor() as cursor:
        [found] = cursor.execute(
            f"SELECT min(date), max(date) FROM {parquet_sql(site.folder / 'purchases')} "
            "WHERE date BETWEEN $earliest AND $latest",
            {"earliest": earliest, "latest": latest},
        ).fetchall()
    return [day for day in found if day is not None]


def _has_strays(folder: Path, owners: Owners) -> bool:
    """Whether a layer has purchases of accounts that were archived or merged since."""
    for path in sorted(folder.glob("*.parquet")):
        account = pq.read_table(path, columns=["account_id"])["account_id"].to_numpy()
        changes = np.flatnonzero(account[1:] != account[:-1])
        if (owners.of(np.append(account[changes], account[-1:])) == ELSEWHERE).any():
            return True
    return False
