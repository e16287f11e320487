"""Gives the last snapshot's sums a second name instead of summing again, where everything that they
hang on is the same."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

import groundplan
from groundplan.book.selectors.columns import merged_accounts
from groundplan.engine.disk import ShardFile, link
from groundplan.engine.layers import LayerManifest
from groundplan.engine.purchases import Layer
from groundplan.engine.sums.cells import CELLS
from groundplan.engine.sums.footprint import FOOTPRINT, REVENUE_FOLDER
from groundplan.engine.sums.history import HISTORY
from groundplan.engine.sums.revenue import OWNER_MONTHS, REVENUE, Owners
from groundplan.organisation.selectors import calendar

from .contracts import last_day
from .purchasing import Site
from .selectors import MANIFEST, manifest_of, snapshots

PURCHASES = "purchases"
_FOLDERS = (PURCHASES, FOOTPRINT, REVENUE_FOLDER)
_FILES = ("owner_months.parquet", "account_totals.parquet")


@dataclass(frozen=True, slots=True)
class Linked:
    """Purchases and their sums that were summed before; `files` are by their names within a
    snapshot, those of the purchases too."""

    purchases: LayerManifest
    files: list[ShardFile]


def digest_of(site: Site, owners: Owners) -> str:
    """A digest of everything that purchases and their sums hang on; '' without order lines.

    Edits of an opportunity, a contact or most of an account leave it as it is: those of who owns
    an account, which are archived or merged, of rates or the fiscal year don't.
    """
    if not site.layers:
        return ""
    rates = site.connection.execute("FROM rates ORDER BY ALL").fetchall()
    fiscal_year = calendar().fiscal_year_of(last_day(site.as_of, site.taken_at))
    layers = [(one.layer_id, *_identity(one.layer)) for one in site.layers]
    schemas = [str(schema) for schema in (CELLS, REVENUE, HISTORY, OWNER_MONTHS)]
    parts = (groundplan.__version__, schemas, layers, sorted(merged_accounts().items()), rates)
    days = (site.as_of, site.currency, calendar(), fiscal_year)
    digest = sha256(repr((*parts, *days)).encode())
    digest.update(owners.account.tobytes())
    digest.update(owners.person.tobytes())
    return digest.hexdigest()


def link_last(site: Site, digest: str) -> Linked | None:
    """Link the last snapshot's purchases and sums into the new one; None where they differ.

    The caller holds the publishers' lock, so that nobody removes them meanwhile.
    """
    last = snapshots().first()
    folder = Path(settings.GROUNDPLAN_HOME) / last.folder if last else None
    if not digest or folder is None or not (folder / MANIFEST).is_file():
        return None
    manifest = manifest_of(folder)
    summed: dict[str, Any] = manifest.get("summed") or {}
    files = [ShardFile(**file) for file in manifest["files"] if _is_summed(file["path"])]
    if summed.get("of") != digest or not all((folder / file.path).is_file() for file in files):
        return None
    for name in _FOLDERS:
        (site.folder / name).mkdir()
    for file in files:
        link(folder / file.path, site.folder / file.path)
    bought = LayerManifest.of_json(summed[PURCHASES])
    start = f"{PURCHASES}/"
    own = (file for file in files if file.path.startswith(start))
    placed = tuple(replace(file, path=file.path.removeprefix(start)) for file in own)
    return Linked(replace(bought, files=placed), files)


def summed_of(purchases: LayerManifest, digest: str) -> dict[str, Any]:
    """What the manifest keeps so that the next snapshot can tell."""
    return {"of": digest, PURCHASES: replace(purchases, files=()).as_json()}


def _identity(layer: Layer) -> tuple[object, ...]:
    days = layer.first_on, layer.last_on
    return layer.source_id, layer.replaces, days, layer.manifest.files


def _is_summed(path: str) -> bool:
    return path in _FILES or path.partition("/")[0] in _FOLDERS
