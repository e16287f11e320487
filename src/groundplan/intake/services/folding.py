"""Keeps the layers of a source few: those that no undo can need any more become one."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import groupby, takewhile
from pathlib import Path

import duckdb
from django.db import Error, transaction
from django.db.models import F

from groundplan.engine.duck import open_duckdb
from groundplan.engine.folding import Fold, fold_of
from groundplan.engine.layers import write_layer
from groundplan.engine.purchases import effective_sql, standing
from groundplan.intake.models import PurchaseLayer
from groundplan.intake.selectors import (
    LAYERS,
    LayerOfPurchases,
    multiplied_layers,
    purchase_layers,
)
from groundplan.intake.undoing.journal import JOURNALS
from groundplan.intake.undoing.keeping import journals_kept, journals_sweep
from groundplan.intake.workspace import SCRATCH
from groundplan.kernel.ids import uuid7
from groundplan.kernel.progress import Progress
from groundplan.kernel.steps import step

from .sweeping import layers_sweep

_log = logging.getLogger(__name__)
_MEMORY = "1GB"


def layers_fold(home: Path, progress: Progress) -> None:
    """Fold what can be; for whoever holds the import lock, when the import itself is over.

    Nothing that counts changes by it, so what fails here, as on a full disk, is left to the next
    import.
    """
    try:
        # Without its journal no import can be undone, so none that is folded may have one.
        journals_sweep(home)
        every = sorted(purchase_layers(), key=_source)
        for _, layers in groupby(every, key=_source):
            _fold(home, _settled(layers), progress)
        layers_sweep(home)
    except (OSError, duckdb.Error, Error):
        _log.exception("Purchases of earlier imports could not be put together")


def _source(layer: LayerOfPurchases) -> int:
    return layer.layer.source_id


def _settled(layers: Iterable[LayerOfPurchases]) -> list[LayerOfPurchases]:
    """Those of imports that can't be undone: the ones before the earliest that can be."""
    kept, doubted = journals_kept(), {one.layer_id for one in multiplied_layers()}
    settled = takewhile(
        lambda one: f"{JOURNALS}/{one.run_uid}" not in kept and one.layer_id not in doubted, layers
    )
    return list(settled)


def _fold(home: Path, settled: Sequence[LayerOfPurchases], progress: Progress) -> None:
    """Let go of the layers of one source that hold nothing, and put others together."""
    left = standing([one.layer for one in settled])
    if len(left) < len(settled):
        # The latest holds all its rows: nothing settled comes after it.
        _take_place([one for one in settled if one.layer not in left], settled[-1])
        step("layers.replaced-removed")
    fold = fold_of(left)
    if fold is not None:
        progress.step("Putting earlier purchases together", 0.95)
        _put_together(home, fold, [one for one in settled if one.layer in fold.layers])


def _put_together(home: Path, fold: Fold, layers: Sequence[LayerOfPurchases]) -> None:
    """Files first, complete and synced; then the rows that name them, all at once."""
    folder = f"{LAYERS}/{uuid7()}"
    opened = open_duckdb(scratch=home / SCRATCH, memory_limit=_MEMORY)
    with closing(opened) as connection:
        manifest = write_layer(connection, effective_sql(fold.layers, {}), home / folder)
    step("layers.fold-written")
    changes = {
        "folder": folder,
        "replaces": fold.replaces,
        "rows": manifest.rows,
        "first_on": fold.first_on,
        "last_on": fold.last_on,
        "manifest": manifest.as_json(),
    }
    _take_place(layers[:-1], layers[-1], **changes)
    step("layers.folded")


def _take_place(
    gone: Sequence[LayerOfPurchases], latest: LayerOfPurchases, **changes: object
) -> None:
    """The latest layer stands for those that are gone, too; what it holds by now are `changes`."""
    with transaction.atomic():
        PurchaseLayer.objects.filter(pk__in=[one.layer_id for one in gone]).delete()
        row = PurchaseLayer.objects.filter(pk=latest.layer_id)
        row.update(folded=F("folded") + sum(one.folded for one in gone), **changes)
