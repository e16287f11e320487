"""An invented whitespace grid of the size that the real one must stand."""

from decimal import Decimal
from typing import Any

from groundplan.charts.numbers import abbreviated, exact, money

ACCOUNTS, PRODUCTS, GROUPS = 500, 60, 8
PLAIN = ("owned", "owned", "not_applicable", "in_house")
WORDS = {
    "account": "Account",
    "total": "Whitespace",
    "owned": "owned",
    "open": "open opportunity",
    "competitor": "a competitor's",
    "in_house": "made in-house",
    "not_applicable": "not applicable",
    "whitespace": "whitespace, expected",
}


def guide_grid() -> dict[str, Any]:
    """500 accounts by 60 products in eight categories, every state among the cells."""
    return {
        "columns": [
            {
                "key": f"p{at}",
                "label": f"Product {at + 1}",
                "group": f"Category {1 + at * GROUPS // PRODUCTS}",
            }
            for at in range(PRODUCTS)
        ],
        "rows": [_row(at) for at in range(ACCOUNTS)],
        "footer": {
            "label": "Total",
            **_total(Decimal(13_585_646)),
            "cells": [["whitespace", "$2.10M", 0]] * PRODUCTS,
        },
        "words": WORDS,
    }


def _row(at: int) -> dict[str, Any]:
    return {
        "key": f"a{at}",
        "label": f"Invented account {at + 1}",
        "address": f"/style/?account={at}",
        "tier": "ABC"[min(at * 4 // ACCOUNTS, 2)],
        **_total(Decimal(2_000_000 // (at + 1))),
        "totalAddress": "/numbers/?measure=whitespace.total",
        "cells": [_cell(at, product) for product in range(PRODUCTS)],
    }


def _total(value: Decimal) -> dict[str, Any]:
    return {"total": money(value, "USD"), "totalValue": float(value), "totalExact": exact(value)}


def _cell(account: int, product: int) -> str | list[str | int]:
    # Any fixed scatter does: the guide shows looks, not numbers.
    draw = (account * 31 + product * 17 + account * product) % 23
    if draw < len(PLAIN):
        return PLAIN[draw]
    amount = (draw + 3) * 1_000 * (1 + product % 5)
    state = {22: "competitor", 21: "open"}.get(draw, "whitespace")
    return [state, f"${abbreviated(amount)}", 1 + (amount > 30_000) + (amount > 60_000)]
