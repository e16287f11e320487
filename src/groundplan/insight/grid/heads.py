"""The columns of a grid: which products, under which headings, in which order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .choosing import most_promising
from .contracts import Choice, Estimate, GridColumn
from .rules import ZERO


@dataclass(frozen=True, slots=True)
class Product:
    """A product as the snapshot knows it, with the name it has now."""

    product_id: int
    key: str
    label: str
    category: str


@dataclass(frozen=True, slots=True)
class Heads:
    """Headings, the product ids behind each, and the products that don't get a column."""

    columns: tuple[GridColumn, ...]
    products: tuple[tuple[int, ...], ...]
    unshown: tuple[int, ...] = ()


def heads(
    choice: Choice,
    products: Iterable[Product],
    estimates: Mapping[int, Mapping[int, Estimate]],
    segments: Sequence[int],
) -> Heads:
    """Columns for `choice`; `segments` is the segment of each account on the page."""
    fitting = [one for one in products if not choice.category or one.category == choice.category]
    if choice.by == "category":
        return _by_category(fitting)
    ids = [one.product_id for one in fitting]
    kept = most_promising(ids, estimates, segments, choice.products)
    shown = sorted(
        (one for one in fitting if one.product_id in kept),
        key=lambda one: (one.category == "", one.category, one.label),
    )
    return Heads(
        tuple(GridColumn(one.key, one.label, one.category, ZERO) for one in shown),
        tuple((one.product_id,) for one in shown),
        tuple(product for product in ids if product not in kept),
    )


def _by_category(products: Sequence[Product]) -> Heads:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for one in products:
        groups[one.category].append(one.product_id)
    names = sorted(groups, key=lambda name: (name == "", name))
    return Heads(
        tuple(GridColumn(name, name, name, ZERO) for name in names),
        tuple(tuple(groups[name]) for name in names),
    )
