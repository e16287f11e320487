"""Reads of the grid: a page of it, and every cell with something left to sell."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, Sum

from groundplan.book.selectors import visible_accounts
from groundplan.book.selectors.naming import product_names
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

from . import choosing, live, reading
from .choosing import Line
from .contracts import (
    Choice,
    Estimate,
    GridColumn,
    GridRow,
    Marks,
    Prospect,
    WhitespaceGrid,
)
from .heads import Heads, Product, heads
from .painting import Painter, together
from .rules import SELLABLE, ZERO, state_of

FAMILY_READS = 2_000
"""So many accounts, those of most expected revenue, are put together into families."""


def whitespace_grid(viewer: Scope, current: CurrentSnapshot, choice: Choice) -> WhitespaceGrid:
    """A page of the grid: accounts by expected revenue against products by category and name.

    Only what the viewer may see. The number of queries doesn't depend on its size; of the
    snapshot it reads the footprint shards of the accounts on the page.
    """
    found = choosing.matching(viewer, current, choice)
    size = FAMILY_READS if choice.roll == "parent" else choice.size
    lines, following = choosing.page(found, choice.after, size)
    families = _families(lines) if choice.roll == "parent" else [[line] for line in lines]
    ids = [line.account_id for line in lines]
    segments = reading.segments_of(current, ids)
    estimates = reading.estimates_of(current, sorted(set(segments.values())))
    columns = heads(choice, _products(current), estimates, list(segments.values()))
    marks = reading.marks_of(current, ids)
    painter = Painter(columns.products, marks, estimates)
    # Totals count every product, also those for which there is no column.
    unshown = Painter([(product,) for product in columns.unshown], marks, estimates)
    parents = _parents(viewer, lines)
    rows = tuple(_row(family, segments, (painter, unshown), parents) for family in families)
    matching = found.aggregate(accounts=Count("pk"), expected=Sum("whitespace"))
    grid = _grid(current, rows, columns, matching, following)
    members = [[line.account_id for line in family] for family in families]
    edited = live.edited_cells(current, ids)
    return replace(grid, rows=live.repainted(rows, members, segments, painter, edited))


def prospects(viewer: Scope, current: CurrentSnapshot, choice: Choice) -> Iterator[Prospect]:
    """Every pair with something left to sell, of the accounts and products of `choice`.

    By account in the grid's order, within one by expected revenue; reads `choice.size` accounts
    at a time, to the last.
    """
    found = choosing.matching(viewer, current, choice)
    products = {
        product.product_id: product
        for product in _products(current)
        if not choice.category or product.category == choice.category
    }
    following = choice.after
    while True:
        lines, following = choosing.page(found, following, choice.size)
        ids = [line.account_id for line in lines]
        segments = reading.segments_of(current, ids)
        estimates = reading.estimates_of(current, sorted(set(segments.values())))
        marks = live.marks_now(current, ids)
        for line in lines:
            known = estimates.get(segments.get(line.account_id, -1), {})
            yield from _prospects(line, known, products, marks)
        if not following:
            return


def _prospects(
    line: Line, known: Mapping[int, Estimate], products: Mapping[int, Product], marks: Marks
) -> Iterator[Prospect]:
    ranked = sorted(known.items(), key=lambda pair: (-pair[1].expected, pair[0]))
    for product_id, estimate in ranked:
        state = state_of((line.account_id, product_id), marks)
        if product_id in products and state in SELLABLE:
            product = products[product_id]
            yield Prospect(
                account=line.name,
                owner=line.owner or "",
                tier=line.tier,
                segment=line.segment,
                product=product.label,
                category=product.category,
                state=state,
                estimate=estimate,
            )


def _families(lines: list[Line]) -> list[list[Line]]:
    """Accounts under one top company together, the one highest in the tree first."""
    families: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        families[line.root_id].append(line)
    return [sorted(family, key=lambda line: line.depth) for family in families.values()]


def _products(current: CurrentSnapshot) -> list[Product]:
    names = product_names()
    return [
        Product(product, str(names[product].uid), names[product].name, category)
        for product, category in reading.categories(current)
        if product in names
    ]


def _parents(viewer: Scope, lines: list[Line]) -> dict[int, str]:
    """Names of parents, those that the viewer may see."""
    wanted = {line.parent_id for line in lines if line.parent_id is not None}
    if not wanted:
        return {}
    return dict(visible_accounts(viewer).filter(pk__in=wanted).values_list("pk", "name"))


def _row(
    family: list[Line],
    segments: Mapping[int, int],
    painters: tuple[Painter, Painter],
    parents: Mapping[int, str],
) -> GridRow:
    top = family[0]
    members = [(line.account_id, segments.get(line.account_id)) for line in family]
    # Totals come from single accounts: a family's cell shows one state of several.
    shown, unshown = ([one.painted(*member) for member in members] for one in painters)
    return GridRow(
        key=str(top.uid),
        label=top.name,
        parent=parents.get(top.parent_id or 0, ""),
        owner=top.owner or "",
        tier=top.tier,
        segment=top.segment,
        accounts=len(family),
        whitespace=sum((each.whitespace for each in (*shown, *unshown)), ZERO),
        displacement=sum((each.displacement for each in (*shown, *unshown)), ZERO),
        cells=together([each.cells for each in shown]),
    )


def _summed(columns: Heads, rows: tuple[GridRow, ...]) -> tuple[GridColumn, ...]:
    """The columns with what their whitespace is worth. Equal cells are mostly one object, so that
    counting objects leaves few to look at."""
    if not rows:
        return columns.columns
    found = []
    cells = {id(cell): cell for row in rows for cell in row.cells}
    for column, below in zip(
        columns.columns, zip(*(row.cells for row in rows), strict=True), strict=True
    ):
        counts = Counter(map(id, below))
        worth = ((cells[one], times) for one, times in counts.items())
        expected = sum((cell.expected * n for cell, n in worth if cell.state == "whitespace"), ZERO)
        found.append(replace(column, expected=expected or ZERO))
    return tuple(found)


def _grid(
    current: CurrentSnapshot,
    rows: tuple[GridRow, ...],
    columns: Heads,
    matching: Mapping[str, Any],
    following: str,
) -> WhitespaceGrid:
    return WhitespaceGrid(
        columns=_summed(columns, rows),
        rows=rows,
        currency=current.currency,
        as_of=current.as_of,
        whitespace=sum((row.whitespace for row in rows), ZERO),
        displacement=sum((row.displacement for row in rows), ZERO),
        matching=matching["accounts"],
        matching_expected=matching["expected"] or ZERO,
        more_columns=len(columns.unshown),
        next=following,
    )
