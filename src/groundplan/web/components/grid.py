"""What the grid island reads: a page of the whitespace grid as JSON values.

`{"columns": [{"key", "label", "group"}], "rows": [{"key", "label", "address", "tier", "total",
"totalValue", "cells"}], "words": {...}}`; a cell is its state, or `[state, text, level]` with the
tint's level 1 to 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from django.utils.translation import gettext as _

from groundplan.charts.numbers import abbreviated, money

CellValue = str | tuple[str, str, int]


class ColumnValue(TypedDict):
    """A product or category; `group` is the heading above it, empty for none."""

    key: str
    label: str
    group: str


class RowValue(TypedDict):
    """An account or family; `total` as shown, `totalValue` to sort by."""

    key: str
    label: str
    address: str
    tier: str
    total: str
    totalValue: float
    cells: list[CellValue]


class GridValue(TypedDict):
    """The whole page of the grid."""

    columns: list[ColumnValue]
    rows: list[RowValue]
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class RowOf:
    """A row before it is written: its cells, and what its whitespace sums to."""

    key: str
    label: str
    address: str
    tier: str
    total: Decimal
    cells: Sequence[CellValue]


def grid_value(columns: Sequence[ColumnValue], rows: Sequence[RowOf], currency: str) -> GridValue:
    """The page that the island draws."""
    return {
        "columns": list(columns),
        "rows": [_row(row, currency) for row in rows],
        "words": words(),
    }


def valued_cell(state: str, expected: Decimal, level: int) -> CellValue:
    """A cell with an amount: without the currency's symbol, which its column doesn't repeat."""
    return (state, abbreviated(expected), level)


def words() -> dict[str, str]:
    """What the states and the two outer columns are called."""
    return {
        "account": _("Account"),
        "total": _("Whitespace"),
        "owned": _("owned"),
        "open": _("open opportunity"),
        "competitor": _("a competitor's"),
        "in_house": _("made in-house"),
        "not_applicable": _("not applicable"),
        "whitespace": _("whitespace, expected"),
    }


def _row(row: RowOf, currency: str) -> RowValue:
    return {
        "key": row.key,
        "label": row.label,
        "address": row.address,
        "tier": row.tier,
        "total": money(row.total, currency),
        "totalValue": float(row.total),
        "cells": list(row.cells),
    }
