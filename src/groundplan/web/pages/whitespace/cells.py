"""The grid as JSON: short, because a page of it has thirty thousand cells."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from groundplan.charts.numbers import exact, money
from groundplan.exports.excel import state_words
from groundplan.insight.grid import Cell, Choice, GridRow, WhitespaceGrid, shade
from groundplan.kernel.figures import Trace
from groundplan.web.addresses import account_address

NUMBERS = "/numbers/"
Shown = str | list[str | int]


def grid_json(grid: WhitespaceGrid, choice: Choice) -> str:
    """The page of the grid that the island draws, as JSON.

    A cell is its state, or [state, text, shade 0 to 3] where there is more to say. Totals come as
    shown, exact and with the address that explains them.
    """
    # Equal cells are mostly one object: each is put into words once, and rows are put together
    # from the words.
    kinds: dict[int, Cell] = {}
    for row in grid.rows:
        kinds.update(zip(map(id, row.cells), row.cells, strict=True))
    most = max((cell.expected for cell in kinds.values()), default=Decimal(0))
    shown = {key: json.dumps(_shown(cell, grid.currency, most)) for key, cell in kinds.items()}
    rows = ", ".join([_row(row, grid.currency, choice, shown) for row in grid.rows])
    return f'{json.dumps(_frame(grid, choice))[:-1]}, "rows": [{rows}]}}'


def _frame(grid: WhitespaceGrid, choice: Choice) -> dict[str, Any]:
    """Everything but the rows."""
    return {
        "columns": [
            {
                "key": column.key,
                "label": column.label or "–",
                "group": _group(column.category, choice),
            }
            for column in grid.columns
        ],
        "footer": {
            "label": _("Total"),
            **_total(grid.whitespace, grid.currency),
            "cells": [
                ["whitespace", money(column.expected, grid.currency), 0] for column in grid.columns
            ],
        },
        "words": {**state_words(), "account": _("Account"), "total": _("Whitespace")},
    }


def _group(category: str, choice: Choice) -> str:
    return category if choice.by == "product" else ""


def _row(row: GridRow, currency: str, choice: Choice, shown: Mapping[int, str]) -> str:
    # A family of which only some members fit the filters isn't what a trace adds up.
    trace = Trace.of("whitespace.total", account=row.key, category=choice.category)
    head = {
        "key": row.key,
        "label": f"{row.label} (+{row.accounts - 1})" if row.accounts > 1 else row.label,
        "address": account_address(row.key),
        "tier": row.tier,
        **_total(row.whitespace, currency, trace if choice.roll == "account" else None),
    }
    cells = ", ".join([shown[key] for key in map(id, row.cells)])
    return f'{json.dumps(head)[:-1]}, "cells": [{cells}]}}'


def _shown(cell: Cell, currency: str, most: Decimal) -> Shown:
    several = f"{cell.owned}/{cell.of}" if cell.of > 1 else ""
    if not cell.expected:
        return [cell.state, several, 0] if several else cell.state
    text = " ".join(filter(None, (money(cell.expected, currency), several)))
    return [cell.state, text, shade(cell.expected, most)]


def _total(value: Decimal, currency: str, trace: Trace | None = None) -> dict[str, Any]:
    told = {
        "total": money(value, currency),
        "totalValue": float(value),
        "totalExact": exact(value),
    }
    return {**told, "totalAddress": f"{NUMBERS}?{trace.query()}"} if trace else told
