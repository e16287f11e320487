"""Purchases: an immutable layer that replaces what its source said before."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from groundplan.engine.layers import LayerManifest, write_layer
from groundplan.engine.purchases import Replaces, effective_sql, standing
from groundplan.intake.contracts import Replaced
from groundplan.intake.selectors import LAYERS, purchase_layers
from groundplan.sources.imports import Run

from .state import State


@dataclass(frozen=True, slots=True)
class NewLayer:
    """A layer on disk, not yet in the database. `folder` is relative to the home."""

    folder: str
    replaces: Replaces
    manifest: LayerManifest


@dataclass(frozen=True, slots=True)
class PurchaseSpan:
    """What the good purchases of an import cover, and which earlier ones they replace."""

    rows: int
    first_on: date
    last_on: date
    replaced: Replaced

    @property
    def replaces(self) -> Replaces:
        return self.replaced.by


def purchase_span(state: State) -> PurchaseSpan | None:
    """None where the import has no good purchase."""
    if "purchases" not in state.tables:
        return None
    found = state.connection.execute(
        "SELECT count(*), count(order_id), min(date), max(date) FROM rows_purchases"
        " WHERE _fault IS NULL"
    ).fetchone()
    rows, with_order, first, last = found or (0, 0, None, None)
    if not rows:
        return None
    # Lines without an order can only be told from earlier ones by their day.
    replaces: Replaces = "orders" if with_order == rows else "dates"
    replaces = "all" if state.complete else replaces
    return PurchaseSpan(rows, first, last, _replaced(state, replaces, first, last))


def _replaced(state: State, replaces: Replaces, first: date, last: date) -> Replaced:
    every = (kept.layer for kept in purchase_layers())
    layers = [layer for layer in every if layer.source_id == state.source_id]
    if not layers:
        return Replaced(replaces, 0, 0, None, None, 0)
    conditions = {
        "all": "true",
        "dates": f"date BETWEEN DATE '{first}' AND DATE '{last}'",
        "orders": "order_id IN (SELECT order_id FROM rows_purchases WHERE _fault IS NULL)",
    }
    earlier = effective_sql(standing(layers), {})
    found = state.connection.execute(
        "SELECT count(*) FILTER (gone), count(DISTINCT nullif(order_id, '')) FILTER (gone),"
        " min(date) FILTER (gone), max(date) FILTER (gone), count(*) FILTER (NOT gone)"
        f" FROM (SELECT *, {conditions[replaces]} AS gone FROM ({earlier}))"
    ).fetchone()
    return Replaced(replaces, *(found or (0, 0, None, None, 0)))


def write_purchases(state: State, run: Run, home: Path, span: PurchaseSpan) -> NewLayer:
    """Writes the layer's files, complete and synced, before anything refers to them."""
    folder = f"{LAYERS}/{run.uid}"
    product = "product_id" in state.mapped("purchases")
    relation = (
        f"SELECT a.target_id AS account_id, {'p.target_id' if product else 'NULL'} AS product_id,"
        f" r.date, r.amount, coalesce(r.currency, '') AS currency,"
        f" CAST(r.quantity AS DOUBLE) AS quantity, coalesce(r.status, 'recognised') AS status,"
        f" coalesce(r.channel, 'direct') AS channel, coalesce(r.order_id, '') AS order_id,"
        f" NULL AS owner_id, {run.source_id} AS source_id, {run.run_id} AS run_id,"
        f" {_files(state)} AS file, r._line AS line FROM rows_purchases r"
        f" JOIN ref_purchases_account_id a ON a.v = r.account_id"
    )
    if product:
        relation += " LEFT JOIN ref_purchases_product_id p ON p.v = r.product_id"
    manifest = write_layer(state.connection, f"{relation} WHERE r._fault IS NULL", home / folder)
    return NewLayer(folder, span.replaces, manifest)


def _files(state: State) -> str:
    names = " ".join(
        f"WHEN {each.place} THEN '{each.mapping.file.replace(chr(39), chr(39) * 2)}'"
        for each in state.typed
        if each.mapping.table == "purchases"
    )
    return f"CASE r._place {names} END"
