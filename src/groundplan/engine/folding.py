"""Which layers of purchases become one, so that few stay however many imports come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .purchases import Layer, Replaces, merged_days

FOLD_AT = 16
"""So many layers of a source wait until they are folded: each costs a publisher a few files."""

_LARGER = 4
"""A layer is written again with the later ones while it is at most so many times as large."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Layers that follow each other and become one, and which earlier ones that one stands for."""

    layers: tuple[Layer, ...]
    replaces: Replaces
    first_on: date
    last_on: date


def fold_of(layers: Sequence[Layer]) -> Fold | None:
    """What is to be folded of the standing `layers` of one source; None while they are few.

    The latest, and earlier ones as long as they aren't much larger: so a long history is written
    again only after many imports, and every row a few times at most.
    """
    if len(layers) < FOLD_AT:
        return None
    start = len(layers) - max(2, FOLD_AT // 2)
    rows = sum(layer.manifest.rows for layer in layers[start:])
    while start and layers[start - 1].manifest.rows <= _LARGER * rows:
        start -= 1
        rows += layers[start].manifest.rows
    return (_same(layers[start:]) if start else None) or _whole(layers)


def _whole(layers: Sequence[Layer]) -> Fold:
    """All that a source ever said until then."""
    days = [day for layer in layers for day in (layer.first_on, layer.last_on)]
    return Fold(tuple(layers), "all", min(days), max(days))


def _same(layers: Sequence[Layer]) -> Fold | None:
    """A fold that stands for what each of its layers did; None where no one layer does.

    Orders stand for orders, since the fold names each of them. Days stand for days where they
    leave none out in between.
    """
    whole = _whole(layers)
    if {layer.replaces for layer in layers} == {"orders"}:
        return replace(whole, replaces="orders")
    if {layer.replaces for layer in layers} == {"dates"} and len(merged_days(layers)) == 1:
        return replace(whole, replaces="dates")
    return None
