"""Reads of what intake has kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from groundplan.engine.disk import held
from groundplan.engine.layers import LayerManifest
from groundplan.engine.purchases import Layer, standing
from groundplan.sources.selectors import is_importing

from .models import PurchaseLayer

LAYERS = "layers"
"""The folder below the home in which every layer has its own."""


@dataclass(frozen=True, slots=True)
class LayerOfPurchases:
    """A purchase layer, the source that it is of and the import that brought it: the latest of
    the `folded` imports whose purchases it holds."""

    layer_id: int
    source: str
    run_uid: str
    folded: int
    layer: Layer


def purchase_layers() -> Iterator[LayerOfPurchases]:
    """Every layer in the order in which they were imported."""
    for row in PurchaseLayer.objects.select_related("source", "run").order_by("id"):
        layer = Layer(
            folder=Path(settings.GROUNDPLAN_HOME) / row.folder,
            source_id=row.source_id,
            replaces=row.replaces,  # type: ignore[arg-type]  # intake writes only these three
            first_on=row.first_on,
            last_on=row.last_on,
            manifest=LayerManifest.of_json(row.manifest),
        )
        yield LayerOfPurchases(row.pk, row.source.name, str(row.run.uid), row.folded, layer)


@contextmanager
def layers_held() -> Iterator[None]:
    """Within the block nobody removes the files of a layer: for whoever reads them and isn't the
    one who imports. Ask for the layers within it."""
    with held(Path(settings.GROUNDPLAN_HOME) / LAYERS):
        yield


def multiplied_layers() -> list[LayerOfPurchases]:
    """Layers that count and hold more purchases than their import accepted rows: its lines more
    than once, as one program's imports wrote them."""
    kept = list(purchase_layers())
    standing_now = {id(layer) for layer in standing([one.layer for one in kept])}
    accepted = dict(PurchaseLayer.objects.values_list("pk", "run__counts"))
    return [
        one
        for one in kept
        if id(one.layer) in standing_now
        and one.folded == 1
        and one.layer.manifest.rows > accepted[one.layer_id].get("purchases", {}).get("accepted", 0)
    ]


def orphan_layer_folders() -> list[Path]:
    """Folders of layers that no import recorded: what a killed one left behind.

    Empty while an import runs, whose folder isn't recorded yet.
    """
    home = Path(settings.GROUNDPLAN_HOME)
    if is_importing() or not (home / LAYERS).is_dir():
        return []
    named = {home / folder for folder in PurchaseLayer.objects.values_list("folder", flat=True)}
    folders = (path for path in (home / LAYERS).iterdir() if path.is_dir())
    return sorted(path for path in folders if path not in named)
