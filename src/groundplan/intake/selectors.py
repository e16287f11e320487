"""Reads of what intake has kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings

from groundplan.engine.layers import LayerManifest

from .models import PurchaseLayer

Replaces = Literal["orders", "dates", "all"]


@dataclass(frozen=True, slots=True)
class LayerOfPurchases:
    """A purchase layer as the columns need it, with its folder as an absolute path.

    `replaces` says which earlier purchases of the same source it stands for: those with its order
    ids, those from its first to its last day, or all.
    """

    layer_id: int
    source_id: int
    source: str
    run_uid: str
    folder: Path
    replaces: Replaces
    manifest: LayerManifest


def purchase_layers() -> Iterator[LayerOfPurchases]:
    """Every layer in the order in which they were imported."""
    for layer in PurchaseLayer.objects.select_related("source", "run").order_by("id"):
        yield LayerOfPurchases(
            layer_id=layer.pk,
            source_id=layer.source_id,
            source=layer.source.name,
            run_uid=str(layer.run.uid),
            folder=Path(settings.GROUNDPLAN_HOME) / layer.folder,
            replaces=layer.replaces,  # type: ignore[arg-type]  # intake writes only these three
            manifest=LayerManifest.of_json(layer.manifest),
        )
