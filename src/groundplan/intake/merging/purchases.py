"""Purchases: an immutable layer that replaces what its source said before."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from groundplan.engine.layers import LayerManifest, write_layer
from groundplan.engine.purchases import Replaces, effective_sql, standing
from groundplan.engine.sql import literal
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


_USUAL = {
    "product_id": "NULL",
    "currency": "''",
    "quantity": "NULL",
    "status": "'recognised'",
    "channel": "'direct'",
    "order_id": "''",
    "owner_id": "NULL",
}
"""What a purchase is of which the file doesn't say it, as SQL."""

_TEXTS = ("currency", "status", "channel", "order_id")


def write_purchases(state: State, run: Run, home: Path, span: PurchaseSpan) -> NewLayer:
    """Writes the layer's files, complete and synced, before anything refers to them."""
    folder = f"{LAYERS}/{run.uid}"
    mapped = state.mapped("purchases")
    values = {
        "product_id": "p.target_id",
        "quantity": "CAST(r.quantity AS DOUBLE)",
        **{name: f"coalesce(r.{name}, {_USUAL[name]})" for name in _TEXTS},
    }
    usual = _USUAL | {"source_id": str(run.source_id), "run_id": str(run.run_id)}
    fixed = {name: value for name, value in usual.items() if name not in mapped}
    files = _files(state)
    if len(files) == 1:
        [fixed["file"]] = files.values()
    else:
        cases = " ".join(f"WHEN {place} THEN {name}" for place, name in files.items())
        values["file"] = f"CASE r._place {cases} END"
    always = ["a.target_id AS account_id", "r.date", "r.amount", "r._line AS line"]
    chosen = [f"{value} AS {name}" for name, value in values.items() if name not in fixed]
    relation = (
        f"SELECT {', '.join([*always, *chosen])} FROM rows_purchases r"
        f" JOIN ref_purchases_account_id a ON a.v = r.account_id"
    )
    if "product_id" in mapped:
        relation += " LEFT JOIN ref_purchases_product_id p ON p.v = r.product_id"
    manifest = write_layer(
        state.connection, f"{relation} WHERE r._fault IS NULL", home / folder, fixed=fixed
    )
    return NewLayer(folder, span.replaces, manifest)


def _files(state: State) -> dict[int, str]:
    """The file of each mapping of purchases by its place, as SQL."""
    tables = (each for each in state.typed if each.mapping.table == "purchases")
    return {each.place: literal(each.mapping.file) for each in tables}
